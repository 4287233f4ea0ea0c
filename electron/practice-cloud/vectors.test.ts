import {
  CreateIndexCommand,
  DeleteIndexCommand,
  DeleteVectorsCommand,
  GetVectorsCommand,
  ListVectorsCommand,
  paginateListVectors,
  PutVectorsCommand,
  ValidationException,
  type ListVectorsCommandInput,
  type PutInputVector,
} from '@aws-sdk/client-s3vectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  callRaw,
  fan,
  makeIndex,
  putAll,
  startPractice,
  type IndexNames,
  type Practice,
} from './fixtures/practice-client.ts';

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
});

afterAll(() => practice[Symbol.asyncDispose]());

async function put(index: IndexNames, vectors: PutInputVector[]): Promise<void> {
  await practice.client.send(new PutVectorsCommand({ ...index, vectors }));
}

async function keysOf(input: ListVectorsCommandInput): Promise<string[]> {
  const keys: string[] = [];
  for await (const { vectors = [] } of paginateListVectors({ client: practice.client }, input)) {
    keys.push(...vectors.map(({ key }) => key ?? ''));
  }
  return keys;
}

describe('PutVectors and GetVectors', () => {
  it('keep float32, metadata of every type, and keys of any script', async () => {
    const { client } = practice;
    const index = await makeIndex(client, { dimension: 4 });
    const float32 = [0.1, 16_777_216, 1e-45, -3.25e-20];
    const metadata = { text: 'Größe ☂', number: -1.5, yes: true, list: ['a', 1, false], empty: [] };
    await put(index, [
      { key: 'ключ/鍵 🗝', data: { float32 }, metadata },
      { key: 'KEY', data: { float32: [1, 2, 3, 4] } },
      { key: 'key', data: { float32: [4, 3, 2, 1] } },
    ]);
    const keys = ['key', 'missing', 'ключ/鍵 🗝', 'KEY', 'key'];
    const bare = await client.send(new GetVectorsCommand({ ...index, keys }));
    expect(bare.vectors).toEqual([{ key: 'key' }, { key: 'ключ/鍵 🗝' }, { key: 'KEY' }]);
    const { vectors } = await client.send(
      new GetVectorsCommand({ ...index, keys, returnData: true, returnMetadata: true }),
    );
    expect(vectors).toEqual([
      { key: 'key', data: { float32: [4, 3, 2, 1] }, metadata: {} },
      { key: 'ключ/鍵 🗝', data: { float32: float32.map(Math.fround) }, metadata },
      { key: 'KEY', data: { float32: [1, 2, 3, 4] }, metadata: {} },
    ]);
  });

  it('keep the sign of zero, which the SDK does not send', async () => {
    const { endpoint } = practice.cloud;
    const index = await makeIndex(practice.client);
    const [head, tail] = JSON.stringify({
      ...index,
      vectors: [{ key: 'k', data: { float32: ['?', 1] } }],
    }).split('"?"');
    await callRaw(endpoint, 'PutVectors', `${head}-0.0${tail}`);
    const { vectors } = await practice.client.send(
      new GetVectorsCommand({ ...index, keys: ['k'], returnData: true }),
    );
    expect(vectors?.[0]?.data?.float32?.map((value) => Object.is(value, -0))).toEqual([
      true,
      false,
    ]);
  });

  it('replace the whole record of a known key', async () => {
    const { client } = practice;
    const index = await makeIndex(client);
    await put(index, [{ key: 'a', data: { float32: [1, 0] }, metadata: { first: 1 } }]);
    await put(index, [{ key: 'a', data: { float32: [0, 1] }, metadata: { second: 2 } }]);
    const { vectors } = await client.send(
      new GetVectorsCommand({ ...index, keys: ['a'], returnData: true, returnMetadata: true }),
    );
    expect(vectors).toEqual([{ key: 'a', data: { float32: [0, 1] }, metadata: { second: 2 } }]);
    expect(await practice.cloud.putsByKey(index.vectorBucketName, index.indexName)).toEqual({
      a: 2,
    });
  });

  it.each([
    ['of another size', { float32: [1] }, 'vector must have length 2, but has length 1'],
    ['of zeros', { float32: [0, 0] }, 'cosine distance does not support vectors with zero norm'],
    ['that float32 rounds to zeros', { float32: [1e-46, 0] }, 'zero norm'],
    ['with NaN', { float32: [Number.NaN, 1] }, 'must not contain NaN or Infinity'],
    ['with Infinity', { float32: [1, -Infinity] }, 'must not contain NaN or Infinity'],
    ['beyond float32', { float32: [1, 1e39] }, 'must not contain NaN or Infinity'],
  ])('refuse a vector %s and all that came with it', async (_what, data, message) => {
    const index = await makeIndex(practice.client);
    const call = put(index, [
      { key: 'good', data: { float32: [1, 0] } },
      { key: 'bad', data },
    ]);
    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow("Invalid record for key 'bad': ");
    await expect(call).rejects.toThrow(message);
    await expect(call).rejects.toHaveProperty('fieldList.0.path', '/vectors/1');
    expect(await keysOf(index)).toEqual([]);
  });

  it('take a zero vector where the metric is euclidean', async () => {
    const index = await makeIndex(practice.client, { distanceMetric: 'euclidean' });
    await put(index, [{ key: 'zero', data: { float32: [0, 0] } }]);
    expect(await keysOf(index)).toEqual(['zero']);
  });

  it.each([
    ['null', { a: null }],
    ['an object', { a: { b: 1 } }],
    ['a list in a list', { a: [[1]] }],
    ['an empty name', { '': 1 }],
  ])('refuse %s in metadata', async (_what, metadata) => {
    const index = await makeIndex(practice.client);
    const call = put(index, [{ key: 'k', data: { float32: [1, 0] }, metadata }]);
    await expect(call).rejects.toThrow("Invalid record for key 'k': Metadata");
  });

  it('refuse a key that comes twice in a call, and half a character', async () => {
    const index = await makeIndex(practice.client);
    const data = { float32: [1, 0] };
    const twice = put(index, [
      { key: 'k', data },
      { key: 'k', data },
    ]);
    await expect(twice).rejects.toThrow('the key appears more than once in the request');
    await expect(put(index, [{ key: '\ud800', data }])).rejects.toThrow('must be valid UTF-8');
  });

  it('refuse what is no list of numbers, such as a typed array', async () => {
    const index = await makeIndex(practice.client);
    const float32 = new Float32Array([1, 0]) as unknown as number[];
    const call = put(index, [{ key: 'k', data: { float32 } }]);
    await expect(call).rejects.toMatchObject({ name: 'SerializationException' });
    for (const body of [
      '[]',
      '"text"',
      'null',
      '{"vectors":',
      '{"vectors":{}}',
      '{"vectors":[1]}',
    ]) {
      const answer = await callRaw(practice.cloud.endpoint, 'PutVectors', body);
      expect(answer['error']).toBe('SerializationException');
    }
  });
});

describe('DeleteVectors', () => {
  it('takes away what is there, passes over the rest, and gives the place to others', async () => {
    const index = await makeIndex(practice.client);
    await put(index, fan(4));
    const keys = ['k0001', 'nobody', 'k0002'];
    await practice.client.send(new DeleteVectorsCommand({ ...index, keys }));
    expect((await keysOf(index)).toSorted()).toEqual(['k0000', 'k0003']);
    await put(index, [{ key: 'new', data: { float32: [5, 5] }, metadata: { n: 1 } }]);
    expect((await keysOf(index)).toSorted()).toEqual(['k0000', 'k0003', 'new']);
    const { vectors } = await practice.client.send(
      new GetVectorsCommand({ ...index, keys: ['new', 'k0003'], returnData: true }),
    );
    const third = fan(4)[3]?.data?.float32?.map(Math.fround);
    expect(vectors).toEqual([
      { key: 'new', data: { float32: [5, 5] } },
      { key: 'k0003', data: { float32: third } },
    ]);
  });
});

describe('ListVectors', () => {
  it('gives 500 a page when not told, and every key once', async () => {
    const index = await makeIndex(practice.client);
    await putAll(practice.client, index, fan(1100));
    const first = await practice.client.send(new ListVectorsCommand(index));
    expect(first.vectors).toHaveLength(500);
    const keys = await keysOf(index);
    expect(keys).toHaveLength(1100);
    expect(new Set(keys).size).toBe(1100);
  });

  it('meets every key that stays once, while others come and go', async () => {
    const { client } = practice;
    const index = await makeIndex(client);
    await putAll(client, index, fan(300));
    const gone = fan(300).flatMap(({ key = '' }, at) => (at % 3 === 0 ? [key] : []));
    const seen: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new ListVectorsCommand({ ...index, maxResults: 40, nextToken }),
      );
      seen.push(...(page.vectors ?? []).map(({ key }) => key ?? ''));
      nextToken = page.nextToken;
      const keys = gone.splice(0, 20);
      if (keys.length > 0) await client.send(new DeleteVectorsCommand({ ...index, keys }));
      await put(index, [{ key: `new${seen.length}`, data: { float32: [1, 1] } }]);
    } while (nextToken !== undefined);
    const stayed = fan(300).flatMap(({ key = '' }, at) => (at % 3 === 0 ? [] : [key]));
    expect(seen.filter((key) => stayed.includes(key)).toSorted()).toEqual(stayed);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([1, 2, 7, 16])('holds every key once in %i segments', async (segmentCount) => {
    const index = await makeIndex(practice.client);
    await putAll(practice.client, index, fan(700));
    const segments = await Promise.all(
      Array.from({ length: segmentCount }, (_, segmentIndex) =>
        keysOf({ ...index, segmentCount, segmentIndex, maxResults: 50 }),
      ),
    );
    expect(segments.flat().toSorted()).toEqual(fan(700).map(({ key }) => key));
    const sizes = segments.map((keys) => keys.length);
    expect(Math.max(...sizes)).toBeLessThan((2 * 700) / segmentCount + 20);
  });

  it('ends a page at the vector that passes 1 MB of what was asked for', async () => {
    const { client } = practice;
    const index = await makeIndex(client, { dimension: 768 });
    const float32 = Array.from({ length: 768 }, () => 1);
    await putAll(
      client,
      index,
      fan(400).map(({ key }) => ({ key, data: { float32 } })),
    );
    const options = { ...index, maxResults: 1000, returnData: true };
    const page = await client.send(new ListVectorsCommand(options));
    // Five bytes of key and 3,072 of data each.
    expect(page.vectors).toHaveLength(Math.ceil(1_048_577 / 3077));
    expect(page.nextToken).toBeDefined();
    const bare = await client.send(new ListVectorsCommand({ ...index, maxResults: 1000 }));
    expect(bare.vectors).toHaveLength(400);
    const rest = await client.send(
      new ListVectorsCommand({ ...options, nextToken: page.nextToken }),
    );
    expect(rest.vectors).toHaveLength(400 - (page.vectors?.length ?? 0));
    expect(rest.nextToken).toBeUndefined();
  });

  it('refuses a token of another request, of an index that was made anew, and one that expired', async () => {
    const { client, cloud } = practice;
    const index = await makeIndex(client);
    await put(index, fan(4));
    const ask = async (input: Partial<ListVectorsCommandInput>): Promise<string | undefined> =>
      (await client.send(new ListVectorsCommand({ ...index, maxResults: 2, ...input }))).nextToken;
    const nextToken = await ask({});
    await expect(ask({ nextToken, returnData: true })).rejects.toThrow('other parameters');
    await expect(ask({ nextToken: 'made-up' })).rejects.toThrow('not valid or has expired');
    await cloud.advanceClock(4 * 60_000);
    expect(await ask({ nextToken })).toBeUndefined();
    await cloud.advanceClock(61_000);
    await expect(ask({ nextToken })).rejects.toThrow('not valid or has expired');

    const early = await ask({});
    await client.send(new DeleteIndexCommand(index));
    const settings = { dataType: 'float32', dimension: 2, distanceMetric: 'cosine' } as const;
    await client.send(new CreateIndexCommand({ ...index, ...settings }));
    expect(await keysOf(index)).toEqual([]);
    await expect(ask({ nextToken: early })).rejects.toThrow(ValidationException);
  });
});
