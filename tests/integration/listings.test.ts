import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRouter } from '../../electron/core/api/router.ts';
import type { App } from '../../electron/core/app.ts';
import { openDatabase } from '../../electron/core/db/database.ts';
import {
  startPracticeCloud,
  type PracticeCloud,
} from '../../electron/practice-cloud/start-practice-cloud.ts';
import type { Listing, ListingOf } from '../../shared/contract/cloud/listing.ts';
import { COMMAND_LINE, runJson, startCommand } from '../support/command-line.ts';
import {
  PRACTICE_CONNECTION,
  shopItems,
  startPublisher,
  writeShop,
} from '../support/embedded-shop.ts';
import { temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

const BUCKET = 'listed';
const PRODUCTS = 1_200;
const SLOWLY = { operations: ['ListVectors'], rates: { latency: 1 }, latencyMs: 60 };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let practice: PracticeCloud;
let theirs: string;
let ours: string;
let catalogId: number;

beforeEach(async () => {
  folder = await temporaryFolder();
  practice = await startPracticeCloud();
  theirs = path.join(folder.path, 'theirs');
  ours = path.join(folder.path, 'ours');
  catalogId = writeShop(theirs, shopItems(PRODUCTS, { image: 24, text: 12 }));
  await using publisher = startPublisher(theirs);
  await connect(publisher.app);
  await publisher.app.cloud.links.link({ catalogId, bucket: BUCKET, create: true });
  publisher.app.cloud.publishing.start(catalogId);
  await publisher.app.runner.whenIdle({ kinds: ['publish'] });
});

afterEach(async () => {
  await practice.stop();
  await folder[Symbol.asyncDispose]();
});

function connect(app: App): Promise<void> {
  return app.cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
}

/** A window, as good as new each time. */
function windowOf(app: App) {
  return createRouterClient(createRouter(app, () => undefined)).cloud;
}

/** What the next window is told of a kind of listing, once it looks like this. */
async function until<Kind extends Listing['kind']>(
  app: App,
  kind: Kind,
  isSo: (listing: ListingOf<Kind>) => boolean,
): Promise<ListingOf<Kind>> {
  for await (const listings of await windowOf(app).listings()) {
    const found = listings.find((entry): entry is ListingOf<Kind> => entry.kind === kind);
    if (found !== undefined && isSo(found)) return found;
  }
  throw new Error('the stream ended');
}

const listedOf = ({ sides }: Listing) => sides.reduce((sum, { listed }) => sum + listed, 0);

describe('verifying', () => {
  test('goes on without the window that began it; the next one is told how far, and what came of it', async () => {
    await using host = startPublisher(theirs);
    await practice.setFaults(SLOWLY);
    await windowOf(host.app).verify({ catalogId, vectors: true });
    const half = await until(host.app, 'verify', (one) => listedOf(one) > 0);
    expect(half).toMatchObject({ state: 'running', report: null });
    // The ledger knows how many there are.
    expect(half.sides.map(({ about }) => about)).toEqual([PRODUCTS, PRODUCTS]);
    await practice.setFaults({});
    const { report } = await until(host.app, 'verify', ({ state }) => state === 'done');
    expect(report).toMatchObject({
      isInStep: true,
      indexes: [{ listed: PRODUCTS }, { listed: PRODUCTS }],
    });
    // A publishing makes untrue what was found.
    host.app.cloud.publishing.start(catalogId);
    expect(host.app.cloud.listings()).toEqual([]);
  });

  test('is stopped between two pages, and says why it failed', async () => {
    await using host = startPublisher(theirs);
    await practice.setFaults(SLOWLY);
    const cloud = windowOf(host.app);
    await cloud.verify({ catalogId });
    await expect(cloud.verify({ catalogId })).rejects.toMatchObject({ code: 'BUSY' });
    await cloud.stopListing({ kind: 'verify', catalogId });
    await until(host.app, 'verify', ({ state }) => state === 'stopped');
    expect(await cloud.lastVerified({ catalogId })).toBeNull();
    await practice.setFaults({ operations: ['ListVectors'], rates: { AccessDeniedException: 1 } });
    await cloud.verify({ catalogId });
    const { failure } = await until(host.app, 'verify', ({ state }) => state === 'failed');
    expect(failure).toMatchObject({
      code: 'CLOUD_ACCESS_DENIED',
      message: expect.stringContaining('s3vectors:ListVectors') as string,
    });
  });

  test('knows nothing of what is sent while it lists', async () => {
    await using host = startPublisher(theirs);
    const { connections, publishing, verifier } = host.app.cloud;
    await connections.api().deleteVectors({ bucket: BUCKET, name: 'txt-index' }, ['p7', 'p8']);
    await practice.setFaults({ ...SLOWLY, latencyMs: 500 });
    verifier.start(catalogId, { vectors: false });
    await delay(10);
    // As another process notes it that sends p7 after its page was read.
    const db = openDatabase(theirs);
    db.prepare(`UPDATE ledger SET acknowledged_at = ? WHERE key = 'p7'`).run(Date.now());
    db.close();
    const { report } = await until(host.app, 'verify', ({ state }) => state === 'done');
    expect(report?.indexes[1]?.missing).toEqual({ count: 1, keys: ['p8'] });
    const plan = await publishing.plan(catalogId);
    expect(plan.indexes[1]).toMatchObject({ added: 1, unchanged: PRODUCTS - 1 });
  });

  test('finds each kind of difference, number by number, in a thread of its own', async () => {
    await using host = startPublisher(theirs);
    const { connections, verifier, publishing } = host.app.cloud;
    const api = connections.api();
    const place = { bucket: BUCKET, name: 'txt-index' };
    await api.deleteVectors(place, ['p7', 'p8']);
    const vector = (key: string, first: number, metadata: object) => ({
      key,
      data: { float32: Array.from({ length: 12 }, (_, at) => (at === 0 ? first : 0.25)) },
      metadata,
    });
    const [p9] = await api.getVectors(place, ['p9'], { withMetadata: true });
    await api.putVectors(
      new TextEncoder().encode(
        JSON.stringify({
          vectorBucketName: BUCKET,
          indexName: 'txt-index',
          vectors: [
            vector('p9', 0.5, p9!.metadata!),
            vector('p10', 0.5, { colour: 'Gelb' }),
            vector('stranger', 0.5, {}),
          ],
        }),
      ),
    );
    const report = await verifier.verify(catalogId, { vectors: true });
    expect(report.indexes).toMatchObject([
      { listed: PRODUCTS, missing: { count: 0 }, unexpected: { count: 0 } },
      {
        listed: PRODUCTS - 1,
        missing: { count: 2, keys: ['p7', 'p8'] },
        unexpected: { count: 1, keys: ['stranger'] },
        different: {
          metadata: { count: 1, keys: ['p10'] },
          vector: { count: 1, keys: ['p9'] },
        },
      },
    ]);
    expect(await publishing.plan(catalogId)).toMatchObject({
      indexes: [{ unchanged: PRODUCTS }, { added: 2, changed: 2, deleted: 1 }],
    });
  });
});

describe('restoring', () => {
  const wish = { bucket: BUCKET, name: 'Copy' };

  test('goes on without its window, is stopped, and gone on with by the next start of Vitrine', async () => {
    let copy: number;
    let stoppedAt: number;
    {
      await using host = startPublisher(ours);
      await connect(host.app);
      await practice.setFaults(SLOWLY);
      ({ catalogId: copy } = await windowOf(host.app).restore(wish));
      const half = await until(host.app, 'restore', (one) => listedOf(one) >= 200);
      expect(half).toMatchObject({ catalogId: copy, state: 'running', report: null });
      // Counted beside it, in pages of keys alone.
      await until(host.app, 'restore', ({ sides }) =>
        sides.every(({ about }) => about === PRODUCTS),
      );
      await expect(windowOf(host.app).restore(wish)).rejects.toMatchObject({ code: 'BUSY' });
      await windowOf(host.app).stopListing({ kind: 'restore', catalogId: copy });
      const stopped = await until(host.app, 'restore', ({ state }) => state === 'stopped');
      stoppedAt = listedOf(stopped);
      expect(stoppedAt).toBeLessThan(2 * PRODUCTS);
      expect(stopped.sides[0]!.restored).toBe(stopped.sides[0]!.listed);
    }
    await using host = startPublisher(ours);
    const cloud = windowOf(host.app);
    await until(host.app, 'restore', ({ state }) => state === 'stopped');
    // What has not come would count as unexpected, and be deleted there.
    await cloud.verify({ catalogId: copy });
    expect(
      (await until(host.app, 'verify', ({ state }) => state === 'failed')).failure,
    ).toMatchObject({
      code: 'BUSY',
      message: expect.stringContaining('not restored completely') as string,
    });
    await expect(cloud.plan({ catalogId: copy })).rejects.toMatchObject({ code: 'BUSY' });
    await expect(cloud.publish({ catalogId: copy })).rejects.toMatchObject({ code: 'BUSY' });
    await practice.setFaults({});
    await cloud.goOnRestoring({ catalogId: copy });
    const { report } = await until(host.app, 'restore', ({ state }) => state === 'done');
    expect(report).toMatchObject({ catalogId: copy, items: PRODUCTS });
    const written = report!.sides.reduce((sum, { restored }) => sum + restored, 0);
    // Of the pages that were stopped half way, some is there already.
    expect(written).toBeLessThanOrEqual(2 * PRODUCTS - stoppedAt);
    expect(written).toBeGreaterThan(2 * PRODUCTS - stoppedAt - 4 * 50);
    expect((await cloud.plan({ catalogId: copy })).isUpToDate).toBe(true);
    await cloud.forgetListing({ kind: 'restore', catalogId: copy });
    await cloud.verify({ catalogId: copy, vectors: true });
    const verified = await until(host.app, 'verify', ({ state }) => state === 'done');
    expect(verified.report?.isInStep).toBe(true);
    expect(host.app.cloud.listings().map(({ kind }) => kind)).toEqual(['verify']);
  });

  test('a folder that comes meanwhile, from here or from another process, costs no item', async () => {
    await using host = startPublisher(ours);
    await connect(host.app);
    await practice.setFaults(SLOWLY);
    const { catalogId: copy } = await windowOf(host.app).restore(wish);
    await until(host.app, 'restore', (one) => listedOf(one) >= 200);
    const pictures = path.join(folder.path, 'pictures');
    mkdirSync(pictures);
    await expect(host.app.catalogs.add(pictures, { name: wish.name })).rejects.toMatchObject({
      code: 'BUSY',
    });
    const db = openDatabase(ours);
    db.transaction(() => {
      db.prepare('UPDATE catalog SET root = ? WHERE id = ?').run(pictures, copy);
      db.prepare(
        `INSERT INTO item (catalog_id, key, name, metadata, image_stale)
         VALUES (?, 'only-here', 'Only here', '{}', 0)`,
      ).run(copy);
    }).immediate();
    db.close();
    await practice.setFaults({});
    const { failure } = await until(host.app, 'restore', ({ state }) => state !== 'running');
    expect(failure).toMatchObject({ code: 'CLOUD_CONFLICT' });
    await windowOf(host.app).goOnRestoring({ catalogId: copy });
    await until(host.app, 'restore', ({ state }) => state === 'done');
    expect(host.app.catalogs.findItem(copy, 'only-here')).toBeGreaterThan(0);
  });

  test('a second one into the same catalog is refused before it changes anything', async () => {
    await using host = startPublisher(ours);
    await connect(host.app);
    await practice.setFaults(SLOWLY);
    const cloud = windowOf(host.app);
    const { catalogId: copy } = await cloud.restore(wish);
    await until(host.app, 'restore', (one) => listedOf(one) >= 200);
    const link = host.app.cloud.links.get(copy);
    // There is no such index: the catalog would be linked to one only.
    await expect(
      cloud.restore({ bucket: BUCKET, into: copy, textIndex: 'of-another' }),
    ).rejects.toMatchObject({ code: 'BUSY' });
    expect(host.app.cloud.links.get(copy)).toEqual(link);
    await practice.setFaults({});
    const { report } = await until(host.app, 'restore', ({ state }) => state !== 'running');
    expect(report).toMatchObject({ items: PRODUCTS });
  });

  test.each([
    { way: 'unlinked', leave: (app: App, id: number) => windowOf(app).unlink({ catalogId: id }) },
    { way: 'removed', leave: (app: App, id: number) => app.catalogs.remove(id) },
  ])('a catalog that is $way asks its indexes for nothing more', async ({ leave }) => {
    await using host = startPublisher(ours);
    await connect(host.app);
    await practice.setFaults(SLOWLY);
    const { catalogId: copy } = await windowOf(host.app).restore(wish);
    await until(host.app, 'restore', (one) => listedOf(one) >= 200);
    await leave(host.app, copy);
    expect(host.app.cloud.listings()).toEqual([]);
    const listed = async () => (await practice.counters()).requests['ListVectors'];
    const before = await listed();
    await delay(300);
    expect(await listed()).toBe(before);
  });

  test('what cannot be restored is refused at once, and leaves no catalog', async () => {
    await using host = startPublisher(ours);
    await connect(host.app);
    await practice.setFaults({ operations: ['ListVectors'], rates: { AccessDeniedException: 1 } });
    await expect(windowOf(host.app).restore(wish)).rejects.toMatchObject({
      code: 'CLOUD_ACCESS_DENIED',
    });
    expect(host.app.catalogs.list()).toEqual([]);
    expect(host.app.cloud.listings()).toEqual([]);
  });

  test.skipIf(!existsSync('/usr/bin/script'))(
    'a terminal shows a bar for each index, once it is counted (skipped without script)',
    async () => {
      await runJson(ours, ['cloud', 'connect', '--endpoint', practice.endpoint]);
      await practice.setFaults(SLOWLY);
      const words = [process.execPath, COMMAND_LINE, '--data-dir', ours, 'cloud', 'restore'];
      const line = [...words, '--bucket', BUCKET].map((word) => `"${word}"`).join(' ');
      const { stdout } = spawnSync('script', ['-qec', line, '/dev/null'], { encoding: 'utf8' });
      expect(stdout).toMatch(/Pictures █*░+ [\d,]+ of about 1,200 at \d+\/s +Names /);
      expect(stdout).toMatch(/listed has 1,200 items/);
    },
  );

  test.skipIf(process.platform === 'win32')(
    'Ctrl-C stops the command cleanly, prints no progress into a pipe, and the next run goes on',
    { timeout: 120_000 },
    async () => {
      await runJson(ours, ['cloud', 'connect', '--endpoint', practice.endpoint]);
      await practice.setFaults(SLOWLY);
      const command = ['cloud', 'restore', '--bucket', BUCKET];
      const interrupted = startCommand(ours, command, { detached: true });
      await waitUntil('some pages', async () => {
        const { requests } = await practice.counters();
        return (requests['ListVectors'] ?? 0) > 12;
      });
      await delay(100);
      process.kill(-(interrupted.pid ?? 0), 'SIGINT');
      const { code, stdout, stderr } = await interrupted.finished;
      expect({ code, stdout, stderr }).toEqual({
        code: 1,
        stdout: '',
        stderr: 'Stopped. What has come is here; run the same command to go on.\n',
      });
      await practice.setFaults({});
      const report = await runJson<{ items: number; sides: { restored: number }[] }>(ours, command);
      expect(report.items).toBe(PRODUCTS);
      const written = report.sides.reduce((sum, { restored }) => sum + restored, 0);
      expect(written).toBeGreaterThan(0);
      expect(written).toBeLessThan(2 * PRODUCTS);
    },
  );
});
