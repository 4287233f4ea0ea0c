import { expect, test } from 'vitest';
import { openDatabase } from '../../electron/core/db/database.ts';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import {
  PRACTICE_CONNECTION,
  shopItems,
  startPublisher,
  writeShop,
} from '../support/embedded-shop.ts';
import { readIndex } from '../support/read-index.ts';
import { temporaryFolder } from '../support/test-app.ts';

const PRODUCTS = 900;
const BUCKET = 'shop';
const IMAGES = { bucket: BUCKET, name: 'img-index' };
/** The service counts otherwise than we do here: only it can tell which records are too long. */
const REFUSING = { filterableMetadataBytes: 100 };
const TOO_LONG = ['p7', 'p500', 'p899'];

test(
  'records the service refuses are found, listed and left out; the rest goes on, in batches it can take',
  { timeout: 120_000 },
  async () => {
    await using folder = await temporaryFolder();
    const practice = await startPracticeCloud({ limits: REFUSING });
    const items = shopItems(PRODUCTS, { image: 8, text: 4 }).map((item) =>
      TOO_LONG.includes(item.key)
        ? { ...item, metadata: { ...item.metadata, colour: 'Long '.repeat(30) } }
        : item,
    );
    const catalogId = writeShop(folder.path, items);
    await using publisher = startPublisher(folder.path);
    const { cloud, runner, problems, ingest } = publisher.app;
    const publish = async () => {
      cloud.publishing.start(catalogId);
      await runner.whenIdle({ kinds: ['publish'], isBlockedEnough: true });
      expect(cloud.publishing.obstacle(catalogId)).toBeNull();
      return cloud.publishing.tally(catalogId);
    };
    try {
      await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
      await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
      await practice.setFaults({ operations: ['PutVectors'], capacity: 150 });

      const { sent, quarantined } = await publish();
      expect(sent).toEqual({ image: PRODUCTS - 3, text: PRODUCTS - 3 });
      expect(quarantined).toBe(6);
      const listed = problems.list({ catalogId, kind: 'publish-refused', offset: 0, limit: 10 });
      expect(listed).toHaveLength(6);
      expect(new Set(listed.map(({ itemKey }) => itemKey))).toEqual(new Set(TOO_LONG));
      expect(listed[0]?.reason).toMatch(/img-index: .*100 bytes|txt-index: .*100 bytes/);
      const there = await readIndex(practice.endpoint, IMAGES);
      expect(there.size).toBe(PRODUCTS - 3);

      // As they are, they are not sent again.
      const requests = cloud.publishing.tally(catalogId).requests;
      expect((await publish()).requests).toBe(requests);
      const [plan] = (await cloud.publishing.plan(catalogId)).indexes;
      expect(plan).toMatchObject({ added: 0, quarantined: 3, unchanged: PRODUCTS - 3 });

      // Trying again sends it again, one or all; and the service says the same of it.
      const retry = (scope: object) => ingest.retry({ catalogId, ...scope });
      const refusedAgain = async () => {
        await runner.whenIdle({ kinds: ['publish'], isBlockedEnough: true });
        return cloud.publishing.tally(catalogId).quarantined;
      };
      expect(retry({ problemId: listed[0]!.id })).toBe(1);
      expect(await refusedAgain()).toBe(7);
      expect(retry({ kind: 'publish-refused' })).toBe(6);
      expect(await refusedAgain()).toBe(13);
      expect(problems.kinds(catalogId)).toMatchObject([{ kind: 'publish-refused', count: 6 }]);

      // A record that becomes too long leaves no older version behind; one that is mended is sent.
      await practice.setFaults({});
      const db = openDatabase(folder.path);
      const rename = db.prepare(
        `UPDATE item SET metadata = json_set(metadata, '$.colour', ?) WHERE key = ?`,
      );
      rename.run('Long '.repeat(30), 'p1');
      rename.run('Red', 'p7');
      db.close();
      await publish();
      const after = await readIndex(practice.endpoint, IMAGES);
      expect([after.has('p1'), after.has('p7'), after.size]).toEqual([false, true, PRODUCTS - 3]);
      const left = problems.list({ catalogId, kind: 'publish-refused', offset: 0, limit: 10 });
      expect(new Set(left.map(({ itemKey }) => itemKey))).toEqual(new Set(['p1', 'p500', 'p899']));
    } finally {
      await practice.stop();
    }
  },
);

test('what the notes say would be refused never leaves this computer', async () => {
  await using folder = await temporaryFolder();
  const practice = await startPracticeCloud();
  const items = shopItems(3, { image: 4, text: 4 });
  items[1] = { ...items[1]!, metadata: { colour: 'x'.repeat(2_100), price: 1 } };
  const catalogId = writeShop(folder.path, items);
  await using publisher = startPublisher(folder.path);
  const { cloud, runner } = publisher.app;
  try {
    await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
    await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
    const [image] = (await cloud.publishing.plan(catalogId)).indexes;
    expect(image).toMatchObject({
      added: 2,
      failing: 1,
      failures: [{ key: 'p1', reason: expect.stringContaining('2048 allowed') as string }],
    });
    cloud.publishing.start(catalogId);
    await runner.whenIdle({ kinds: ['publish'] });
    const { sent, quarantined, retries } = cloud.publishing.tally(catalogId);
    expect({ sent, quarantined, retries }).toEqual({
      sent: { image: 2, text: 2 },
      quarantined: 2,
      retries: 0,
    });
    expect((await practice.counters()).errors['ValidationException']).toBeUndefined();
    // Nor does it after comparing: that it is not there is no news.
    const refused = () => {
      const db = openDatabase(folder.path);
      const count = db.prepare('SELECT count(*) FROM ledger WHERE refused IS NOT NULL').pluck();
      try {
        return count.get();
      } finally {
        db.close();
      }
    };
    expect(refused()).toBe(2);
    await cloud.verifier.verify(catalogId);
    expect(refused()).toBe(2);
  } finally {
    await practice.stop();
  }
});
