import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  DeleteIndexCommand,
  DeleteVectorBucketCommand,
  DeleteVectorsCommand,
  GetIndexCommand,
  GetVectorBucketCommand,
  GetVectorsCommand,
  ListIndexesCommand,
  ListTagsForResourceCommand,
  ListVectorBucketsCommand,
  ListVectorsCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
  TagResourceCommand,
  type S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import {
  indexModeSchema,
  type IndexMode,
  type CloudConnection,
  type Encryption,
  type IndexPlace,
} from '../../../shared/contract/cloud.ts';
import type { Filter, Metadata } from '../../../shared/contract/filter.ts';
import { toCloudError } from './cloud-error.ts';
import type { SecretStore } from './connection.ts';
import { createClient, createRequestHandler, type RequestHandler } from './create-client.ts';
import { createCredentialProvider, type CredentialProvider } from './credentials.ts';
import { withAnswer, withFields } from './newer-model.ts';
import { withBody } from './prepared-body.ts';

export interface S3VectorsOptions {
  readonly connection: CloudConnection;
  readonly secrets: SecretStore;
  /** Connections of its own by default. */
  readonly requestHandler?: RequestHandler;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

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

export interface ListedVector {
  readonly key: string;
  readonly data?: readonly number[];
  readonly metadata?: Metadata;
}

/** Interactive calls may be tried again by the SDK; bulk writes have a backoff of their own. */
const PATIENT_ATTEMPTS = 3;

/**
 * Amazon S3 Vectors as Vitrine uses it: plain arguments in, plain data out, failures as `CloudError`.
 * One object a connection; credentials and sockets are shared by all its calls.
 */
export class S3Vectors {
  readonly connection: CloudConnection;
  readonly credentials: CredentialProvider;
  readonly #patient: S3VectorsClient;
  readonly #once: S3VectorsClient;

  constructor({ connection, secrets, requestHandler = createRequestHandler() }: S3VectorsOptions) {
    this.connection = connection;
    this.credentials = createCredentialProvider(connection.source, { secrets, requestHandler });
    const shared = { credentials: this.credentials, requestHandler };
    this.#patient = createClient(connection, { ...shared, maxAttempts: PATIENT_ATTEMPTS });
    this.#once = createClient(connection, { ...shared, maxAttempts: 1 });
  }

  /** As the SDK resolves it from the connection, the profile or the environment; null if nowhere. */
  async region(): Promise<string | null> {
    return this.#patient.config.region().catch(() => null);
  }

  close(): void {
    this.#patient.destroy();
    this.#once.destroy();
  }

  async listBuckets(
    options: PageOptions = {},
  ): Promise<{ buckets: BucketFacts[]; nextToken: string | null }> {
    const { signal, prefix, pageSize, nextToken } = options;
    const answer = await this.#call('ListVectorBuckets', (client) =>
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
    const { vectorBucket } = await this.#call('GetVectorBucket', (client) =>
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
    await this.#call('CreateVectorBucket', (client) =>
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
    await this.#call('DeleteVectorBucket', (client) =>
      client.send(new DeleteVectorBucketCommand({ vectorBucketName: name })),
    );
  }

  async listIndexes(
    bucket: string,
    options: PageOptions = {},
  ): Promise<{ indexes: { name: string; createdAt: Date | null }[]; nextToken: string | null }> {
    const { signal, prefix, pageSize, nextToken } = options;
    const answer = await this.#call('ListIndexes', (client) =>
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
    const { index } = await this.#call('GetIndex', (client) =>
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
    await this.#call('CreateIndex', (client) =>
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
    await this.#call('DeleteIndex', (client) => client.send(new DeleteIndexCommand(at(place))));
  }

  async tagsOf(arn: string, { signal }: CallOptions = {}): Promise<Record<string, string>> {
    const { tags } = await this.#call('ListTagsForResource', (client) =>
      client.send(new ListTagsForResourceCommand({ resourceArn: arn }), abortable(signal)),
    );
    return tags ?? {};
  }

  async tag(arn: string, tags: Record<string, string>): Promise<void> {
    await this.#call('TagResource', (client) =>
      client.send(new TagResourceCommand({ resourceArn: arn, tags })),
    );
  }

  /** Sends a PutVectors body that is ready (`cloud/publish/put-body.ts`), once. */
  async putVectors(body: Uint8Array, { signal }: CallOptions = {}): Promise<void> {
    await this.#call(
      'PutVectors',
      (client) =>
        client.send(withBody(new PutVectorsCommand({ vectors: [] }), body), abortable(signal)),
      this.#once,
    );
  }

  /** Deletes up to 500 keys, once; keys that are not there are no error. */
  async deleteVectors(
    place: IndexPlace,
    keys: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<void> {
    await this.#call(
      'DeleteVectors',
      (client) =>
        client.send(new DeleteVectorsCommand({ ...at(place), keys: [...keys] }), abortable(signal)),
      this.#once,
    );
  }

  /** Reads up to 100 vectors; keys that are not there are left out. */
  async getVectors(
    place: IndexPlace,
    keys: readonly string[],
    options: CallOptions & { withData?: boolean; withMetadata?: boolean } = {},
  ): Promise<ListedVector[]> {
    const { signal, withData = false, withMetadata = false } = options;
    const answer = await this.#call('GetVectors', (client) =>
      client.send(
        new GetVectorsCommand({
          ...at(place),
          keys: [...keys],
          returnData: withData,
          returnMetadata: withMetadata,
        }),
        abortable(signal),
      ),
    );
    return (answer.vectors ?? []).map(toListed);
  }

  /** One page of one segment of all vectors. */
  async listVectors(
    place: IndexPlace,
    options: CallOptions & {
      withData?: boolean;
      withMetadata?: boolean;
      pageSize?: number;
      nextToken?: string | undefined;
      segment?: { index: number; count: number };
    } = {},
  ): Promise<{ vectors: ListedVector[]; nextToken: string | null }> {
    const {
      signal,
      withData = false,
      withMetadata = false,
      pageSize,
      nextToken,
      segment,
    } = options;
    const answer = await this.#call('ListVectors', (client) =>
      client.send(
        new ListVectorsCommand({
          ...at(place),
          returnData: withData,
          returnMetadata: withMetadata,
          maxResults: pageSize,
          nextToken,
          segmentCount: segment?.count,
          segmentIndex: segment?.index,
        }),
        abortable(signal),
      ),
    );
    return { vectors: (answer.vectors ?? []).map(toListed), nextToken: answer.nextToken ?? null };
  }

  /** One page of the nearest vectors, at most 100; `distance` is 1 - cosine where the metric is cosine. */
  async queryVectors(
    place: IndexPlace,
    query: CallOptions & {
      vector: Float32Array;
      topK: number;
      filter?: Filter | undefined;
      /** Filters first, as an ENHANCED index does, on a CLASSIC one too. */
      isEnhanced?: boolean;
      nextToken?: string | undefined;
    },
  ): Promise<{
    vectors: { key: string; distance: number; metadata: Metadata }[];
    nextToken: string | null;
  }> {
    const { signal, vector, topK, filter, isEnhanced = false, nextToken } = query;
    const command = new QueryVectorsCommand({
      ...at(place),
      topK,
      // Never the typed array itself: the SDK would send an object with numbered keys.
      queryVector: { float32: Array.from(vector) },
      filter: filter as Record<string, never> | undefined,
      returnDistance: true,
      returnMetadata: true,
      nextToken,
    });
    const sent = isEnhanced ? withFields(command, { queryMode: 'ENHANCED' }) : command;
    const answer = await this.#call('QueryVectors', (client) =>
      client.send(sent, abortable(signal)),
    );
    const vectors = (answer.vectors ?? []).map((found) => ({
      key: found.key ?? '',
      distance: found.distance ?? Number.NaN,
      metadata: (found.metadata ?? {}) as Metadata,
    }));
    return { vectors, nextToken: answer.nextToken ?? null };
  }

  async #call<T>(
    operation: string,
    send: (client: S3VectorsClient) => Promise<T>,
    client = this.#patient,
  ): Promise<T> {
    try {
      return await send(client);
    } catch (error) {
      const { connection } = this;
      throw await toCloudError(error, { operation, connection, region: await this.region() });
    }
  }
}

function at({ bucket, name }: IndexPlace): { vectorBucketName: string; indexName: string } {
  return { vectorBucketName: bucket, indexName: name };
}

function abortable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

function toListed(vector: {
  key?: string | undefined;
  data?: unknown;
  metadata?: unknown;
}): ListedVector {
  const { float32 } = (vector.data ?? {}) as { float32?: number[] };
  return {
    key: vector.key ?? '',
    ...(float32 === undefined ? {} : { data: float32 }),
    ...(vector.metadata === undefined ? {} : { metadata: vector.metadata as Metadata }),
  };
}
