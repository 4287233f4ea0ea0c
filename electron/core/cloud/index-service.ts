import { z } from 'zod';
import {
  bucketNameSchema,
  dimensionSchema,
  encryptionSchema,
  indexNameSchema,
  type BucketDetail,
  type BucketSummary,
  type Encryption,
  type IndexDetail,
  type IndexPlace,
} from '../../../shared/contract/cloud/indexes.ts';
import { tagsSchema } from '../../../shared/contract/cloud/tags.ts';
import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { CloudError } from '../aws/cloud-error.ts';
import { VitrineError } from '../errors.ts';
import type { ConnectionService } from './connection-service.ts';

const { metadataKeyLength, nonFilterableKeys } = S3_VECTORS_LIMITS;

const newIndexSchema = z.object({
  bucket: bucketNameSchema,
  name: indexNameSchema,
  dimension: dimensionSchema,
  metric: z.enum(['cosine', 'euclidean']).default('cosine'),
  nonFilterableKeys: z
    .array(z.string().min(1).max(metadataKeyLength))
    .max(nonFilterableKeys)
    .default([]),
  encryption: encryptionSchema.optional(),
  tags: tagsSchema.default({}),
});
export type NewIndex = z.input<typeof newIndexSchema>;

export interface PageOptions {
  readonly prefix?: string | undefined;
  /** Of the page before. */
  readonly next?: string | undefined;
}

/** Vector buckets and indexes of the connected account: list, make, look at, delete. */
export class IndexService {
  readonly #connections: ConnectionService;

  constructor(connections: ConnectionService) {
    this.#connections = connections;
  }

  /** One page of the buckets, by name; `next` asks for the page after. */
  async listBuckets({ prefix, next }: PageOptions = {}): Promise<{
    buckets: BucketSummary[];
    next: string | null;
  }> {
    const api = this.#connections.api();
    const { buckets, nextToken } = await api.listBuckets({ prefix, nextToken: next });
    return { buckets: buckets.map(toSummary), next: nextToken };
  }

  /** @throws VitrineError INVALID_INPUT before anything is sent, CLOUD_CONFLICT when it exists */
  async createBucket(
    name: string,
    options: { encryption?: Encryption | undefined } = {},
  ): Promise<void> {
    check(bucketNameSchema, name, 'the name of the bucket');
    await this.#connections.api().createBucket(name, options);
  }

  /** What can be known of a bucket beside its tags. */
  async showBucket(name: string): Promise<BucketDetail> {
    const { createdAt, encryption } = await this.#connections.api().getBucket(name);
    return { name, createdAt: createdAt?.getTime() ?? null, encryption };
  }

  /** @param confirmation the bucket's name, typed again; its indexes must be deleted before. */
  async deleteBucket(name: string, { confirmation }: { confirmation: string }): Promise<void> {
    confirm(name, confirmation);
    await this.#connections.api().deleteBucket(name);
  }

  async listIndexes(
    bucket: string,
    { prefix, next }: PageOptions = {},
  ): Promise<{ indexes: BucketSummary[]; next: string | null }> {
    check(bucketNameSchema, bucket, 'the name of the bucket');
    const api = this.#connections.api();
    const { indexes, nextToken } = await api.listIndexes(bucket, { prefix, nextToken: next });
    return { indexes: indexes.map(toSummary), next: nextToken };
  }

  /** All that can be known of an index; tags are empty where the policy does not show them. */
  async show(place: IndexPlace): Promise<IndexDetail> {
    const api = this.#connections.api();
    const { arn, createdAt, ...facts } = await api.getIndex(place);
    const tags = await api.tagsOf(arn).catch((error: unknown) => {
      if (error instanceof CloudError && error.code === 'CLOUD_ACCESS_DENIED') return {};
      throw error;
    });
    return {
      ...facts,
      nonFilterableKeys: [...facts.nonFilterableKeys],
      createdAt: createdAt?.getTime() ?? null,
      tags,
    };
  }

  /** @throws VitrineError INVALID_INPUT before anything is sent */
  async create(index: NewIndex): Promise<void> {
    const { bucket, name, ...settings } = check(newIndexSchema, index, 'the index');
    await this.#connections.api().createIndex({ bucket, name }, settings);
  }

  /** @param confirmation the index's name, typed again: its vectors are gone for good. */
  async delete(place: IndexPlace, { confirmation }: { confirmation: string }): Promise<void> {
    confirm(place.name, confirmation);
    await this.#connections.api().deleteIndex(place);
  }
}

function toSummary({ name, createdAt }: { name: string; createdAt: Date | null }): BucketSummary {
  return { name, createdAt: createdAt?.getTime() ?? null };
}

function check<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) =>
    [...path.map(String), message].join(': '),
  );
  throw new VitrineError(
    'INVALID_INPUT',
    `S3 Vectors would refuse ${what}: ${issues.join('; ')}.`,
    {
      action: 'Change it and try again.',
    },
  );
}

function confirm(name: string, confirmation: string): void {
  if (name === confirmation) return;
  throw new VitrineError('INVALID_INPUT', `Deleting "${name}" cannot be undone.`, {
    action: `Type its name to confirm: --confirm ${name}`,
    subject: name,
  });
}
