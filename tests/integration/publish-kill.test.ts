import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import { runJson, startCommand } from '../support/command-line.ts';
import { SHOP, shopItems, writeShop } from '../support/embedded-shop.ts';
import { seededRandom } from '../support/random.ts';
import { readRows } from '../support/read-database.ts';
import { temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

const PRODUCTS = 6_000;
const KILLS = 20;
const BATCH = 500;
const INDEXES = ['img-index', 'txt-index'];

const NOTHING = {
  sent: { image: 0, text: 0 },
  deleted: { image: 0, text: 0 },
  quarantined: 0,
  requests: 0,
};

test(
  'kill -9 twenty times while publishing: it goes on where it was, and sends next to nothing twice',
  { timeout: 480_000 },
  async () => {
    await using folder = await temporaryFolder();
    const dataDir = folder.path;
    const practice = await startPracticeCloud();
    try {
      const items = shopItems(PRODUCTS, { image: 16, text: 8 });
      writeShop(dataDir, items);
      await runJson(dataDir, ['cloud', 'connect', '--endpoint', practice.endpoint]);
      await runJson(dataDir, ['cloud', 'link', SHOP, '--bucket', 'shop', '--create']);
      // Slow enough that there is something to be killed.
      await practice.setFaults({
        operations: ['PutVectors'],
        rates: { latency: 1 },
        latencyMs: 500,
      });
      const random = seededRandom(3);
      const written: number[] = [];
      const countLedger = () =>
        readRows<{ n: number }>(dataDir, 'SELECT count(*) AS n FROM ledger')[0]?.n ?? 0;
      const requests = async () => (await practice.counters()).requests['PutVectors'] ?? 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const before = await requests();
        const command = startCommand(dataDir, ['cloud', 'publish', SHOP, '--yes']);
        const isAtWork = async () => (await requests()) > before || command.exitCode === 0;
        await waitUntil('a request', isAtWork, 120_000);
        await delay(random() * 700);
        command.kill('SIGKILL');
        await command.finished;
        written.push(countLedger());
      }
      expect(written).toEqual(written.toSorted((a, b) => a - b));
      expect(written.at(-1)).toBeGreaterThan(0);

      await practice.setFaults({});
      await runJson(dataDir, ['cloud', 'publish', SHOP, '--yes']);
      expect(await runJson(dataDir, ['cloud', 'publish', SHOP])).toMatchObject(NOTHING);
      for (const index of INDEXES) {
        const puts = Object.values(await practice.putsByKey('shop', index));
        expect(puts).toHaveLength(PRODUCTS);
        const twice = puts.reduce((sum, count) => sum + count - 1, 0);
        expect(twice).toBeLessThanOrEqual(KILLS * BATCH);
      }
      expect(await runJson(dataDir, ['cloud', 'verify', SHOP, '--vectors'])).toMatchObject({
        isInStep: true,
        indexes: INDEXES.map((index) => ({ index, listed: PRODUCTS })),
      });
    } finally {
      await practice.stop();
    }
  },
);

test('others change the indexes: verify finds it, and repair mends it', async () => {
  await using folder = await temporaryFolder();
  const dataDir = folder.path;
  const practice = await startPracticeCloud();
  try {
    writeShop(dataDir, shopItems(40, { image: 4, text: 4 }));
    await runJson(dataDir, ['cloud', 'connect', '--endpoint', practice.endpoint]);
    await runJson(dataDir, ['cloud', 'link', SHOP, '--bucket', 'shop', '--create']);
    await runJson(dataDir, ['cloud', 'publish', SHOP, '--yes']);
    const call = (operation: string, body: object) =>
      fetch(`${practice.endpoint}/${operation}`, {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3vectors/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
        },
        body: JSON.stringify({ vectorBucketName: 'shop', indexName: 'img-index', ...body }),
      }).then((response) => expect(response.status).toBe(200));
    await call('DeleteVectors', { keys: ['p1', 'p2'] });
    const data = { float32: [1, 0, 0, 0] };
    const own = { colour: 'Grün', price: 0.5, name: 'Product p2' };
    await call('PutVectors', { vectors: [{ key: 'stranger', data }] });
    await call('PutVectors', { vectors: [{ key: 'p2', data, metadata: own }] });
    await call('PutVectors', { vectors: [{ key: 'p3', data, metadata: { colour: 'None' } }] });

    const found = {
      missing: { count: 1, keys: ['p1'] },
      unexpected: { count: 1, keys: ['stranger'] },
      different: { metadata: { count: 1, keys: ['p3'] }, vector: { count: 1, keys: ['p2'] } },
    };
    const [image] = (
      await runJson<{ indexes: object[] }>(dataDir, [
        'cloud',
        'verify',
        SHOP,
        '--vectors',
        '--repair',
      ])
    ).indexes;
    expect(image).toMatchObject(found);
    expect(await runJson(dataDir, ['cloud', 'verify', SHOP, '--vectors'])).toMatchObject({
      isInStep: true,
    });
    expect(await runJson(dataDir, ['cloud', 'publish', SHOP])).toMatchObject(NOTHING);
  } finally {
    await practice.stop();
  }
});
