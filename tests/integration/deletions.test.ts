import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../electron/core/db/database.ts';
import {
  startPracticeCloud,
  type PracticeCloud,
} from '../../electron/practice-cloud/start-practice-cloud.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import {
  PRACTICE_CONNECTION,
  SHOP,
  shopItems,
  startPublisher,
  writeShop,
} from '../support/embedded-shop.ts';
import { readIndex } from '../support/read-index.ts';
import { temporaryFolder } from '../support/test-app.ts';

const PRODUCTS = 200;
const BUCKET = 'team-shop';
const IMAGES = { bucket: BUCKET, name: 'img-index' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let practice: PracticeCloud;

beforeEach(async () => {
  folder = await temporaryFolder();
  practice = await startPracticeCloud();
});

afterEach(async () => {
  await practice.stop();
  await folder[Symbol.asyncDispose]();
});

describe('of a shop in step with its indexes', () => {
  let publisher: ReturnType<typeof startPublisher>;
  let catalogId: number;

  beforeEach(async () => {
    catalogId = writeShop(folder.path, shopItems(PRODUCTS, { image: 8, text: 4 }));
    publisher = startPublisher(folder.path);
    const { cloud } = publisher.app;
    await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
    await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
    await publish();
  });

  afterEach(() => publisher[Symbol.asyncDispose]());

  /** Returns how many pictures' vectors the index holds then. */
  async function publish(deletions?: { image: number; text: number }): Promise<number> {
    publisher.app.cloud.publishing.start(catalogId, { deletions });
    await publisher.app.runner.whenIdle({ kinds: ['publish'], isBlockedEnough: true });
    expect(publisher.app.cloud.publishing.obstacle(catalogId)).toBeNull();
    return (await readIndex(practice.endpoint, IMAGES)).size;
  }

  const plan = () => publisher.app.cloud.publishing.plan(catalogId);

  /** As a scan would leave it that found the first `count` products to be gone. */
  function lose(count: number): void {
    change(`DELETE FROM item WHERE id IN (SELECT id FROM item ORDER BY id LIMIT ${count})`);
  }

  function change(...statements: string[]): void {
    const db = openDatabase(folder.path);
    for (const sql of statements) db.exec(sql);
    db.close();
  }

  test('a tenth goes with the yes to publish', async () => {
    lose(20);
    expect(await plan()).toMatchObject({
      deletions: 'included',
      indexes: [{ deleted: 20, leaving: { count: 20, held: PRODUCTS } }, { deleted: 20 }],
    });
    expect(await publish()).toBe(PRODUCTS - 20);
  });

  test('more than a tenth stays until that very number was agreed to; the rest is sent', async () => {
    lose(21);
    change(`UPDATE item SET name = 'New', name_hash = 'x' WHERE key = 'p50'`);
    expect(await plan()).toMatchObject({ deletions: 'separate', indexes: [{ deleted: 21 }, {}] });
    expect(await publish()).toBe(PRODUCTS);
    expect((await readIndex(practice.endpoint, IMAGES)).get('p50')?.metadata).toMatchObject({
      name: 'New',
    });
    expect(await plan()).toMatchObject({
      deletions: 'separate',
      indexes: [{ changed: 0, deleted: 21 }, { deleted: 21 }],
    });
    expect(await publish({ image: 20, text: 21 })).toBe(PRODUCTS);
    expect(await publish({ image: 21, text: 21 })).toBe(PRODUCTS - 21);
    expect((await plan()).isUpToDate).toBe(true);

    // That yes is used up: it is none to the next ones.
    lose(20);
    expect(await publish()).toBe(PRODUCTS - 21);
  });

  test('what was agreed to is remembered over a pause and another process', async () => {
    lose(100);
    publisher.app.cloud.publishing.start(catalogId, { deletions: { image: 100, text: 100 } });
    publisher.app.cloud.publishing.pause(catalogId);
    await publisher[Symbol.asyncDispose]();
    expect((await readIndex(practice.endpoint, IMAGES)).size).toBe(PRODUCTS);
    publisher = startPublisher(folder.path);
    expect(await publish()).toBe(PRODUCTS - 100);
  });

  test('nothing is ever deleted while the folder is out of reach, whatever was agreed to', async () => {
    lose(150);
    const shop = path.join(folder.path, 'shop');
    await rename(shop, `${shop}, unplugged`);
    expect(await plan()).toMatchObject({
      deletions: 'withheld',
      isUpToDate: true,
      indexes: [{ deleted: 0, leaving: { count: 150, held: PRODUCTS } }, { deleted: 0 }],
    });
    expect(await publish({ image: 150, text: 150 })).toBe(PRODUCTS);
    await rename(`${shop}, unplugged`, shop);
    expect(await plan()).toMatchObject({ deletions: 'separate', indexes: [{ deleted: 150 }, {}] });
  });

  describe('of which rows grow over the limits', () => {
    const GROWN = 50;
    const write = (colour: string) =>
      change(
        `UPDATE item SET metadata = json_set(metadata, '$.colour', '${colour}')
         WHERE id IN (SELECT id FROM item ORDER BY id LIMIT ${GROWN})`,
      );
    const outdated = {
      deletions: 'separate',
      isUpToDate: false,
      indexes: Array.from({ length: 2 }, () => ({
        deleted: GROWN,
        failing: GROWN,
        leaving: { count: GROWN, held: PRODUCTS, reasons: [{ reason: 'refused', count: GROWN }] },
      })),
    };

    beforeEach(() => write('x'.repeat(2_100)));

    test('their older versions stay until their number was agreed to', async () => {
      expect(await plan()).toMatchObject(outdated);
      expect(await publish()).toBe(PRODUCTS);
      const { problems } = publisher.app;
      const listed = () =>
        problems.list({ catalogId, kind: 'publish-refused', offset: 0, limit: 500 }).length;
      expect(listed()).toBe(2 * GROWN);
      expect(await plan()).toMatchObject(outdated);
      expect(await publish({ image: GROWN - 1, text: GROWN })).toBe(PRODUCTS);

      expect(await publish({ image: GROWN, text: GROWN })).toBe(PRODUCTS - GROWN);
      expect(await plan()).toMatchObject({
        deletions: 'included',
        isUpToDate: true,
        indexes: [{ failing: GROWN, leaving: { count: 0, held: PRODUCTS - GROWN } }, {}],
      });
      expect(listed()).toBe(2 * GROWN);
    });

    test('they stay while the folder is out of reach', async () => {
      const shop = path.join(folder.path, 'shop');
      await rename(shop, `${shop}, unplugged`);
      expect(await plan()).toMatchObject({ deletions: 'withheld', indexes: [{ deleted: 0 }, {}] });
      expect(await publish({ image: GROWN, text: GROWN })).toBe(PRODUCTS);
    });

    test('those that are mended are sent, and nothing leaves', async () => {
      await publish();
      write('Mended');
      expect(await plan()).toMatchObject({
        deletions: 'included',
        indexes: [{ changed: GROWN, deleted: 0, leaving: { count: 0, held: PRODUCTS } }, {}],
      });
      expect(await publish()).toBe(PRODUCTS);
      const there = await readIndex(practice.endpoint, IMAGES);
      expect(there.get('p0')?.metadata).toMatchObject({ colour: 'Mended' });
      expect((await plan()).isUpToDate).toBe(true);
    });
  });

  test('each is told why it leaves', async () => {
    const { app } = publisher;
    const report = (kind: string, key: string) =>
      `INSERT INTO problem (catalog_id, stage, kind, severity, item_key, reason, action, created_at)
       VALUES (${catalogId}, 'scan', '${kind}', 'notice', '${key}', '', '', 0)`;
    const unusable = `INSERT INTO problem
      (catalog_id, item_id, stage, modality, kind, severity, reason, action, created_at)
      SELECT catalog_id, id, 'embed', 'image', 'picture-truncated', 'problem', '', '', 0
      FROM item WHERE key = 'p60'`;
    change(
      `UPDATE catalog SET csv_files = '["products.csv"]'`,
      `DELETE FROM item WHERE key IN ('p1', 'p2', 'p3', 'p4')`,
      report('row-without-picture', 'p1'),
      report('row-without-picture', 'images/p2.jpg'),
      report('link-undefined', 'p3'),
      `DELETE FROM embedding WHERE modality = 'image'
         AND item_id IN (SELECT id FROM item WHERE key IN ('p60', 'p61', 'p62'))`,
      unusable,
      `INSERT INTO model (id, sha256, modality, dimension) VALUES ('newer', 'n', 'image', 2)`,
      `INSERT INTO embedding (item_id, catalog_id, model_ref, modality, content_hash, vector)
         SELECT id, catalog_id, (SELECT ref FROM model WHERE id = 'newer'), 'image', 'h', x'0000803f00000000'
         FROM item WHERE key = 'p61'`,
    );
    const api = app.cloud.connections.api();
    const body = {
      vectorBucketName: BUCKET,
      indexName: IMAGES.name,
      vectors: [{ key: 'by-others', data: { float32: [1, 0, 0, 0, 0, 0, 0, 0] } }],
    };
    await api.putVectors(new TextEncoder().encode(JSON.stringify(body)));
    await app.cloud.verifier.verify(catalogId);
    const [images] = (await plan()).indexes;
    expect(images?.leaving.held).toBe(PRODUCTS + 1);
    expect(images?.leaving.reasons.toSorted((a, b) => (a.reason < b.reason ? -1 : 1))).toEqual([
      { reason: 'gone', count: 1, keys: ['p4'] },
      { reason: 'not-embedded', count: 1, keys: ['p62'] },
      { reason: 'other-model', count: 1, keys: ['p61'] },
      { reason: 'picture-missing', count: 3, keys: ['p1', 'p2', 'p3'] },
      { reason: 'unexpected', count: 1, keys: ['by-others'] },
      { reason: 'unusable', count: 1, keys: ['p60'] },
    ]);
  });

  test('the command line wants it named, and says what for', async () => {
    lose(50);
    const run = (...args: string[]) => runCommand(folder.path, ['cloud', ...args]);
    const shown = await run('plan', SHOP);
    expect(shown.stdout).toMatch(/img-index: 50 of 200 vectors would be deleted/);
    expect(shown.stdout).toContain('50: the picture is not in the folder (p0 p1 p10 p11 p12 …)');
    for (const args of [
      ['publish', SHOP, '--yes'],
      ['verify', SHOP, '--repair'],
    ]) {
      const refused = await run(...args);
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringMatching(/would delete 100 vectors.*picture is not in the folder.*--delete/s),
      ]);
    }
    expect((await readIndex(practice.endpoint, IMAGES)).size).toBe(PRODUCTS);
    const done = await run('publish', SHOP, '--yes', '--delete');
    expect([done.code, done.stdout]).toEqual([0, expect.stringContaining('deleted 50 and 50')]);
    expect((await readIndex(practice.endpoint, IMAGES)).size).toBe(PRODUCTS - 50);
  });
});

test('what only the service refuses stays in its older version, too, also when it is tried again', async () => {
  const LONG = 21;
  await practice.stop();
  practice = await startPracticeCloud({ limits: { filterableMetadataBytes: 100 } });
  const catalogId = writeShop(folder.path, shopItems(PRODUCTS, { image: 8, text: 4 }));
  await using publisher = startPublisher(folder.path);
  const { cloud, runner } = publisher.app;
  const publish = async (deletions?: { image: number; text: number }) => {
    cloud.publishing.start(catalogId, { deletions });
    await runner.whenIdle({ kinds: ['publish'], isBlockedEnough: true });
    expect(cloud.publishing.obstacle(catalogId)).toBeNull();
    return (await readIndex(practice.endpoint, IMAGES)).size;
  };
  await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
  await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
  expect(await publish()).toBe(PRODUCTS);
  const db = openDatabase(folder.path);
  db.prepare(
    `UPDATE item SET metadata = json_set(metadata, '$.colour', ?)
     WHERE id IN (SELECT id FROM item ORDER BY id LIMIT ?)`,
  ).run('Long '.repeat(30), LONG);
  db.close();

  expect(await publish()).toBe(PRODUCTS);
  expect(cloud.publishing.tally(catalogId).quarantined).toBe(2 * LONG);
  const leaving = { count: LONG, held: PRODUCTS, reasons: [{ reason: 'refused', count: LONG }] };
  const kept = { deletions: 'separate', isUpToDate: false, indexes: [{ leaving }, { leaving }] };
  expect(await cloud.publishing.plan(catalogId)).toMatchObject(kept);
  expect(cloud.publishing.forgetRefusals(catalogId)).toBe(2 * LONG);
  expect(await cloud.publishing.plan(catalogId)).toMatchObject({
    indexes: [{ changed: LONG, leaving: { count: 0, held: PRODUCTS } }, { changed: LONG }],
  });
  expect(await publish()).toBe(PRODUCTS);
  expect(await cloud.publishing.plan(catalogId)).toMatchObject(kept);
  expect(await publish({ image: LONG, text: LONG })).toBe(PRODUCTS - LONG);
  expect((await cloud.publishing.plan(catalogId)).isUpToDate).toBe(true);
});

test('a yes is used up as it is spent: after a pause half way it is none to what leaves meanwhile', async () => {
  const ALL = 1_700;
  const AGREED = 1_500;
  const catalogId = writeShop(folder.path, shopItems(ALL, { image: 8, text: 4 }));
  const lose = (count: number) => {
    const db = openDatabase(folder.path);
    db.prepare('DELETE FROM item WHERE id IN (SELECT id FROM item ORDER BY id LIMIT ?)').run(count);
    db.close();
  };
  const sizeOf = async () => (await readIndex(practice.endpoint, IMAGES)).size;
  let left: number;
  {
    await using publisher = startPublisher(folder.path);
    const { cloud, runner } = publisher.app;
    const { publishing } = cloud;
    await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
    await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
    publishing.start(catalogId);
    await runner.whenIdle({ kinds: ['publish'] });
    lose(AGREED);
    await practice.setFaults({ operations: ['DeleteVectors'], rates: { latency: 1 } });
    publishing.start(catalogId, { deletions: { image: AGREED, text: AGREED } });
    const isBegun = () => Object.values(publishing.tally(catalogId).deleted).every(Boolean);
    await expect.poll(isBegun, { interval: 5, timeout: 20_000 }).toBe(true);
    publishing.pause(catalogId);
    await runner.whenIdle({ kinds: ['publish'] });
    left = (await sizeOf()) - (ALL - AGREED);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(AGREED);
  }
  await practice.setFaults({});
  await using publisher = startPublisher(folder.path);
  const { cloud, runner } = publisher.app;
  lose(100);
  cloud.publishing.start(catalogId);
  await runner.whenIdle({ kinds: ['publish'] });
  expect(await sizeOf()).toBe(ALL - AGREED + left);
  const plan = await cloud.publishing.plan(catalogId);
  expect(plan).toMatchObject({ deletions: 'separate', indexes: [{ deleted: left + 100 }, {}] });
});

test(
  'a colleague who has all rows and half the pictures does not take the others from the index',
  { timeout: 120_000 },
  async () => {
    const pictures = path.join(folder.path, 'Team shop');
    const keys = await drawProducts(pictures, 40);
    const theirs = path.join(folder.path, 'theirs');
    const ours = path.join(folder.path, 'ours');
    const connect = (dataDir: string) =>
      runJson(dataDir, ['cloud', 'connect', '--endpoint', practice.endpoint]);
    await runJson(theirs, ['catalog', 'add', pictures]);
    await runJson(theirs, ['ingest']);
    await connect(theirs);
    await runJson(theirs, ['cloud', 'link', 'Team shop', '--bucket', BUCKET, '--create']);
    await runJson(theirs, ['cloud', 'publish', 'Team shop', '--yes']);

    await connect(ours);
    await runJson(ours, ['cloud', 'restore', '--bucket', BUCKET, '--name', 'Ours']);
    for (const key of keys.slice(0, 20)) await rm(path.join(pictures, 'images', `${key}.jpg`));
    await runJson(ours, ['catalog', 'add', pictures, '--name', 'Ours']);
    await runJson(ours, ['ingest']);
    const plan = await runJson(ours, ['cloud', 'plan', 'Ours']);
    const missing = { reason: 'picture-missing', count: 20 };
    expect(plan).toMatchObject({
      deletions: 'separate',
      indexes: [
        { deleted: 20, leaving: { held: 40, reasons: [missing] } },
        { deleted: 20, leaving: { held: 40, reasons: [missing] } },
      ],
    });
    const { code } = await runCommand(ours, ['cloud', 'publish', 'Ours', '--yes']);
    expect(code).toBe(1);

    // A drive that is not mounted leaves an empty folder behind, and that is no yes either.
    await rm(pictures, { recursive: true });
    await mkdir(pictures);
    await runJson(ours, ['ingest']);
    await runCommand(ours, ['catalog', 'add', pictures, '--name', 'Ours']);
    await runJson(ours, ['ingest']);
    expect(await runJson(ours, ['cloud', 'plan', 'Ours'])).toMatchObject({
      deletions: 'separate',
      indexes: [{ deleted: 40 }, { deleted: 40 }],
    });
    expect((await runCommand(ours, ['cloud', 'publish', 'Ours', '--yes'])).code).toBe(1);
    expect((await readIndex(practice.endpoint, IMAGES)).size).toBe(40);
  },
);
