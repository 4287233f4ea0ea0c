import type { S3VectorsClient } from '@aws-sdk/client-s3vectors';
import type { CloudConnection } from '../../../shared/contract/cloud/connection.ts';
import type { IndexPlace } from '../../../shared/contract/cloud/indexes.ts';
import { toCloudError } from './cloud-error.ts';
import type { SecretStore } from './connection.ts';
import { createClient } from './create-client.ts';
import { createCredentialProvider, type CredentialProvider } from './credentials.ts';
import { createRequestHandler, type RequestHandler } from './request-handler.ts';

export interface S3VectorsOptions {
  readonly connection: CloudConnection;
  readonly secrets: SecretStore;
  /** Connections of its own by default. */
  readonly requestHandler?: RequestHandler;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Interactive calls may be tried again by the SDK; bulk writes have a backoff of their own. */
const PATIENT_ATTEMPTS = 3;

/** Calls of one connection: who signs them, how often they are tried, what their failures become. */
export class ServiceCaller {
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

  protected async call<T>(
    operation: string,
    send: (client: S3VectorsClient) => Promise<T>,
    { isOnce = false }: { isOnce?: boolean } = {},
  ): Promise<T> {
    try {
      return await send(isOnce ? this.#once : this.#patient);
    } catch (error) {
      const { connection } = this;
      throw await toCloudError(error, { operation, connection, region: await this.region() });
    }
  }
}

/** An index as commands name it. */
export function at({ bucket, name }: IndexPlace): { vectorBucketName: string; indexName: string } {
  return { vectorBucketName: bucket, indexName: name };
}

/** A signal as the SDK takes it. */
export function abortable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}
