import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRouter } from '../../electron/core/api/router.ts';
import {
  startPracticeCloud,
  type PracticeCloud,
} from '../../electron/practice-cloud/start-practice-cloud.ts';
import type { PublishProgress } from '../../shared/contract/cloud/publish.ts';
import {
  PRACTICE_CONNECTION,
  shopItems,
  startPublisher,
  writeShop,
} from '../support/embedded-shop.ts';
import { temporaryFolder } from '../support/test-app.ts';

const PRODUCTS = 1_200;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let practice: PracticeCloud;
let publisher: ReturnType<typeof startPublisher>;
let catalogId: number;

beforeAll(async () => {
  folder = await temporaryFolder();
  practice = await startPracticeCloud();
  catalogId = writeShop(folder.path, shopItems(PRODUCTS, { image: 16, text: 8 }));
  publisher = startPublisher(folder.path);
});

afterAll(async () => {
  await publisher[Symbol.asyncDispose]();
  await practice.stop();
  await folder[Symbol.asyncDispose]();
});

function connect() {
  return createRouterClient(createRouter(publisher.app, () => undefined)).cloud;
}

async function untilState(state: PublishProgress['state']): Promise<PublishProgress> {
  for await (const [progress] of await connect().live()) {
    if (progress?.state === state) return progress;
  }
  throw new Error('the stream ended');
}

test('before a connection every call says what to do', async () => {
  await expect(connect().buckets.list({})).rejects.toMatchObject({
    code: 'CLOUD_NOT_CONNECTED',
    data: { action: expect.stringContaining('cloud connect') as string },
  });
  await expect(connect().plan({ catalogId })).rejects.toMatchObject({ code: 'CLOUD_NOT_LINKED' });
  await expect(
    connect().connect({ ...PRACTICE_CONNECTION, endpoint: 'https://example.com' }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('a window connects, links, plans, publishes, pauses and goes on', async () => {
  const cloud = connect();
  await cloud.connect({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
  expect(await cloud.test()).toMatchObject({
    identity: 'placeholder keys for a server on this computer',
    endpoint: practice.endpoint,
  });
  const { link, unconfirmed } = await cloud.setLink({ catalogId, bucket: 'shop', create: true });
  expect(unconfirmed).toBeNull();
  expect(link.indexes.map(({ name, isConfirmed }) => [name, isConfirmed])).toEqual([
    ['img-index', true],
    ['txt-index', true],
  ]);
  const plan = await cloud.plan({ catalogId });
  expect(plan.indexes.map(({ added, requests }) => [added, requests])).toEqual([
    [PRODUCTS, 3],
    [PRODUCTS, 3],
  ]);
  expect((await practice.counters()).requests['PutVectors'] ?? 0).toBeLessThanOrEqual(1);

  await practice.setFaults({ operations: ['PutVectors'], rates: { latency: 1 }, latencyMs: 300 });
  await cloud.publish({ catalogId });
  await untilState('running');
  await cloud.pause({ catalogId });
  const paused = await untilState('paused');
  await publisher.app.runner.whenIdle({ kinds: ['publish'] });
  expect(paused.sent.image).toBeLessThan(PRODUCTS);
  await practice.setFaults({});
  await cloud.publish({ catalogId });
  const { sent } = await untilState('idle');
  expect(sent).toEqual({ image: PRODUCTS, text: PRODUCTS });
  expect((await cloud.plan({ catalogId })).isUpToDate).toBe(true);
  const keys = Object.values(await practice.putsByKey('shop', 'img-index'));
  expect(keys.every((puts) => puts === 1)).toBe(true);
});

test('an index of another dimension is refused with both values, and deletes want the name', async () => {
  const cloud = connect();
  const place = { bucket: 'shop', name: 'other-index' };
  await cloud.indexes.create({ ...place, dimension: 99 });
  await expect(
    cloud.setLink({ catalogId, bucket: 'shop', imageIndex: 'other-index' }),
  ).rejects.toMatchObject({
    code: 'INDEX_MISMATCH',
    message: expect.stringMatching(/99 numbers.*16 numbers/) as string,
  });
  await expect(cloud.indexes.delete({ ...place, confirmation: 'other' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  await cloud.indexes.delete({ ...place, confirmation: 'other-index' });
  expect((await cloud.indexes.list({ bucket: 'shop' })).indexes.map(({ name }) => name)).toEqual([
    'img-index',
    'txt-index',
  ]);
});

test('typed-in keys stay where they were put', async () => {
  const cloud = connect();
  const keys = { accessKeyId: 'AKIAEXAMPLEEXAMPLE12', secretAccessKey: 'not-to-be-seen' };
  await cloud.connect({
    source: { kind: 'keys' },
    region: 'us-east-1',
    endpoint: practice.endpoint,
    keys,
  });
  const { identity } = await cloud.test();
  const told = JSON.stringify([identity, await cloud.connection()]);
  expect(told).not.toContain('AKIA');
  expect(told).not.toContain('not-to-be-seen');
});
