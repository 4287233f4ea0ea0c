import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRouter } from '../../electron/core/api/router.ts';
import {
  startPracticeCloud,
  type PracticeCloud,
} from '../../electron/practice-cloud/start-practice-cloud.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import {
  PRACTICE_CONNECTION,
  shopItems,
  startPublisher,
  writeShop,
} from '../support/embedded-shop.ts';
import { temporaryFolder } from '../support/test-app.ts';

const BUCKET = 'tagged';
const INDEX = { bucket: BUCKET, index: 'img-index' };
const MODEL = { 'vitrine:model': 'test-image', 'vitrine:model-sha256': 'image'.padEnd(64, '0') };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let practice: PracticeCloud;
let publisher: ReturnType<typeof startPublisher>;
let catalogId: number;

beforeAll(async () => {
  folder = await temporaryFolder();
  practice = await startPracticeCloud();
  catalogId = writeShop(folder.path, shopItems(3, { image: 16, text: 8 }));
  publisher = startPublisher(folder.path);
  await publisher.app.cloud.connections.set({
    ...PRACTICE_CONNECTION,
    endpoint: practice.endpoint,
  });
  await publisher.app.cloud.links.link({ catalogId, bucket: BUCKET, create: true });
});

afterAll(async () => {
  await publisher[Symbol.asyncDispose]();
  await practice.stop();
  await folder[Symbol.asyncDispose]();
});

function tagsOf() {
  return createRouterClient(createRouter(publisher.app, () => undefined)).cloud.tags;
}

async function requests(): Promise<number> {
  const { requests: sent } = await practice.counters();
  return (sent['TagResource'] ?? 0) + (sent['UntagResource'] ?? 0);
}

test('tags of an index and of a bucket are added, changed and removed', async () => {
  const tags = tagsOf();
  await tags.change({ ...INDEX, set: { team: 'shop', 'é: /=+-@': '' } });
  await tags.change({ ...INDEX, set: { team: 'web' }, remove: ['é: /=+-@', 'unknown'] });
  expect(await tags.list(INDEX)).toEqual({ ...MODEL, team: 'web' });
  await tags.change({ bucket: BUCKET, set: { cost: 'marketing' } });
  expect(await tags.list({ bucket: BUCKET })).toEqual({ cost: 'marketing' });
  // What is so already is not sent.
  const before = await requests();
  await tags.change({ ...INDEX, set: { team: 'web', ...MODEL } });
  expect(await requests()).toBe(before);
});

test.each([
  { name: 'a key of none', set: { '': 'a' }, told: /the tag "": a key has at least one/ },
  { name: 'a long key', set: { ['k'.repeat(129)]: '' }, told: /a key has at most 128/ },
  {
    name: 'a long value',
    set: { k: 'v'.repeat(257) },
    told: /the tag "k": a value has at most 256/,
  },
  {
    name: 'a key with other characters',
    set: { 'a,b': '' },
    told: /the tag "a,b": a key has letters/,
  },
  {
    name: 'a value with other characters',
    set: { k: 'a*' },
    told: /the tag "k": a value has letters/,
  },
  {
    name: 'a key of AWS',
    set: { 'AWS:x': '' },
    told: /the tag "AWS:x": keys that begin with aws:/,
  },
  {
    name: 'more than fifty',
    set: Object.fromEntries(Array.from({ length: 48 }, (_, at) => [`k${at}`, ''])),
    told: /would have 51 tags; 50 are allowed/,
  },
])('$name is refused before anything is sent, and named', async ({ set, told }) => {
  const before = await requests();
  await expect(tagsOf().change({ ...INDEX, set })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringMatching(told) as string,
  });
  expect(await requests()).toBe(before);
});

test('fifty tags are fine, and one of them can be replaced by another', async () => {
  const tags = tagsOf();
  const some = Object.fromEntries(Array.from({ length: 47 }, (_, at) => [`k${at}`, '']));
  await tags.change({ ...INDEX, set: some });
  expect(Object.keys(await tags.list(INDEX))).toHaveLength(50);
  await tags.change({ ...INDEX, set: { another: '' }, remove: ['k0'] });
  const after = await tags.list(INDEX);
  expect([Object.keys(after).length, after['another'], after['k0']]).toEqual([50, '', undefined]);
  await tags.change({ ...INDEX, remove: [...Object.keys(some), 'another'] });
});

test('what tells the model of an index is changed after a yes only; of a bucket it tells nothing', async () => {
  const tags = tagsOf();
  const change = { ...INDEX, set: { 'vitrine:model': 'other' } };
  await expect(tags.change(change)).rejects.toMatchObject({
    code: 'CLOUD_CONFLICT',
    message: expect.stringMatching(/vitrine:model tells which model made/) as string,
  });
  await expect(
    tags.change({ ...INDEX, remove: Object.keys(MODEL), set: { a: '' } }),
  ).rejects.toMatchObject({ code: 'CLOUD_CONFLICT' });
  expect(await tags.list(INDEX)).toMatchObject(MODEL);
  await tags.change({ ...change, isModelAgreed: true });
  await expect(publisher.app.cloud.links.link({ catalogId, bucket: BUCKET })).rejects.toMatchObject(
    { code: 'INDEX_MISMATCH' },
  );
  await tags.change({ ...INDEX, set: MODEL, isModelAgreed: true });
  await publisher.app.cloud.links.link({ catalogId, bucket: BUCKET });
  await tags.change({ bucket: BUCKET, set: { 'vitrine:model': 'any' } });
  await tags.change({ bucket: BUCKET, remove: ['vitrine:model'] });
});

test('who may not see tags is told of the action to allow', async () => {
  await practice.setFaults({
    operations: ['ListTagsForResource'],
    rates: { AccessDeniedException: 1 },
  });
  await expect(tagsOf().list(INDEX)).rejects.toMatchObject({
    code: 'CLOUD_ACCESS_DENIED',
    message: expect.stringContaining('s3vectors:ListTagsForResource') as string,
  });
  await practice.setFaults({});
});

test('the command line tags, takes tags away, and shows a bucket', async () => {
  const run = (...args: string[]) => runJson(folder.path, ['cloud', ...args]);
  expect(await run('buckets', 'tag', BUCKET, 'team=a=b', 'stage=', '--remove', 'cost')).toEqual({
    bucket: BUCKET,
    tags: { team: 'a=b', stage: '' },
  });
  expect(await run('buckets', 'show', BUCKET)).toMatchObject({
    bucket: BUCKET,
    encryption: 'AES256',
    tags: { team: 'a=b', stage: '' },
  });
  const words = ['cloud', 'indexes', 'tag', BUCKET, 'img-index'];
  const refused = await runCommand(folder.path, [...words, '--remove', 'vitrine:model']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/refuses to publish, search and restore there.*--change-model/);
  expect(await run('indexes', 'tag', BUCKET, 'img-index')).toMatchObject({ tags: MODEL });
  // A pair among the keys to remove was to be set.
  const taken = await runCommand(folder.path, [...words, '--remove', 'old', 'team=shop']);
  expect(taken.code).toBe(2);
  expect(taken.stderr).toMatch(/no tag with the key "team=shop".*before --remove/s);
  const wrong = await runCommand(folder.path, [...words, 'team']);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('key=value, not "team"');
});
