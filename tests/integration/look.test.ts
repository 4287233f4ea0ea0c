import { PutVectorsCommand, S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import {
  PRACTICE_CONNECTION,
  SHOP,
  shopItems,
  startPublisher,
  writeShop,
  type ShopItem,
} from '../support/embedded-shop.ts';
import { canRunS3Mock, startS3Mock } from '../support/s3mock.ts';
import { temporaryFolder } from '../support/test-app.ts';

const DIMENSION = { image: 24, text: 12 };
const PRODUCTS = 60;
const BUCKET = 'notebook';
const NAMES = { imageIndex: 'img-index', textIndex: 'text-index' };
const SEASONS = ['Summer', 'Fall', 'Winter', 'Spring'];

/** Products with the columns of the original notebook's data set. */
const ITEMS: ShopItem[] = shopItems(PRODUCTS, DIMENSION).map((item, at) => ({
  ...item,
  key: `${10_000 + at}`,
  metadata: {
    gender: at % 2 === 0 ? 'Men' : 'Women',
    masterCategory: at % 3 === 0 ? 'Footwear' : 'Apparel',
    usage: at % 5 === 0 ? 'Formal' : 'Casual',
    season: SEASONS[at % 4]!,
    productDisplayName: `Shirt number ${at}`,
  },
}));

/** What the notebook writes beside each vector. */
function metadataOf({ key, metadata }: ShopItem): Record<string, string | number> {
  return {
    gender: metadata['gender']!,
    category: metadata['masterCategory']!,
    type: metadata['usage']!,
    season: metadata['season']!,
    productName: metadata['productDisplayName']!,
    s3_uri: `s3://fashion/images/${key}.jpg`,
    split: 'train',
  };
}

async function put(
  endpoint: string,
  index: { name: string; vectors: readonly { key: string; data: number[]; item?: ShopItem }[] },
): Promise<void> {
  const client = new S3VectorsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'PRACTICE', secretAccessKey: 'practice' },
  });
  await client.send(
    new PutVectorsCommand({
      vectorBucketName: BUCKET,
      indexName: index.name,
      vectors: index.vectors.map(({ key, data, item }) => ({
        key,
        data: { float32: data },
        metadata: item === undefined ? {} : metadataOf(item),
      })),
    }),
  );
  client.destroy();
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let publisher: ReturnType<typeof startPublisher>;
let catalogId: number;

beforeEach(async () => {
  folder = await temporaryFolder();
  catalogId = writeShop(folder.path, ITEMS);
  publisher = startPublisher(folder.path);
});

afterEach(async () => {
  await publisher[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** Indexes as a notebook makes them: keys with an ending, vectors of any length, no tags. */
async function fillAsNotebook(endpoint: string): Promise<void> {
  const { cloud } = publisher.app;
  await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint });
  await cloud.indexes.createBucket(BUCKET);
  await cloud.indexes.create({
    bucket: BUCKET,
    name: NAMES.imageIndex,
    dimension: DIMENSION.image,
    nonFilterableKeys: ['productName', 's3_uri'],
  });
  await put(endpoint, {
    name: NAMES.imageIndex,
    vectors: ITEMS.map((item) => ({
      key: `images/${item.key}.jpg`,
      data: Array.from(item.image, (value) => 3 * value),
      item,
    })),
  });
  // Names by another model, and half of them of products that are not here.
  await cloud.indexes.create({ bucket: BUCKET, name: NAMES.textIndex, dimension: DIMENSION.text });
  const others = shopItems(PRODUCTS, { image: 2, text: DIMENSION.text + 5 });
  await put(endpoint, {
    name: NAMES.textIndex,
    vectors: ITEMS.map(({ key }, at) => ({
      key: at % 2 === 0 ? key : `old-${key}`,
      data: Array.from(others[at]!.text.subarray(5)),
    })),
  });
}

async function practiceEndpoint(): Promise<{ endpoint: string } & AsyncDisposable> {
  const practice = await startPracticeCloud();
  return { endpoint: practice.endpoint, [Symbol.asyncDispose]: () => practice.stop() };
}

const field = (name: string) => ({ kind: 'field', field: name });

describe.each([
  { judge: 'the practice cloud', start: practiceEndpoint, isHere: true },
  { judge: 'S3Mock (skipped without its jar or Java)', start: startS3Mock, isHere: canRunS3Mock },
])("a notebook's indexes at $judge", ({ start, isHere }) => {
  test.skipIf(!isHere)(
    'are told how their keys, fields and vectors match, before anything is linked',
    { timeout: 120_000 },
    async () => {
      await using server = await start();
      await fillAsNotebook(server.endpoint);
      const { looker, links } = publisher.app.cloud;
      const looks = await looker.look({ catalogId, bucket: BUCKET, ...NAMES });
      const [image, text] = looks;
      expect(image).toMatchObject({
        state: 'found',
        dimension: DIMENSION.image,
        metric: 'cosine',
        toldModel: null,
        misfit: null,
        needsModelYes: true,
        keys: { sampled: PRODUCTS, matching: 0, byStem: PRODUCTS, others: [] },
        asked: null,
        vectors: { compared: 25, verdict: 'same' },
        denied: [],
      });
      expect(image?.keys?.stemExample?.there).toBe(`images/${image?.keys?.stemExample?.here}.jpg`);
      expect(image?.vectors?.lowest).toBeCloseTo(1, 5);
      const columns = image?.metadata?.map(
        ({ key, from, by, filterable }) => [key, [from, by, filterable]] as const,
      );
      expect(Object.fromEntries(columns ?? [])).toEqual({
        gender: [field('gender'), 'values', true],
        category: [field('masterCategory'), 'values', true],
        type: [field('usage'), 'values', true],
        season: [field('season'), 'values', true],
        productName: [field('productDisplayName'), 'values', false],
        s3_uri: [{ kind: 'template', template: 's3://fashion/images/{path}' }, 'values', false],
        split: [null, null, true],
      });
      expect(text).toMatchObject({
        keys: { sampled: PRODUCTS, matching: PRODUCTS / 2, byStem: 0 },
        vectors: { verdict: 'other' },
        metadata: [],
      });
      expect(text?.keys?.others.every((key) => key.startsWith('old-'))).toBe(true);
      expect(links.find(catalogId)).toBeNull();
    },
  );
});

describe('on the practice cloud', () => {
  let practice: Awaited<ReturnType<typeof startPracticeCloud>>;

  beforeEach(async () => {
    practice = await startPracticeCloud();
    await fillAsNotebook(practice.endpoint);
  });

  afterEach(() => practice.stop());

  const look = (names: object = {}) =>
    publisher.app.cloud.looker.look({ catalogId, bucket: BUCKET, ...NAMES, ...names });

  test('a look takes four requests an index', async () => {
    const before = (await practice.counters()).requests;
    await look();
    const after = (await practice.counters()).requests;
    const made = Object.keys(after).map((name) => [name, after[name]! - (before[name] ?? 0)]);
    expect(Object.fromEntries(made.filter(([, count]) => count !== 0))).toEqual({
      GetIndex: 2,
      ListTagsForResource: 2,
      ListVectors: 2,
      GetVectors: 2,
    });
  });

  test('what the policy does not allow stays unknown, and is named', async () => {
    const deny = (...operations: string[]) =>
      practice.setFaults({ operations, rates: { AccessDeniedException: 1 } });
    await deny('GetVectors', 'ListTagsForResource');
    const [blind] = await look();
    expect(blind).toMatchObject({ keys: { byStem: PRODUCTS }, vectors: null, toldModel: null });
    expect(blind?.denied).toEqual(['s3vectors:ListTagsForResource', 's3vectors:GetVectors']);
    await deny('ListVectors');
    const [unlisted, names] = await look();
    expect(unlisted).toMatchObject({
      keys: null,
      asked: { count: 25, found: 0 },
      metadata: null,
      denied: ['s3vectors:ListVectors'],
    });
    // Every second key is one of the catalog.
    expect(names?.asked?.found).toBeGreaterThan(8);
    expect(names?.vectors?.verdict).toBe('other');
    await deny('GetIndex');
    expect((await look())[0]).toMatchObject({ state: 'hidden', denied: ['s3vectors:GetIndex'] });

    // The service wants both actions for a list with metadata: keys alone can still be listed.
    await practice.setFaults({
      operations: ['ListVectors', 'GetVectors'],
      script: ['AccessDeniedException', 'ok'],
      rates: { AccessDeniedException: 1 },
    });
    const [bare, missing] = await look({ textIndex: 'not-there' });
    expect(bare).toMatchObject({ keys: { byStem: PRODUCTS }, metadata: null, vectors: null });
    expect(bare?.denied).toEqual(['s3vectors:GetVectors']);
    expect(missing).toMatchObject({ state: 'missing', keys: null });
  });

  test('an index of another dimension does not fit, and of keys of others none is found', async () => {
    const { indexes } = publisher.app.cloud;
    await indexes.create({ bucket: BUCKET, name: 'elsewhere', dimension: DIMENSION.image });
    await put(practice.endpoint, {
      name: 'elsewhere',
      vectors: ITEMS.map(({ image }, at) => ({ key: `sku/${at}`, data: [...image] })),
    });
    const [elsewhere, wide] = await look({ imageIndex: 'elsewhere', textIndex: NAMES.imageIndex });
    expect(elsewhere).toMatchObject({
      keys: { sampled: PRODUCTS, matching: 0, byStem: 0 },
      asked: { count: 25, found: 0 },
      vectors: null,
    });
    expect(elsewhere?.keys?.others).toHaveLength(5);
    expect(wide).toMatchObject({
      needsModelYes: false,
      misfit: expect.stringMatching(/has 24 numbers, the catalog 12 numbers/) as string,
      vectors: null,
    });
  });

  test('the command line says it without linking, before a refusal, and with the link', async () => {
    const link = ['cloud', 'link', SHOP, '--bucket', BUCKET, '--text-index', NAMES.textIndex];
    const looked = await runCommand(folder.path, [...link, '--look']);
    expect(looked.code).toBe(0);
    expect(looked.stdout).toContain('img-index: 24 numbers, cosine; it does not say which model');
    expect(looked.stdout).toMatch(
      /60 more would be without folder and ending: images\/\d+\.jpg is \d+ here/,
    );
    expect(looked.stdout).toMatch(/cosine 1\.000 to the catalog's own.*made by the same model/);
    expect(looked.stdout).toMatch(/category +masterCategory \(50 of 50 equal\)/);
    expect(looked.stdout).toContain('category=masterCategory,type=usage');
    expect(publisher.app.cloud.links.find(catalogId)).toBeNull();

    const refused = await runCommand(folder.path, link);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--assume-model')]);
    expect(refused.stdout).toBe(looked.stdout);
    expect(publisher.app.cloud.links.find(catalogId)).toBeNull();
    const linked = await runJson(folder.path, [...link, '--assume-model']);
    expect(linked).toMatchObject({
      bucket: BUCKET,
      look: [{ vectors: { verdict: 'same' } }, { vectors: { verdict: 'other' } }],
    });
  });
});
