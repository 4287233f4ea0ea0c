import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeleteIndexCommand, type S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { queryIndex } from '../../electron/core/cloud/search/query-index.ts';
import { clientOf, putAll } from '../../electron/practice-cloud/fixtures/practice-client.ts';
import {
  startPracticeCloud,
  type PracticeCloud,
} from '../../electron/practice-cloud/start-practice-cloud.ts';
import type { Filter } from '../../shared/contract/filter.ts';
import type { SearchOutput } from '../../shared/contract/search.ts';
import { canRunS3Mock, startS3Mock } from '../support/s3mock.ts';
import {
  BUCKET,
  startSearchedShop,
  type Query,
  type SearchedShop,
} from '../support/searched-shop.ts';

const PRODUCTS = 300;

let practice: PracticeCloud;
let client: S3VectorsClient;
let shop: SearchedShop;

beforeAll(async () => {
  practice = await startPracticeCloud();
  client = clientOf(practice.endpoint);
  shop = await startSearchedShop(practice.endpoint, PRODUCTS);
});

afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  client.destroy();
  await practice.stop();
});

const like = (key: string) => ({ kind: 'key', key }) as const;

const FILTER: Filter = {
  $or: [{ colour: { $in: ['Grün', 'Noir'] } }, { price: { $gte: 20, $lt: 40 } }],
};

const QUERIES: readonly [string, Query][] = [
  ['both sides', { picture: like('p7'), text: 'green polo' }],
  [
    'weights and another k',
    { picture: like('p7'), text: 'green', weights: { image: 2, text: 0.5 }, k: 10 },
  ],
  ['a weight of nothing', { picture: like('p7'), text: 'green', weights: { image: 0, text: 1 } }],
  ['both sides, filtered', { picture: like('p9'), text: 'green polo', filter: FILTER }],
  ['words', { mode: 'text', text: 'noir', top: 100 }],
  ['words, filtered', { mode: 'text', text: 'noir', filter: { colour: { $ne: 'Red' } }, top: 30 }],
  ['a picture', { mode: 'image', picture: like('p11'), top: 40 }],
  ['a filter that leaves nothing', { mode: 'text', text: 'noir', filter: { price: -1 } }],
];

/** What both engines must agree on: order, ranks and scores exactly, distances to float32. */
function essence({ results }: SearchOutput, most: number) {
  const place = (at: { rank: number; distance: number } | null) =>
    at && { rank: at.rank, distance: at.distance.toFixed(4) };
  return results.slice(0, most).map(({ rank, image, text, item }) => ({
    rank,
    item,
    image: place(image),
    text: place(text),
  }));
}

async function expectEqual(on: SearchedShop, query: Query): Promise<void> {
  const [local, remote] = await Promise.all([on.local(query), on.remote(query)]);
  // The item itself is left out of a page of 100: one fewer than on this machine.
  const complete = (output: SearchOutput) => essence(output, 99).slice(0, 80);
  expect(complete(remote)).toEqual(complete(local));
  expect(remote.models).toEqual(local.models);
}

describe('the same query as on this machine', () => {
  test.each(QUERIES)('%s', async (_name, query) => {
    await expectEqual(shop, query);
  });

  test('says how long each side took and what it found', async () => {
    const output = await shop.remote({ picture: like('p7'), text: 'green', filter: FILTER });
    expect(output).toMatchObject({
      engine: 's3vectors',
      searched: null,
      sides: {
        image: { state: 'ok', count: expect.any(Number) as number },
        text: { state: 'ok', count: 99 },
      },
    });
    expect(output.sides.text).toMatchObject({ ms: expect.any(Number) as number });
    const alone = await shop.remote({ mode: 'text', text: 'green' });
    expect(alone.sides.image).toBeNull();
  });

  test('more than a page is fetched page by page', async () => {
    const before = (await practice.counters()).requests['QueryVectors'] ?? 0;
    const query = { mode: 'text', text: 'noir', top: 250 } as const;
    const [local, remote] = await Promise.all([shop.local(query), shop.remote(query)]);
    expect(remote.results.map(({ item }) => item.key)).toEqual(
      local.results.map(({ item }) => item.key),
    );
    expect((await practice.counters()).requests['QueryVectors']).toBe(before + 3);
  });

  test('a token that ran out in between asks the whole query again', async () => {
    const api = shop.connections.api();
    let pages = 0;
    const found = await queryIndex(
      {
        async queryVectors(...query) {
          pages += 1;
          if (pages === 2) await practice.advanceClock(10 * 60_000);
          return api.queryVectors(...query);
        },
      },
      { bucket: BUCKET, name: 'txt-index' },
      { vector: shop.items[3]!.text, topK: 300 },
    );
    expect(pages).toBe(5);
    expect(new Set(found.map(({ key }) => key)).size).toBe(PRODUCTS);
    expect(found[0]?.key).toBe('p3');
  });
});

describe('filters', () => {
  const requests = async () => (await practice.counters()).requests['QueryVectors'] ?? 0;

  test.each([
    [
      'not filterable',
      'name',
      /"name" is published to txt-index as "name", which .* cannot filter/,
    ],
    ['not published', 'fabric', /"fabric" is not published to txt-index/],
  ])('a field that is %s is refused before anything is sent', async (_what, field, message) => {
    const before = await requests();
    const query = { mode: 'text', text: 'noir', filter: { $and: [{ [field]: 'x' }] } } as const;
    await expect(shop.remote(query)).rejects.toMatchObject({
      code: 'FILTER_INVALID',
      message: expect.stringMatching(message) as string,
      data: { subject: field, action: expect.stringContaining('colour, price') as string },
    });
    expect(await requests()).toBe(before);
  });

  test('the beginning of a text is asked of the mode that can', async () => {
    await expectEqual(shop, { mode: 'text', text: 'x', filter: { colour: { $startsWith: 'Gr' } } });
  });
});

test('the mode of an index is known where the service tells it', async () => {
  const api = shop.connections.api();
  expect(await api.getIndex({ bucket: BUCKET, name: 'img-index' })).toMatchObject({
    dimension: 24,
    mode: 'ENHANCED',
  });
  await expect(api.getIndex({ bucket: BUCKET, name: 'no-index' })).rejects.toMatchObject({
    code: 'CLOUD_NOT_FOUND',
  });
});

describe('what is not on this machine', () => {
  beforeAll(async () => {
    const { image, text } = shop.items[20]!;
    for (const [indexName, vector] of [
      ['img-index', image],
      ['txt-index', text],
    ] as const) {
      await putAll(client, { vectorBucketName: BUCKET, indexName }, [
        {
          key: 'elsewhere',
          data: { float32: [...vector] },
          metadata: { colour: 'Red', name: 'A colleague’s', added: true },
        },
      ]);
    }
  });

  test('is shown with what the index says of it', async () => {
    const { results } = await shop.remote({ mode: 'image', picture: like('p20') });
    expect(results[0]?.item).toEqual({
      id: expect.any(Number) as number,
      key: 'elsewhere',
      name: 'A colleague’s',
      imagePath: null,
      imageVersion: '',
      metadata: { colour: 'Red', name: 'A colleague’s', added: true },
      badges: ['not-here'],
    });
    expect(results[0]?.item.id).toBeLessThan(0);
    expect(results[0]?.image?.distance).toBeCloseTo(0, 5);
  });

  test('can be searched like, by the vector in the index', async () => {
    const { results } = await shop.remote({ mode: 'image', picture: like('elsewhere') });
    expect(results[0]?.item.key).toBe('p20');
    expect(results.some(({ item }) => item.key === 'elsewhere')).toBe(false);
    await expect(shop.local({ mode: 'image', picture: like('elsewhere') })).rejects.toMatchObject({
      code: 'ITEM_NOT_FOUND',
    });
    await expect(shop.remote({ mode: 'image', picture: like('nowhere') })).rejects.toMatchObject({
      code: 'ITEM_NOT_FOUND',
    });
  });
});

describe('what goes wrong', () => {
  test('typing on ends the requests', async () => {
    await practice.setFaults({
      operations: ['QueryVectors'],
      rates: { latency: 1 },
      latencyMs: 5_000,
    });
    const typing = new AbortController();
    const began = performance.now();
    const asked = shop.remote({ picture: like('p7'), text: 'green' }, typing.signal);
    setTimeout(() => typing.abort(), 50);
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(performance.now() - began).toBeLessThan(4_000);
    await practice.setFaults({});
  });

  test('a missing model costs its side only, and both models are named', async () => {
    shop.missing.add('test-text');
    const { sides, results } = await shop.remote({
      picture: like('p7'),
      text: 'never asked before',
    });
    shop.missing.clear();
    expect(sides.image).toMatchObject({ state: 'ok' });
    expect(sides.text).toMatchObject({
      state: 'failed',
      code: 'MODEL_MISSING',
      message: expect.stringMatching(/test-text \(text0{8}\).*other-text \(f00\)/) as string,
      action: expect.stringContaining('Settings') as string,
    });
    expect(results.length).toBeGreaterThan(90);
  });

  test('throttled: says so, and what to do', async () => {
    await practice.setFaults({
      operations: ['QueryVectors'],
      rates: { TooManyRequestsException: 1 },
    });
    await expect(shop.remote({ mode: 'text', text: 'noir' })).rejects.toMatchObject({
      code: 'CLOUD_THROTTLED',
      data: { action: expect.stringContaining('Search again in a moment') as string },
    });
    await practice.setFaults({});
  });

  test('connected elsewhere, it does not search there', async () => {
    const before = shop.connections.get()!;
    await shop.connections.set({ ...before, region: 'eu-central-1' });
    await expect(shop.remote({ mode: 'text', text: 'noir' })).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
    });
    await shop.connections.set(before);
  });

  test('one index is gone: the other side is still shown', async () => {
    await client.send(new DeleteIndexCommand({ vectorBucketName: BUCKET, indexName: 'txt-index' }));
    const { sides, results, candidates } = await shop.remote({
      picture: like('p7'),
      text: 'green',
    });
    expect(sides).toEqual({
      image: { state: 'ok', ms: expect.any(Number) as number, count: candidates.image },
      text: {
        state: 'failed',
        code: 'CLOUD_NOT_FOUND',
        message: expect.any(String) as string,
        action: expect.any(String) as string,
      },
    });
    expect(results.map(({ text }) => text)).toEqual(results.map(() => null));
    expect(results[0]?.score).toBeCloseTo(1 / 61, 12);
    await expect(shop.remote({ mode: 'text', text: 'green' })).rejects.toMatchObject({
      code: 'CLOUD_NOT_FOUND',
    });
  });
});

describe.skipIf(!canRunS3Mock)('the same on S3Mock (skipped without its jar or Java)', () => {
  test('equals searching on this machine', { timeout: 120_000 }, async () => {
    await using mock = await startS3Mock();
    await using other = await startSearchedShop(mock.endpoint, PRODUCTS);
    const api = other.connections.api();
    expect(await api.getIndex({ bucket: BUCKET, name: 'img-index' })).toMatchObject({ mode: null });
    for (const [, query] of QUERIES) await expectEqual(other, query);
  });
});
