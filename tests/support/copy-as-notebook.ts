import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  PutVectorsCommand,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { readIndex } from './read-index.ts';

interface CopyOptions {
  /** The bucket to copy from. */
  readonly from: string;
  /** The indexes, called the same in both. */
  readonly names: readonly string[];
  readonly bucket?: string;
}

/**
 * Copies what Vitrine published as a notebook would have written it: keys are paths of files, no tags,
 * vectors of any length, one key of metadata renamed and one added.
 */
export async function copyAsNotebook(
  endpoint: string,
  { from, names, bucket = 'notebook' }: CopyOptions,
): Promise<void> {
  const client = new S3VectorsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'PRACTICE', secretAccessKey: 'practice' },
  });
  await client.send(new CreateVectorBucketCommand({ vectorBucketName: bucket }));
  for (const name of names) {
    const vectors = [...(await readIndex(endpoint, { bucket: from, name })).values()];
    const index = { vectorBucketName: bucket, indexName: name };
    await client.send(
      new CreateIndexCommand({
        ...index,
        dataType: 'float32',
        dimension: vectors[0]?.data.float32.length,
        distanceMetric: 'cosine',
        metadataConfiguration: { nonFilterableMetadataKeys: ['s3_uri'] },
      }),
    );
    await client.send(
      new PutVectorsCommand({
        ...index,
        vectors: vectors.map(({ key, data, metadata = {} }) => {
          const { colour, ...rest } = metadata as Record<string, string | number>;
          return {
            key: `images/${key}.jpg`,
            data: { float32: data.float32.map((value) => 3 * value) },
            metadata: {
              ...rest,
              ...(colour === undefined ? {} : { paint: colour }),
              split: 'train',
            },
          };
        }),
      }),
    );
  }
  client.destroy();
}
