import { describe, expect, test } from 'vitest';
import {
  PRACTICE_CONNECTION,
  shopItems,
  startPublisher,
  writeShop,
  type ShopItem,
} from '../support/embedded-shop.ts';
import { readIndex, type RemoteVector } from '../support/read-index.ts';
import { canRunS3Mock, startS3Mock } from '../support/s3mock.ts';
import { temporaryFolder } from '../support/test-app.ts';
import { openDatabase } from '../../electron/core/db/database.ts';

/** As many as the fashion catalog has pictures. */
const PRODUCTS = 4_983;
const BUCKET = 'vitrine-shop';
const SIDES = [
  { modality: 'image', name: 'img-index' },
  { modality: 'text', name: 'txt-index' },
] as const;

describe.skipIf(!canRunS3Mock)('on S3Mock (skipped without its jar or Java)', () => {
  test(
    'publishes a catalog, sends nothing twice, follows its changes, and finds what others did',
    { timeout: 480_000 },
    async () => {
      await using folder = await temporaryFolder();
      await using mock = await startS3Mock();
      const items = shopItems(PRODUCTS, { image: 32, text: 16 });
      const catalogId = writeShop(folder.path, items);
      await using publisher = startPublisher(folder.path);
      const { cloud, runner } = publisher.app;
      const publish = async () => {
        const before = cloud.publishing.tally(catalogId);
        cloud.publishing.start(catalogId);
        await runner.whenIdle({ kinds: ['publish'], isBlockedEnough: true });
        expect(cloud.publishing.obstacle(catalogId)).toBeNull();
        const { sent, deleted } = cloud.publishing.tally(catalogId);
        return {
          sent: sent.image + sent.text - before.sent.image - before.sent.text,
          deleted: deleted.image + deleted.text - before.deleted.image - before.deleted.text,
        };
      };
      await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: mock.endpoint });
      await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
      expect(await publish()).toEqual({ sent: 2 * PRODUCTS, deleted: 0 });
      for (const { modality, name } of SIDES) {
        const there = await readIndex(mock.endpoint, { bucket: BUCKET, name });
        expect(there.size).toBe(PRODUCTS);
        expect(items.filter((item) => !isSame(item, modality, there.get(item.key)))).toEqual([]);
      }
      expect(await publish()).toEqual({ sent: 0, deleted: 0 });

      const db = openDatabase(folder.path);
      db.exec(`DELETE FROM item WHERE key IN ('p1', 'p2', 'p3')`);
      db.exec(`UPDATE item SET metadata = json_set(metadata, '$.colour', 'Gelb') WHERE key = 'p4'`);
      db.close();
      const plan = await cloud.publishing.plan(catalogId);
      expect(plan.indexes.map(({ added, changed, deleted }) => [added, changed, deleted])).toEqual([
        [0, 1, 3],
        [0, 1, 3],
      ]);
      expect(await publish()).toEqual({ sent: 2, deleted: 6 });
      const images = await readIndex(mock.endpoint, { bucket: BUCKET, name: 'img-index' });
      expect([images.size, images.get('p4')?.metadata?.['colour']]).toEqual([PRODUCTS - 3, 'Gelb']);

      // A ledger that is lost, and an index that somebody emptied in part, are both found out.
      const other = openDatabase(folder.path);
      other.exec(`DELETE FROM ledger WHERE key LIKE 'p9%'`);
      other.close();
      const report = await cloud.verifier.verify(catalogId, { vectors: true });
      expect(report).toMatchObject({
        isInStep: true,
        indexes: SIDES.map(({ name }) => ({ index: name, listed: PRODUCTS - 3 })),
      });
      expect((await cloud.publishing.plan(catalogId)).isUpToDate).toBe(true);
    },
  );
});

function isSame(
  item: ShopItem,
  modality: 'image' | 'text',
  there: RemoteVector | undefined,
): boolean {
  const { name, ...metadata } = there?.metadata ?? {};
  return (
    name === `Product ${item.key}` &&
    metadata['colour'] === item.metadata['colour'] &&
    metadata['price'] === item.metadata['price'] &&
    JSON.stringify(there?.data.float32.map(Math.fround)) === JSON.stringify([...item[modality]])
  );
}
