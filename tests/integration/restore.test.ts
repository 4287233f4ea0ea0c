import { setTimeout as delay } from 'node:timers/promises';
import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { App } from '../../electron/core/app.ts';
import { openDatabase } from '../../electron/core/db/database.ts';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import { runJson, startCommand } from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import {
  PRACTICE_CONNECTION,
  SHOP,
  shopItems,
  startPublisher,
  writeShop,
  type ShopItem,
} from '../support/embedded-shop.ts';
import { canRunS3Mock, startS3Mock } from '../support/s3mock.ts';
import { startTestApp, temporaryFolder } from '../support/test-app.ts';

const BUCKET = 'team-shop';
const DIMENSION = { image: 24, text: 12 };
const PRODUCTS = 900;

async function publishShop(
  dataDir: string,
  options: { endpoint: string; items: readonly ShopItem[] },
): Promise<void> {
  const catalogId = writeShop(dataDir, options.items);
  const { app, ...publisher } = startPublisher(dataDir);
  await app.cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: options.endpoint });
  await app.cloud.links.link({ catalogId, bucket: BUCKET, create: true, contentHash: true });
  app.cloud.publishing.start(catalogId);
  await app.runner.whenIdle({ kinds: ['publish'] });
  await publisher[Symbol.asyncDispose]();
}

async function practiceEndpoint(): Promise<{ endpoint: string } & AsyncDisposable> {
  const practice = await startPracticeCloud();
  return { endpoint: practice.endpoint, [Symbol.asyncDispose]: () => practice.stop() };
}

/** Every item with its vectors and hashes, as the database has them. */
function contentsOf(dataDir: string): unknown[] {
  const db = openDatabase(dataDir);
  try {
    return db
      .prepare(
        `SELECT item.key, item.name, item.name_hash, embedding.modality, embedding.content_hash,
           hex(embedding.vector) AS vector, model.id, model.sha256,
           (SELECT json_group_object(field.name, item_field.value) FROM item_field
              JOIN field ON field.id = item_field.field_id WHERE item_id = item.id) AS "values"
         FROM item JOIN embedding ON embedding.item_id = item.id
         JOIN model ON model.ref = embedding.model_ref ORDER BY item.key, embedding.modality`,
      )
      .all();
  } finally {
    db.close();
  }
}

describe.each([
  { judge: 'the practice cloud', start: practiceEndpoint, isHere: true },
  { judge: 'S3Mock (skipped without its jar or Java)', start: startS3Mock, isHere: canRunS3Mock },
])('from $judge', ({ start, isHere }) => {
  test.skipIf(!isHere)(
    'a lost database comes back as it was, and a plan says that nothing is to be sent',
    { timeout: 240_000 },
    async () => {
      await using lost = await temporaryFolder();
      await using found = await temporaryFolder();
      await using cloud = await start();
      await publishShop(lost.path, { ...cloud, items: shopItems(PRODUCTS, DIMENSION) });
      const { app, ...restorer } = startPublisher(found.path);
      await app.cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: cloud.endpoint });
      const report = await app.cloud.restorer.restore({ bucket: BUCKET, name: SHOP });
      const side = { listed: PRODUCTS, restored: PRODUCTS, byKey: 0, outdated: 0 };
      expect(report).toMatchObject({ items: PRODUCTS, sides: [side, side] });
      const { catalogId } = report;
      expect(await app.cloud.publishing.plan(catalogId)).toMatchObject({
        isUpToDate: true,
        indexes: [{ unchanged: PRODUCTS }, { unchanged: PRODUCTS }],
      });
      expect((await app.cloud.verifier.verify(catalogId, { vectors: true })).isInStep).toBe(true);
      // Again, it goes on where it is.
      const again = await app.cloud.restorer.restore({ bucket: BUCKET });
      expect(again.catalogId).toBe(catalogId);
      expect(again.sides.map(({ restored }) => restored)).toEqual([0, 0]);
      await restorer[Symbol.asyncDispose]();
      expect(contentsOf(found.path)).toEqual(contentsOf(lost.path));
    },
  );
});

test('follows what others publish later: new, changed and gone', async () => {
  await using folder = await temporaryFolder();
  await using cloud = await practiceEndpoint();
  const theirs = path.join(folder.path, 'theirs');
  const ours = path.join(folder.path, 'ours');
  await publishShop(theirs, { ...cloud, items: shopItems(60, DIMENSION) });
  await using restorer = startPublisher(ours);
  const { restorer: restoring, connections, publishing } = restorer.app.cloud;
  await connections.set({ ...PRACTICE_CONNECTION, endpoint: cloud.endpoint });
  const { catalogId } = await restoring.restore({ bucket: BUCKET });

  const db = openDatabase(theirs);
  db.exec(`DELETE FROM item WHERE key IN ('p1', 'p2')`);
  db.exec(`UPDATE item SET metadata = json_set(metadata, '$.colour', 'Gelb') WHERE key = 'p4'`);
  db.close();
  await using publisher = startPublisher(theirs);
  publisher.app.cloud.publishing.start(1);
  await publisher.app.runner.whenIdle({ kinds: ['publish'] });

  const report = await restoring.restore({ bucket: BUCKET });
  expect(report).toMatchObject({ catalogId, items: 58 });
  expect((await publishing.plan(catalogId)).isUpToDate).toBe(true);
  const changed = restorer.app.catalogs.findItem(catalogId, 'p4');
  expect(restorer.app.browse.item(changed).metadata).toMatchObject({ colour: 'Gelb' });
});

test(
  'killed in the middle, the same command goes on, and all is there',
  { timeout: 120_000 },
  async () => {
    await using folder = await temporaryFolder();
    await using cloud = await practiceEndpoint();
    const theirs = path.join(folder.path, 'theirs');
    const ours = path.join(folder.path, 'ours');
    await publishShop(theirs, { ...cloud, items: shopItems(3_000, { image: 128, text: 64 }) });
    await runJson(ours, ['cloud', 'connect', '--endpoint', cloud.endpoint]);
    const command = ['cloud', 'restore', '--bucket', BUCKET, '--json'];
    const vectors = () => {
      const db = openDatabase(ours);
      const count = db.prepare<[], number>('SELECT count(*) FROM embedding').pluck().get()!;
      db.close();
      return count;
    };
    const killed = startCommand(ours, command);
    while (vectors() < 200) await delay(2);
    killed.kill('SIGKILL');
    await killed.finished;
    const before = vectors();
    expect(before).toBeLessThan(6_000);
    const report = await runJson(ours, command);
    expect(report).toMatchObject({ items: 3_000 });
    const { sides } = report as { sides: { restored: number }[] };
    expect(sides.reduce((sum, { restored }) => sum + restored, 0)).toBe(6_000 - before);
    expect(contentsOf(ours)).toEqual(contentsOf(theirs));
    const plan = await runJson(ours, ['cloud', 'plan', BUCKET, '--json']);
    expect(plan).toMatchObject({ isUpToDate: true });
  },
);

test('two catalogs on one index are refused, with both names', async () => {
  await using folder = await temporaryFolder();
  await using cloud = await practiceEndpoint();
  await publishShop(folder.path, { ...cloud, items: shopItems(3, DIMENSION) });
  await using publisher = startPublisher(folder.path);
  await expect(
    publisher.app.cloud.restorer.restore({ bucket: BUCKET, name: 'Copy' }),
  ).rejects.toMatchObject({
    code: 'CLOUD_CONFLICT',
    message: expect.stringContaining(`"${SHOP}" is linked to the index img-index`) as string,
  });
  expect(publisher.app.catalogs.list()).toHaveLength(1);
});

describe('with pictures and the real models', () => {
  test.each([
    { name: 'what a published hash tells is another picture is', contentHash: true, others: 1 },
    { name: 'by key, where no hash was published', contentHash: false, others: 0 },
  ])(
    'a colleague adds the folder, and what is the same is not embedded again: $name',
    { timeout: 120_000 },
    async ({ contentHash, others }) => {
      await using folder = await temporaryFolder();
      await using cloud = await practiceEndpoint();
      const pictures = path.join(folder.path, 'pictures');
      const keys = await drawProducts(pictures, 12);
      const connection = { ...PRACTICE_CONNECTION, endpoint: cloud.endpoint };
      {
        await using theirs = await startTestApp({ dataDir: path.join(folder.path, 'theirs') });
        const catalogId = await theirs.app.catalogs.add(pictures);
        await theirs.app.runner.whenIdle({ catalogId });
        await theirs.app.cloud.connections.set(connection);
        await theirs.app.cloud.links.link({
          catalogId,
          bucket: BUCKET,
          create: true,
          contentHash,
          uriTemplate: 's3://pictures/{filename}',
        });
        theirs.app.cloud.publishing.start(catalogId);
        await theirs.app.runner.whenIdle({ catalogId });
      }
      await using ours = await startTestApp({ dataDir: path.join(folder.path, 'ours') });
      const { app } = ours;
      await app.cloud.connections.set(connection);
      const { catalogId, sides } = await app.cloud.restorer.restore({ bucket: BUCKET });
      expect(sides.map(({ byKey }) => byKey)).toEqual([contentHash ? 0 : keys.length, 0]);
      expect(await search(app, catalogId)).toHaveLength(5);

      const [first, second] = keys.map((key) => path.join(pictures, 'images', `${key}.jpg`));
      await copyFile(second!, first!);
      expect(await app.catalogs.add(pictures, { name: BUCKET })).toBe(catalogId);
      await app.runner.whenIdle({ catalogId });
      expect(app.totals.embedded).toEqual({ image: others, text: 0 });
      expect(app.catalogs.get(catalogId)).toMatchObject({
        online: true,
        embedded: { image: keys.length, text: keys.length },
        problems: 0,
      });
      // The folder has columns of its own: what is published of them is found out anew.
      await app.cloud.restorer.restore({ bucket: BUCKET, into: catalogId });
      expect(await app.cloud.publishing.plan(catalogId)).toMatchObject({
        indexes: [
          { added: 0, changed: others, deleted: 0 },
          { added: 0, changed: 0, deleted: 0 },
        ],
      });
    },
  );

  test(
    'a catalog whose folder is here already gets its vectors by key',
    { timeout: 120_000 },
    async () => {
      await using folder = await temporaryFolder();
      await using cloud = await practiceEndpoint();
      const pictures = path.join(folder.path, 'pictures');
      const keys = await drawProducts(pictures, 8);
      const dataDir = path.join(folder.path, 'data');
      const run = (...args: string[]) => runJson(dataDir, args);
      const connect = () => run('cloud', 'connect', '--endpoint', cloud.endpoint);
      await run('catalog', 'add', pictures, '--name', 'Shop');
      await run('ingest', 'Shop');
      await connect();
      await run('cloud', 'link', 'Shop', '--bucket', BUCKET, '--create');
      await run('cloud', 'publish', 'Shop', '--yes');
      await rm(dataDir, { recursive: true });

      await run('catalog', 'add', pictures, '--name', 'Shop');
      await connect();
      const report = await run('cloud', 'restore', '--bucket', BUCKET, '--into', 'Shop', '--json');
      expect(report).toMatchObject({
        sides: [{ restored: keys.length }, { restored: keys.length }],
      });
      const ingested = await run('ingest', 'Shop', '--json');
      expect(ingested).toMatchObject({ embedded: { image: 0, text: 0 } });
      expect(await run('cloud', 'plan', 'Shop', '--json')).toMatchObject({ isUpToDate: true });
    },
  );
});

async function search(app: App, catalogId: number): Promise<readonly unknown[]> {
  const { results } = await app.search.run({
    catalogId,
    mode: 'text',
    engine: 'local',
    text: 'red hat',
    top: 5,
    candidates: 100,
    k: 60,
    weights: { image: 1, text: 1 },
  });
  return results;
}
