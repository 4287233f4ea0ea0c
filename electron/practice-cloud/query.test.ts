import {
  DeleteVectorsCommand,
  paginateQueryVectors,
  PutVectorsCommand,
  QueryVectorsCommand,
  ValidationException,
  type QueryOutputVector,
  type QueryVectorsCommandInput,
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

const EAST = { float32: [1, 0] };

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
});

afterAll(() => practice[Symbol.asyncDispose]());

async function query(
  index: IndexNames,
  input: Partial<QueryVectorsCommandInput> = {},
): Promise<QueryOutputVector[]> {
  const { vectors = [] } = await practice.client.send(
    new QueryVectorsCommand({ ...index, queryVector: EAST, topK: 10, ...input }),
  );
  return vectors;
}

describe('QueryVectors', () => {
  it('finds exactly the nearest, with the cosine distance', async () => {
    const { client } = practice;
    const index = await makeIndex(client);
    const vectors = fan(900);
    await putAll(client, index, vectors.toReversed());
    const angle = 1.234;
    const float32 = [3 * Math.cos(angle), 3 * Math.sin(angle)];
    const expected = vectors
      .map(({ key }, at) => ({ key, distance: 1 - Math.cos((at / 900) * Math.PI - angle) }))
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, 20);
    const found = await query(index, { queryVector: { float32 }, topK: 20, returnDistance: true });
    expect(found.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
    for (const [at, { distance }] of found.entries()) {
      expect(distance).toBeCloseTo(expected[at]?.distance ?? Number.NaN, 6);
    }
  });

  it('gives euclidean distances that are not squared, and ties in order of key', async () => {
    const { client } = practice;
    const index = await makeIndex(client, { distanceMetric: 'euclidean' });
    const at = (key: string, float32: number[]) => ({ key, data: { float32 } });
    await putAll(client, index, [
      at('c', [3, 4]),
      at('b', [4, 3]),
      at('a', [-3, 4]),
      at('o', [0, 0]),
    ]);
    const { vectors, distanceMetric } = await client.send(
      new QueryVectorsCommand({
        ...index,
        queryVector: { float32: [0, 0] },
        topK: 3,
        returnDistance: true,
      }),
    );
    expect(distanceMetric).toBe('euclidean');
    expect(vectors).toEqual([
      { key: 'o', distance: 0 },
      { key: 'a', distance: 5 },
      { key: 'b', distance: 5 },
    ]);
  });

  it('returns distance and metadata only when asked', async () => {
    const index = await makeIndex(practice.client);
    const metadata = { colour: 'Red' };
    await practice.client.send(
      new PutVectorsCommand({ ...index, vectors: [{ key: 'a', data: EAST, metadata }] }),
    );
    expect(await query(index)).toEqual([{ key: 'a' }]);
    expect(await query(index, { returnMetadata: true })).toEqual([{ key: 'a', metadata }]);
    expect(await query(index, { returnDistance: true })).toEqual([{ key: 'a', distance: 0 }]);
  });

  it('sees every write at once', async () => {
    const index = await makeIndex(practice.client);
    for (const { key = '', data } of fan(20)) {
      await practice.client.send(new PutVectorsCommand({ ...index, vectors: [{ key, data }] }));
      expect(await query(index, { queryVector: data, topK: 1 })).toEqual([{ key }]);
      await practice.client.send(new DeleteVectorsCommand({ ...index, keys: [key] }));
      expect(await query(index)).toEqual([]);
    }
  });

  it('pages beyond 100 with tokens that expire and belong to one query', async () => {
    const { client, cloud } = practice;
    const index = await makeIndex(client);
    await putAll(client, index, fan(450));
    const input = { ...index, queryVector: EAST, topK: 250 };
    const sizes: number[] = [];
    const keys: (string | undefined)[] = [];
    for await (const { vectors = [] } of paginateQueryVectors({ client }, { ...input })) {
      sizes.push(vectors.length);
      keys.push(...vectors.map(({ key }) => key));
    }
    expect(sizes).toEqual([100, 100, 50]);
    expect(keys).toEqual(
      fan(450)
        .slice(0, 250)
        .map(({ key }) => key),
    );

    const { nextToken } = await client.send(new QueryVectorsCommand(input));
    await expect(query(index, { ...input, topK: 251, nextToken })).rejects.toThrow(
      'other parameters',
    );
    await expect(
      query(index, { ...input, queryVector: { float32: [0, 1] }, nextToken }),
    ).rejects.toThrow('other parameters');
    expect(await query(index, { ...input, nextToken })).toHaveLength(100);
    await cloud.advanceClock(5 * 60_000);
    await expect(query(index, { ...input, nextToken })).rejects.toThrow('expired');
  });

  it.each([
    [{ float32: [1] }, 'vector must have length 2, but has length 1'],
    [{ float32: [0, 0] }, 'zero norm'],
    [{ float32: [Number.NaN, 0] }, 'NaN or Infinity'],
  ])('refuses the query vector %j', async (queryVector, message) => {
    const index = await makeIndex(practice.client);
    await expect(query(index, { queryVector })).rejects.toThrow(message);
  });
});

describe('filters', () => {
  const hidden = { metadataConfiguration: { nonFilterableMetadataKeys: ['title'] } };

  it('are refused on a key that is not filterable, however deep', async () => {
    const index = await makeIndex(practice.client, hidden);
    const filter = { $or: [{ colour: 'Red' }, { $and: [{ title: { $exists: true } }] }] };
    const refused = query(index, { filter });
    await expect(refused).rejects.toThrow(ValidationException);
    await expect(refused).rejects.toThrow("metadata key 'title' is not filterable");
  });

  it.each([
    [{ $not: { colour: 'Red' } }, 'unknown operator $not'],
    [{ colour: { $regex: 'R.*' } }, 'unknown operator $regex'],
    [{ colour: {} }, '/filter/colour'],
    [{ colour: ['Red'] }, '/filter/colour'],
    [{ colour: null }, '/filter/colour'],
    [{ colour: { $eq: ['Red'] } }, '/filter/colour/$eq'],
    [{ colour: { $in: [] } }, 'must be a non-empty list'],
    [{ colour: { $in: 'Red' } }, 'must be a non-empty list'],
    [{ year: { $gt: '2012' } }, '/filter/year/$gt: must be a number'],
    [{ year: { $exists: 1 } }, 'must be true or false'],
    [{ year: { $startsWith: 2 } }, 'must be a string'],
    [{ $and: [] }, '$and takes a non-empty list of filters'],
    [{ $or: { a: 1 } }, '$or takes a non-empty list of filters'],
    [{ $or: [{ a: 1 }, 'b'] }, '/filter/$or/1'],
  ])('refuses %j', async (filter, message) => {
    const index = await makeIndex(practice.client);
    const refused = query(index, { filter });
    await expect(refused).rejects.toThrow('Invalid query filter: ');
    await expect(refused).rejects.toThrow(message);
  });

  it('take 100 constraints on an ENHANCED index, each value counted', async () => {
    const index = await makeIndex(practice.client);
    const values = Array.from({ length: 98 }, (_, at) => at);
    const filter = { n: { $in: values }, $or: [{ a: 1 }, { b: { $exists: true } }] };
    expect(await query(index, { filter })).toEqual([]);
    const more = { ...filter, c: 'x' };
    await expect(query(index, { filter: more })).rejects.toThrow('at most 100 filter constraints');
  });

  it('know $startsWith only where the behaviour is ENHANCED, and no way back from it', async () => {
    await using old = await startPractice({ clock: Date.UTC(2026, 8, 29) });
    const { client, cloud } = old;
    const index = await makeIndex(client);
    const vectors = ['Red', 'Rose', 'Blue'].map((colour) => ({
      key: colour,
      data: EAST,
      metadata: { colour },
    }));
    await putAll(client, index, vectors);
    const input = {
      ...index,
      queryVector: EAST,
      topK: 10,
      filter: { colour: { $startsWith: 'R' } },
    };
    await expect(client.send(new QueryVectorsCommand(input))).rejects.toThrow(
      '$startsWith requires the ENHANCED mode',
    );
    const enhanced = { ...input, queryMode: 'ENHANCED' };
    const found = await callRaw(cloud.endpoint, 'QueryVectors', enhanced);
    expect(found['vectors']).toEqual([{ key: 'Red' }, { key: 'Rose' }]);
    const many = { n: { $in: Array.from({ length: 101 }, (_, at) => at) } };
    await client.send(new QueryVectorsCommand({ ...input, filter: many }));

    await callRaw(cloud.endpoint, 'UpdateIndexMode', { ...index, indexMode: 'ENHANCED' });
    const { vectors: after } = await client.send(new QueryVectorsCommand(input));
    expect(after).toEqual([{ key: 'Red' }, { key: 'Rose' }]);
    const back = await callRaw(cloud.endpoint, 'QueryVectors', { ...input, queryMode: 'CLASSIC' });
    expect(back['message']).toBe('queryMode CLASSIC cannot be used with an ENHANCED index');
  });
});
