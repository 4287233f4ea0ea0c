import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  DeleteIndexCommand,
  DeleteVectorBucketCommand,
  GetIndexCommand,
  GetVectorBucketCommand,
  ListIndexesCommand,
  ListTagsForResourceCommand,
  ListVectorBucketsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-s3vectors';
import {
  indexModeSchema,
  type IndexMode,
  type Encryption,
  type IndexPlace,
} from '../../../shared/contract/cloud/indexes.ts';
import { withAnswer } from './newer-model.ts';
import { abortable, at, type CallOptions } from './service-caller.ts';
import { VectorCalls } from './vector-calls.ts';

export interface PageOptions extends CallOptions {
  readonly prefix?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly nextToken?: string | undefined;
}

export interface BucketFacts {
  readonly name: string;
  readonly createdAt: Date | null;
}

export interface IndexFacts extends IndexPlace {
  readonly arn: string;
  readonly createdAt: Date | null;
  readonly dimension: number;
  readonly metric: 'cosine' | 'euclidean';
  readonly nonFilterableKeys: readonly string[];
  readonly encryption: 'AES256' | 'aws:kms' | null;
  /** Whether it filters first (ENHANCED) or while it searches; null where the service does not tell. */
  readonly mode: IndexMode | null;
}

/**
 * Amazon S3 Vectors as Vitrine uses it: plain arguments in, plain data out, failures as `CloudError`.
 * One object a connection; credentials and sockets are shared by all its calls.
 */
export class S3Vectors extends VectorCalls {
  async listBuckets(
    options: PageOptions = {},
  ): Promise<{ buckets: BucketFacts[]; nextToken: string | null }> {
    const { signal, prefix, pageSize, nextToken } = options;
    const answer = await this.call('ListVectorBuckets', (client) =>
      client.send(
        new ListVectorBucketsCommand({ prefix, maxResults: pageSize, nextToken }),
        abortable(signal),
      ),
    );
    const buckets = (answer.vectorBuckets ?? []).map((bucket) => ({
      name: bucket.vectorBucketName ?? '',
      createdAt: bucket.creationTime ?? null,
    }));
    return { buckets, nextToken: answer.nextToken ?? null };
  }

  async getBucket(
    name: string,
    { signal }: CallOptions = {},
  ): Promise<BucketFacts & { arn: string; encryption: IndexFacts['encryption'] }> {
    const { vectorBucket } = await this.call('GetVectorBucket', (client) =>
      client.send(new GetVectorBucketCommand({ vectorBucketName: name }), abortable(signal)),
    );
    return {
      name,
      createdAt: vectorBucket?.creationTime ?? null,
      arn: vectorBucket?.vectorBucketArn ?? '',
      encryption: vectorBucket?.encryptionConfiguration?.sseType ?? null,
    };
  }

  async createBucket(
    name: string,
    {
      encryption,
      tags,
    }: { encryption?: Encryption | undefined; tags?: Record<string, string> } = {},
  ): Promise<void> {
    await this.call('CreateVectorBucket', (client) =>
      client.send(
        new CreateVectorBucketCommand({
          vectorBucketName: name,
          encryptionConfiguration: encryption,
          tags,
        }),
      ),
    );
  }

  async deleteBucket(name: string): Promise<void> {
    await this.call('DeleteVectorBucket', (client) =>
      client.send(new DeleteVectorBucketCommand({ vectorBucketName: name })),
    );
  }

  async listIndexes(
    bucket: string,
    options: PageOptions = {},
  ): Promise<{ indexes: { name: string; createdAt: Date | null }[]; nextToken: string | null }> {
    const { signal, prefix, pageSize, nextToken } = options;
    const answer = await this.call('ListIndexes', (client) =>
      client.send(
        new ListIndexesCommand({
          vectorBucketName: bucket,
          prefix,
          maxResults: pageSize,
          nextToken,
        }),
        abortable(signal),
      ),
    );
    const indexes = (answer.indexes ?? []).map((index) => ({
      name: index.indexName ?? '',
      createdAt: index.creationTime ?? null,
    }));
    return { indexes, nextToken: answer.nextToken ?? null };
  }

  async getIndex(place: IndexPlace, { signal }: CallOptions = {}): Promise<IndexFacts> {
    let mode: unknown;
    const command = withAnswer(new GetIndexCommand(at(place)), (answer) => {
      mode = answer.index?.indexMode;
    });
    const { index } = await this.call('GetIndex', (client) =>
      client.send(command, abortable(signal)),
    );
    return {
      ...place,
      arn: index?.indexArn ?? '',
      createdAt: index?.creationTime ?? null,
      dimension: index?.dimension ?? 0,
      metric: index?.distanceMetric ?? 'cosine',
      nonFilterableKeys: index?.metadataConfiguration?.nonFilterableMetadataKeys ?? [],
      encryption: index?.encryptionConfiguration?.sseType ?? null,
      mode: indexModeSchema.safeParse(mode).data ?? null,
    };
  }

  async createIndex(
    place: IndexPlace,
    options: {
      dimension: number;
      metric: 'cosine' | 'euclidean';
      nonFilterableKeys: readonly string[];
      encryption?: Encryption | undefined;
      tags?: Record<string, string>;
    },
  ): Promise<void> {
    const { dimension, metric, nonFilterableKeys, encryption, tags } = options;
    await this.call('CreateIndex', (client) =>
      client.send(
        new CreateIndexCommand({
          ...at(place),
          dataType: 'float32',
          dimension,
          distanceMetric: metric,
          encryptionConfiguration: encryption,
          tags,
          // The service refuses an empty list.
          metadataConfiguration:
            nonFilterableKeys.length === 0
              ? undefined
              : { nonFilterableMetadataKeys: [...nonFilterableKeys] },
        }),
      ),
    );
  }

  async deleteIndex(place: IndexPlace): Promise<void> {
    await this.call('DeleteIndex', (client) => client.send(new DeleteIndexCommand(at(place))));
  }

  async tagsOf(arn: string, { signal }: CallOptions = {}): Promise<Record<string, string>> {
    const { tags } = await this.call('ListTagsForResource', (client) =>
      client.send(new ListTagsForResourceCommand({ resourceArn: arn }), abortable(signal)),
    );
    return tags ?? {};
  }

  async tag(arn: string, tags: Record<string, string>): Promise<void> {
    await this.call('TagResource', (client) =>
      client.send(new TagResourceCommand({ resourceArn: arn, tags })),
    );
  }

  async untag(arn: string, keys: readonly string[]): Promise<void> {
    await this.call('UntagResource', (client) =>
      client.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: [...keys] })),
    );
  }
}
