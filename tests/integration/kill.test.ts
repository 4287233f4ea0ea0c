import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childrenOf, isAlive } from '../support/child-processes.ts';
import { runJson, startCommand, type RunningCommand } from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import { seededRandom } from '../support/random.ts';
import { readRows, readVectors, type StoredVector } from '../support/read-database.ts';
import { temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

const PRODUCTS = 200;
const KILLS = 6;
const SEED = 20260801;
/** Where signals do not exist, and `ps` neither. */
const isWindows = process.platform === 'win32';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let catalog: string;
/** What an ingest that nobody disturbs makes. */
let expected: StoredVector[];

beforeAll(async () => {
  folder = await temporaryFolder();
  catalog = path.join(folder.path, 'products');
  await drawProducts(catalog, PRODUCTS);
  const undisturbed = path.join(folder.path, 'undisturbed');
  await runJson(undisturbed, ['catalog', 'add', catalog]);
  await runJson(undisturbed, ['ingest']);
  expected = readVectors(undisturbed);
  expect(expected).toHaveLength(PRODUCTS * 2);
}, 180_000);

afterAll(() => folder[Symbol.asyncDispose]());

test(
  'kill -9 at any moment and start again: nothing is lost and nothing is there twice',
  { timeout: 240_000 },
  async () => {
    const dataDir = path.join(folder.path, 'killed');
    const random = seededRandom(SEED);

    // The first kills may hit the scan, the later ones the plan and the embedding.
    await killAfter(startCommand(dataDir, ['catalog', 'add', catalog]), 200 + random() * 500);
    await killAfter(startCommand(dataDir, ['catalog', 'add', catalog]), 200 + random() * 500);
    await runJson(dataDir, ['catalog', 'add', catalog]);
    const progress: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      await killAfter(startCommand(dataDir, ['ingest']), 300 + random() * 1400);
      progress.push(readVectors(dataDir).length);
    }
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));

    await runJson(dataDir, ['ingest']);
    expect(readVectors(dataDir)).toEqual(expected);
    expect(await runJson(dataDir, ['ingest'])).toMatchObject({
      embedded: { image: 0, text: 0 },
      failed: 0,
    });
    expect(readRows(dataDir, `SELECT * FROM job WHERE state <> 'done'`)).toEqual([]);
  },
);

describe.skipIf(isWindows)('the inference process', () => {
  test(
    'is started again when it is killed, and no item is lost or blamed',
    { timeout: 120_000 },
    async () => {
      const dataDir = path.join(folder.path, 'inference-killed');
      await runJson(dataDir, ['catalog', 'add', catalog]);
      const ingest = startCommand(dataDir, ['ingest', '--json']);
      await waitUntil('the first vectors', () => readVectors(dataDir).length > 32);
      for (const child of childrenOf(pidOf(ingest))) process.kill(child, 'SIGKILL');

      const { code, stdout } = await ingest.finished;
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        embedded: { image: PRODUCTS, text: PRODUCTS },
        failed: 0,
      });
      expect(readVectors(dataDir)).toEqual(expected);
      expect(readRows(dataDir, 'SELECT * FROM problem')).toEqual([]);
    },
  );

  test(
    'does not outlive the application, even when that is killed',
    { timeout: 120_000 },
    async () => {
      const dataDir = path.join(folder.path, 'orphans');
      await runJson(dataDir, ['catalog', 'add', catalog]);
      const ingest = startCommand(dataDir, ['ingest']);
      await waitUntil('the first vectors', () => readVectors(dataDir).length > 0);
      const children = childrenOf(pidOf(ingest));
      expect(children.length).toBeGreaterThan(0);
      ingest.kill('SIGKILL');
      await waitUntil('the children to end', () => !children.some(isAlive), 10_000);
    },
  );
});

function pidOf(command: RunningCommand): number {
  if (command.pid === undefined) throw new Error('The command did not start.');
  return command.pid;
}

async function killAfter(command: RunningCommand, ms: number): Promise<void> {
  await Promise.race([delay(ms), command.finished]);
  command.kill('SIGKILL');
  await command.finished;
}
