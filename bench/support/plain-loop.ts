import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  PutVectorsCommand,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { DIMENSIONS } from './publish-catalog.ts';
import { makeVectors } from './vector-catalog.ts';

const BATCH = 500;

/**
 * The original notebook's way to publish, ready to run: 500 vectors a request, one request after
 * another, the numbers handed to the SDK as a list; index after index. Its vectors are in memory.
 */
export async function preparePlainLoop(
  endpoint: string,
  count: number,
  bucket: string,
): Promise<() => Promise<void>> {
  const client = new S3VectorsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  await client.send(new CreateVectorBucketCommand({ vectorBucketName: bucket }));
  const indexes = Object.entries(DIMENSIONS).map(([side, dimension]) => ({
    place: { vectorBucketName: bucket, indexName: `${side}-index` },
    dimension,
    matrix: makeVectors(count, dimension, 3),
  }));
  for (const { place, dimension } of indexes) {
    await client.send(
      new CreateIndexCommand({
        ...place,
        dimension,
        dataType: 'float32',
        distanceMetric: 'cosine',
      }),
    );
  }
  return async () => {
    for (const { place, dimension, matrix } of indexes) {
      for (let from = 0; from < count; from += BATCH) {
        const vectors = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => ({
          key: String(10_000 + from + at),
          data: {
            float32: Array.from(
              matrix.subarray((from + at) * dimension, (from + at + 1) * dimension),
            ),
          },
          metadata: { gender: 'Men', category: 'Apparel', type: 'Casual', season: 'Fall' },
        }));
        await client.send(new PutVectorsCommand({ ...place, vectors }));
      }
    }
    client.destroy();
  };
}
