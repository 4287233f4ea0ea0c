import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  DeleteIndexCommand,
  DeleteVectorBucketCommand,
  DeleteVectorsCommand,
  GetIndexCommand,
  GetVectorBucketCommand,
  GetVectorBucketPolicyCommand,
  GetVectorsCommand,
  ListIndexesCommand,
  ListTagsForResourceCommand,
  ListVectorBucketsCommand,
  ListVectorsCommand,
  PutVectorBucketPolicyCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  clientOf,
  startPractice,
  type Practice,
} from '../../electron/practice-cloud/fixtures/practice-client.ts';
import { seededRandom } from '../support/random.ts';
import { canRunS3Mock, startS3Mock, type S3Mock } from '../support/s3mock.ts';

const BUCKET = { vectorBucketName: 'compared' };
const INDEX = { ...BUCKET, indexName: 'img-index' };
const EUCLIDEAN = { ...BUCKET, indexName: 'far-index' };
const ARN = 'arn:aws:s3vectors:us-east-1:000000000000:bucket/compared';
const SHAPE = { dataType: 'float32', dimension: 8, distanceMetric: 'cosine' } as const;
const RANDOM = seededRandom(5);
const COLOURS = ['Red', 'Blue', 'Green'];

const VECTORS = Array.from({ length: 120 }, (_, at) => ({
  key: `item-${String(at).padStart(3, '0')}`,
  data: { float32: Array.from({ length: 8 }, () => Math.fround(RANDOM() - 0.5)) },
  metadata: {
    colour: COLOURS[at % 3] ?? '',
    year: 2000 + (at % 20),
    sale: at % 2 === 0,
    title: `t${at}`,
  },
}));
const QUERY = {
  queryVector: VECTORS[7]!.data,
  topK: 100,
  returnDistance: true,
  returnMetadata: true,
};
const DATA_AND_METADATA = { returnData: true, returnMetadata: true };

/** Calls in the order they are made on both, each of which must be answered alike. */
const CALLS: readonly (readonly [string, (client: S3VectorsClient) => Promise<object>])[] = [
  ['a bucket is made', (client) => client.send(new CreateVectorBucketCommand(BUCKET))],
  ['and not twice', (client) => client.send(new CreateVectorBucketCommand(BUCKET))],
  ['it is shown', (client) => client.send(new GetVectorBucketCommand(BUCKET))],
  ['it is listed', (client) => client.send(new ListVectorBucketsCommand({ prefix: 'comp' }))],
  [
    'another is missing',
    (client) => client.send(new GetVectorBucketCommand({ vectorBucketName: 'nowhere' })),
  ],
  ['a policy is missing', (client) => client.send(new GetVectorBucketPolicyCommand(BUCKET))],
  [
    'a policy is kept',
    (client) => client.send(new PutVectorBucketPolicyCommand({ ...BUCKET, policy: '{}' })),
  ],
  ['and shown', (client) => client.send(new GetVectorBucketPolicyCommand(BUCKET))],
  [
    'an index is made',
    (client) =>
      client.send(
        new CreateIndexCommand({
          ...INDEX,
          ...SHAPE,
          metadataConfiguration: { nonFilterableMetadataKeys: ['title'] },
        }),
      ),
  ],
  ['and not twice', (client) => client.send(new CreateIndexCommand({ ...INDEX, ...SHAPE }))],
  [
    'nor with 4,097 dimensions',
    (client) =>
      client.send(
        new CreateIndexCommand({ ...BUCKET, indexName: 'wide', ...SHAPE, dimension: 4097 }),
      ),
  ],
  ['it is shown', (client) => client.send(new GetIndexCommand(INDEX))],
  [
    'it is shown by ARN',
    (client) => client.send(new GetIndexCommand({ indexArn: `${ARN}/index/img-index` })),
  ],
  [
    'a second one measures otherwise',
    (client) =>
      client.send(new CreateIndexCommand({ ...EUCLIDEAN, ...SHAPE, distanceMetric: 'euclidean' })),
  ],
  ['both are listed', (client) => client.send(new ListIndexesCommand(BUCKET))],
  [
    'one is missing',
    (client) => client.send(new GetIndexCommand({ ...BUCKET, indexName: 'nowhere' })),
  ],
  [
    'vectors are put',
    (client) => client.send(new PutVectorsCommand({ ...INDEX, vectors: VECTORS })),
  ],
  [
    'and put elsewhere',
    (client) => client.send(new PutVectorsCommand({ ...EUCLIDEAN, vectors: VECTORS })),
  ],
  [
    'not of another dimension',
    (client) =>
      client.send(
        new PutVectorsCommand({ ...INDEX, vectors: [{ key: 'x', data: { float32: [1] } }] }),
      ),
  ],
  [
    'not of zeros',
    (client) =>
      client.send(
        new PutVectorsCommand({
          ...INDEX,
          vectors: [{ key: 'x', data: { float32: [0, 0, 0, 0, 0, 0, 0, 0] } }],
        }),
      ),
  ],
  [
    'not into nowhere',
    (client) =>
      client.send(new PutVectorsCommand({ ...BUCKET, indexName: 'nowhere', vectors: VECTORS })),
  ],
  [
    'some are got',
    (client) =>
      client.send(
        new GetVectorsCommand({ ...INDEX, keys: ['item-003', 'item-001'], ...DATA_AND_METADATA }),
      ),
  ],
  ['they are found', (client) => client.send(new QueryVectorsCommand({ ...INDEX, ...QUERY }))],
  [
    'by the other measure',
    (client) => client.send(new QueryVectorsCommand({ ...EUCLIDEAN, ...QUERY })),
  ],
  [
    'by what they are',
    (client) =>
      client.send(
        new QueryVectorsCommand({
          ...INDEX,
          ...QUERY,
          filter: {
            $and: [{ colour: { $in: ['Red', 'Blue'] } }, { year: { $gte: 2010 } }, { sale: true }],
          },
        }),
      ),
  ],
  [
    'not by a key that is no filter',
    (client) =>
      client.send(new QueryVectorsCommand({ ...INDEX, ...QUERY, filter: { title: 't1' } })),
  ],
  [
    'not with another dimension',
    (client) =>
      client.send(new QueryVectorsCommand({ ...INDEX, ...QUERY, queryVector: { float32: [1] } })),
  ],
  [
    'all are listed',
    (client) => client.send(new ListVectorsCommand({ ...INDEX, ...DATA_AND_METADATA })),
  ],
  [
    'some are deleted',
    (client) => client.send(new DeleteVectorsCommand({ ...INDEX, keys: ['item-001', 'nobody'] })),
  ],
  ['the rest is listed', (client) => client.send(new ListVectorsCommand(INDEX))],
  [
    'tags are put',
    (client) => client.send(new TagResourceCommand({ resourceArn: ARN, tags: { a: '1', b: '2' } })),
  ],
  [
    'and removed',
    (client) => client.send(new UntagResourceCommand({ resourceArn: ARN, tagKeys: ['a'] })),
  ],
  ['and listed', (client) => client.send(new ListTagsForResourceCommand({ resourceArn: ARN }))],
  ['a full bucket stays', (client) => client.send(new DeleteVectorBucketCommand(BUCKET))],
  ['an index goes', (client) => client.send(new DeleteIndexCommand(INDEX))],
  ['so does the other', (client) => client.send(new DeleteIndexCommand(EUCLIDEAN))],
  ['and the bucket', (client) => client.send(new DeleteVectorBucketCommand(BUCKET))],
  ['nothing is left', (client) => client.send(new ListVectorBucketsCommand({}))],
];

describe.skipIf(!canRunS3Mock)(
  'the practice cloud answers as S3Mock does (skipped without its jar or Java)',
  () => {
    let mock: S3Mock;
    let practice: Practice;
    let mocked: S3VectorsClient;

    beforeAll(async () => {
      [mock, practice] = await Promise.all([startS3Mock(), startPractice()]);
      mocked = clientOf(mock.endpoint);
    }, 90_000);

    afterAll(async () => {
      mocked.destroy();
      await Promise.all([mock[Symbol.asyncDispose](), practice[Symbol.asyncDispose]()]);
    });

    it.each(CALLS)('%s', async (_what, call) => {
      const ours = await outcomeOf(call(practice.client));
      expect(ours).toEqual(await outcomeOf(call(mocked)));
    });
  },
);

/**
 * What is the same wherever it was asked: no times, accounts, nor the words of an error. S3Mock leaves
 * out the encryption nobody asked for, which the service shows.
 */
async function outcomeOf(answer: Promise<object>): Promise<unknown> {
  try {
    return JSON.parse(JSON.stringify(await answer), (name, value: unknown) => {
      if (name === '$metadata') return undefined;
      if (name === 'creationTime') return 'some time';
      if (name === 'encryptionConfiguration') return undefined;
      if (name === 'distance') return Number((value as number).toFixed(5)) + 0;
      if (name === 'vectors' && !('distance' in (value as object[])[0]!)) return byKey(value);
      return typeof value === 'string' ? value.replace(/:\d{12}:bucket/, ':bucket') : value;
    });
  } catch (error) {
    return { error: (error as Error).name };
  }
}

/** Listings come in no order. */
function byKey(vectors: unknown): unknown {
  return (vectors as { key: string }[]).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
