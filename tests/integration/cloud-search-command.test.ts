import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startPracticeCloud,
  type PracticeCloud,
} from '../../electron/practice-cloud/start-practice-cloud.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import { temporaryFolder } from '../support/test-app.ts';

const PRODUCTS = 24;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let practice: PracticeCloud;
let dataDir: string;

/** A folder of products, embedded by the real models and published by commands alone. */
beforeAll(async () => {
  folder = await temporaryFolder();
  practice = await startPracticeCloud();
  const catalog = path.join(folder.path, 'products');
  dataDir = path.join(folder.path, 'data');
  await drawProducts(catalog, PRODUCTS);
  const at = ['--endpoint', practice.endpoint, '--region', 'us-east-1'];
  await runJson(dataDir, ['catalog', 'add', catalog]);
  await runJson(dataDir, ['ingest']);
  await runJson(dataDir, ['cloud', 'connect', '--source', 'practice', ...at]);
  await runJson(dataDir, ['cloud', 'link', 'products', '--bucket', 'products', '--create']);
  await runJson(dataDir, ['cloud', 'publish', 'products', '--yes']);
}, 180_000);

afterAll(async () => {
  await practice.stop();
  await folder[Symbol.asyncDispose]();
});

interface Answer {
  readonly engine: string;
  readonly results: readonly { readonly key: string; readonly score: number }[];
}

const QUERY = ['search', 'products', '--like', '1004', '--text', 'a green square'];
const keysOf = ({ results }: Answer) => results.map(({ key }) => key);

test('prints the answer of the indexes as that of this computer, and how each side went', async () => {
  const filtered = [...QUERY, '--filter', '{"colour": {"$ne": "blue"}}', '--weights', '1,0.5'];
  const local = await runJson<Answer>(dataDir, filtered);
  const remote = await runJson<Answer>(dataDir, [...filtered, '--engine', 's3vectors']);
  const ok = { state: 'ok', ms: expect.any(Number) as number, count: expect.any(Number) as number };
  expect(remote).toMatchObject({ engine: 's3vectors', sides: { image: ok, text: ok } });
  expect(keysOf(remote)).toEqual(keysOf(local));
  expect(Object.keys(remote.results[0]!)).toEqual(Object.keys(local.results[0]!));
  expect(remote.results[0]).toMatchObject({
    imagePath: expect.stringContaining('images') as string,
    score: local.results[0]?.score,
  });
});

test('both: how far they agree, and what is left when one is out of reach', async () => {
  const both = [...QUERY, '--engine', 'both', '--top', '20'];
  const { local, s3vectors, overlap } = await runJson<
    Record<'local' | 's3vectors', Answer> & { overlap: unknown }
  >(dataDir, both);
  expect(keysOf(s3vectors)).toEqual(keysOf(local));
  expect(overlap).toEqual([
    { k: 10, common: 10 },
    { k: 20, common: 20 },
  ]);

  await practice.setFaults({ operations: ['QueryVectors'], rates: { AccessDeniedException: 1 } });
  const { stdout } = await runCommand(dataDir, both);
  expect(stdout).toContain('On this computer:');
  expect(stdout).toContain('the policy must allow s3vectors:QueryVectors');
  const { code, stderr } = await runCommand(dataDir, [...QUERY, '--engine', 's3vectors']);
  expect(code).toBe(1);
  expect(stderr).toContain('s3vectors:QueryVectors');
  await practice.setFaults({});
});
