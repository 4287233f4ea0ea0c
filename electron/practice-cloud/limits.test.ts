import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  DeleteVectorsCommand,
  GetVectorsCommand,
  ListIndexesCommand,
  ListVectorBucketsCommand,
  ListVectorsCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
  ServiceQuotaExceededException,
  ValidationException,
  type CreateIndexCommandInput,
  type PutInputVector,
} from '@aws-sdk/client-s3vectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fan,
  makeIndex,
  putAll,
  startPractice,
  type Practice,
} from './fixtures/practice-client.ts';

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
});

afterAll(() => practice[Symbol.asyncDispose]());

const DATA = { float32: [1, 0] };

/** One call at the limit, which is taken, and one just beyond it, which is refused. */
async function expectEdge(
  call: (size: number) => Promise<unknown>,
  limit: number,
  refusal: { readonly message: string; readonly beyond?: number },
): Promise<void> {
  await call(limit);
  const over = call(refusal.beyond ?? limit + 1);
  await expect(over).rejects.toThrow(ValidationException);
  await expect(over).rejects.toThrow(refusal.message);
}

describe('how much a call takes', () => {
  it('is 500 vectors put', async () => {
    const index = await makeIndex(practice.client);
    const put = (size: number) =>
      practice.client.send(new PutVectorsCommand({ ...index, vectors: fan(size) }));
    await expectEdge(put, 500, {
      message:
        "Value with length 501 at '/vectors' failed to satisfy constraint: Member must have length between 1 and 500, inclusive",
    });
    await expect(put(0)).rejects.toThrow('between 1 and 500, inclusive');
  });

  it('is 500 keys deleted and 100 got', async () => {
    const index = await makeIndex(practice.client);
    const keys = (size: number) => fan(size).map(({ key = '' }) => key);
    await expectEdge(
      (size) => practice.client.send(new DeleteVectorsCommand({ ...index, keys: keys(size) })),
      500,
      { message: "Value with length 501 at '/keys'" },
    );
    await expectEdge(
      (size) => practice.client.send(new GetVectorsCommand({ ...index, keys: keys(size) })),
      100,
      { message: "Value with length 101 at '/keys'" },
    );
  });

  it('is 20 MiB of body', async () => {
    const { client } = practice;
    const index = await makeIndex(client, {
      dimension: 256,
      metadataConfiguration: { nonFilterableMetadataKeys: ['note'] },
    });
    const float32 = Array.from({ length: 256 }, () => 0.123456789);
    const bodyOf = (note: string): { vectors: PutInputVector[] } => ({
      vectors: fan(500).map(({ key }, at) => ({
        key,
        data: { float32 },
        metadata: { note: at === 0 ? note : 'x'.repeat(38_870) },
      })),
    });
    const empty = Buffer.byteLength(JSON.stringify({ ...index, ...bodyOf('') }));
    await expectEdge(
      (size) =>
        client.send(new PutVectorsCommand({ ...index, ...bodyOf('x'.repeat(size - empty)) })),
      20 * 1024 * 1024,
      { message: 'Request body exceeds max allowed size' },
    );
  });

  it('is a topK of 10,000', async () => {
    const index = await makeIndex(practice.client);
    await expectEdge(
      (topK) =>
        practice.client.send(new QueryVectorsCommand({ ...index, queryVector: DATA, topK })),
      10_000,
      { message: "at '/topK'" },
    );
    await expect(
      practice.client.send(new QueryVectorsCommand({ ...index, queryVector: DATA, topK: 0 })),
    ).rejects.toThrow("at '/topK'");
  });

  it('is a page of 1,000 vectors, 500 buckets, 500 indexes', async () => {
    const { client } = practice;
    const index = await makeIndex(client);
    await putAll(client, index, fan(1001));
    const page = await client.send(new ListVectorsCommand({ ...index, maxResults: 1000 }));
    expect(page.vectors).toHaveLength(1000);
    const message = "at '/maxResults'";
    await expectEdge(
      (maxResults) => client.send(new ListVectorsCommand({ ...index, maxResults })),
      1000,
      { message },
    );
    await expectEdge(
      (maxResults) => client.send(new ListVectorBucketsCommand({ maxResults })),
      500,
      { message },
    );
    const { vectorBucketName } = index;
    await expectEdge(
      (maxResults) => client.send(new ListIndexesCommand({ vectorBucketName, maxResults })),
      500,
      { message },
    );
  });

  it('is 16 segments, of which one is named', async () => {
    const index = await makeIndex(practice.client);
    const list = (segmentCount?: number, segmentIndex?: number) =>
      practice.client.send(new ListVectorsCommand({ ...index, segmentCount, segmentIndex }));
    await expectEdge((count) => list(count, 0), 16, { message: "at '/segmentCount'" });
    await expectEdge((segment) => list(16, segment), 15, { message: "at '/segmentIndex'" });
    await expectEdge((segment) => list(3, segment), 2, { message: 'less than segmentCount' });
    await expect(list(3)).rejects.toThrow('must be specified together');
    await expect(list(undefined, 0)).rejects.toThrow('must be specified together');
  });
});

describe('what a vector may be', () => {
  const putWith = async (
    vector: Partial<PutInputVector>,
    settings: Partial<CreateIndexCommandInput> = {},
  ): Promise<unknown> => {
    const index = await makeIndex(practice.client, settings);
    const vectors = [{ key: 'k', data: DATA, ...vector }];
    return practice.client.send(new PutVectorsCommand({ ...index, vectors }));
  };

  it('has a key of 1,024 characters, whatever their bytes', async () => {
    const message = "Value with length 1025 at '/vectors/0/key'";
    await expectEdge((size) => putWith({ key: '🗝'.repeat(size) }), 1024, { message });
    await expect(putWith({ key: '' })).rejects.toThrow("Value with length 0 at '/vectors/0/key'");
  });

  it('has a dimension of 4,096', async () => {
    const put = (dimension: number) =>
      putWith({ data: { float32: Array.from({ length: dimension }, () => 1) } }, { dimension });
    await expectEdge(put, 4096, { message: "at '/dimension'" });
    await expect(put(0)).rejects.toThrow("at '/dimension'");
  });

  it('has 50 metadata keys', async () => {
    const metadataOf = (size: number) =>
      Object.fromEntries(Array.from({ length: size }, (_, at) => [`key${at}`, at]));
    await expectEdge((size) => putWith({ metadata: metadataOf(size) }), 50, {
      message: "Invalid record for key 'k': Metadata object must have at most 50 keys",
    });
  });

  it('has 2,048 bytes of filterable metadata, in UTF-8', async () => {
    // {"text":"…"} is 11 bytes besides the text, whose every character has two.
    const put = (size: number) =>
      putWith({ metadata: { text: `${'é'.repeat(1018)}${'x'.repeat(size - 2047)}` } });
    await expectEdge(put, 2048, {
      message: "Invalid record for key 'k': Filterable metadata must have at most 2048 bytes",
    });
  });

  it('has 40 KB of metadata in all', async () => {
    const settings = { metadataConfiguration: { nonFilterableMetadataKeys: ['note'] } };
    const put = (size: number) =>
      putWith({ metadata: { note: 'x'.repeat(size - '{"note":""}'.length) } }, settings);
    await expectEdge(put, 40 * 1024, { message: 'Metadata must have at most 40960 bytes' });
  });
});

describe('what an index may be', () => {
  it('has 10 non-filterable keys of 63 characters', async () => {
    const make = (nonFilterableMetadataKeys: string[]) =>
      makeIndex(practice.client, { metadataConfiguration: { nonFilterableMetadataKeys } });
    const keys = (size: number) => Array.from({ length: size }, (_, at) => `key${at}`);
    const path = '/metadataConfiguration/nonFilterableMetadataKeys';
    await expectEdge((size) => make(keys(size)), 10, {
      message: `Value with length 11 at '${path}'`,
    });
    await expectEdge((size) => make(['x'.repeat(size)]), 63, {
      message: `Value with length 64 at '${path}/0'`,
    });
    await expect(make([])).rejects.toThrow(`Value with length 0 at '${path}'`);
    await expect(make(['a', 'a'])).rejects.toThrow('must be unique');
  });

  it('has a name of 3 to 63 characters', async () => {
    const make = (size: number) => makeIndex(practice.client, { indexName: 'i'.repeat(size) });
    await expectEdge(make, 63, { message: "Value with length 64 at '/indexName'" });
    await expectEdge(make, 3, { message: "Value with length 2 at '/indexName'", beyond: 2 });
  });
});

describe('how many there may be', () => {
  it('is counted for buckets, indexes and vectors', async () => {
    await using small = await startPractice({
      limits: { vectorBuckets: 2, indexesPerBucket: 2, vectorsPerIndex: 3 },
    });
    const { client } = small;
    const index = await makeIndex(client);
    const settings = { dataType: 'float32', dimension: 2, distanceMetric: 'cosine' } as const;
    const addIndex = (indexName: string) =>
      client.send(new CreateIndexCommand({ ...index, ...settings, indexName }));
    await addIndex('second');
    await expect(addIndex('third')).rejects.toThrow(ServiceQuotaExceededException);
    const addBucket = (vectorBucketName: string) =>
      client.send(new CreateVectorBucketCommand({ vectorBucketName }));
    await addBucket('second');
    await expect(addBucket('third')).rejects.toThrow(ServiceQuotaExceededException);
    await putAll(client, index, fan(3));
    // The same keys again are no more vectors.
    await putAll(client, index, fan(3));
    const more = putAll(client, index, [{ key: 'another', data: DATA }]);
    await expect(more).rejects.toThrow(ServiceQuotaExceededException);
  });
});
