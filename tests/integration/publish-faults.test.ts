import { expect, test } from 'vitest';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import {
  PRACTICE_CONNECTION,
  shopItems,
  startPublisher,
  writeShop,
} from '../support/embedded-shop.ts';
import { readIndex } from '../support/read-index.ts';
import { temporaryFolder } from '../support/test-app.ts';

const PRODUCTS = 10_000;
const BUCKET = 'vitrine-faults';
const SIDES = [
  { modality: 'image', name: 'img-index' },
  { modality: 'text', name: 'txt-index' },
] as const;

test(
  'a fifth of all requests goes wrong, and every vector arrives as it is, within the limits',
  { timeout: 240_000 },
  async () => {
    await using folder = await temporaryFolder();
    const practice = await startPracticeCloud({ seed: 11 });
    const items = shopItems(PRODUCTS, { image: 48, text: 24 });
    const catalogId = writeShop(folder.path, items);
    await using publisher = startPublisher(folder.path);
    const { cloud, runner } = publisher.app;
    try {
      await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
      await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
      await practice.setFaults({
        operations: ['PutVectors', 'DeleteVectors'],
        rates: {
          TooManyRequestsException: 0.04,
          ServiceUnavailableException: 0.04,
          InternalServerException: 0.04,
          'drop-before': 0.04,
          'drop-after': 0.04,
        },
      });
      cloud.publishing.start(catalogId);
      await runner.whenIdle({ kinds: ['publish'] });

      expect(cloud.publishing.obstacle(catalogId)).toBeNull();
      const tally = cloud.publishing.tally(catalogId);
      expect(tally).toMatchObject({ sent: { image: PRODUCTS, text: PRODUCTS }, quarantined: 0 });
      expect(tally.retries).toBeGreaterThan(0);
      for (const { modality, name } of SIDES) {
        const there = await readIndex(practice.endpoint, { bucket: BUCKET, name });
        expect(there.size).toBe(PRODUCTS);
        const wrong = items.filter((item) => {
          const vector = there.get(item.key);
          return (
            JSON.stringify(vector?.data.float32.map(Math.fround)) !==
              JSON.stringify([...item[modality]]) ||
            JSON.stringify(vector?.metadata) !==
              JSON.stringify({ ...item.metadata, name: `Product ${item.key}` })
          );
        });
        expect(wrong).toEqual([]);
      }
      const { indexes } = await practice.counters();
      for (const counters of Object.values(indexes)) {
        expect(counters.throttled).toBe(0);
        expect(counters.peakVectorsPerSecond).toBeLessThanOrEqual(2_500);
      }
      expect((await cloud.publishing.plan(catalogId)).isUpToDate).toBe(true);
    } finally {
      await practice.stop();
    }
  },
);
