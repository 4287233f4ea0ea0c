import {
  cloudConnectionSchema,
  type CloudConnection,
  type CloudProfile,
  type ConnectionTest,
} from '../../../shared/contract/cloud/connection.ts';
import type { IndexPlace } from '../../../shared/contract/cloud/indexes.ts';
import {
  isLoopback,
  profileOf,
  TYPED_KEYS,
  type SecretStore,
  type TypedKeys,
} from '../aws/connection.ts';
import { toCloudError } from '../aws/cloud-error.ts';
import { keepTypedKeys } from '../aws/credentials.ts';
import type { RequestHandler } from '../aws/request-handler.ts';
import { probePermissions } from '../aws/permissions.ts';
import { listProfiles } from '../aws/profiles.ts';
import { S3Vectors } from '../aws/s3-vectors.ts';
import { VitrineError } from '../errors.ts';
import type { SettingStore } from '../settings/setting-store.ts';

const SETTING = 'cloud.connection';

export interface ConnectionServiceOptions {
  readonly settings: SettingStore;
  readonly secrets: SecretStore;
  /** For tests that look at what is sent. */
  readonly requestHandler?: RequestHandler | undefined;
  readonly onChange: () => void;
}

/** Which account, region and endpoint Vitrine speaks to; remembers the source of keys, never keys. */
export class ConnectionService {
  readonly #options: ConnectionServiceOptions;
  #current: S3Vectors | null = null;

  constructor(options: ConnectionServiceOptions) {
    this.#options = options;
  }

  get(): CloudConnection | null {
    return this.#options.settings.read(SETTING, cloudConnectionSchema);
  }

  /**
   * Connects from now on so. Nothing is sent: `test` does that.
   *
   * @param keys for the source `keys`; kept by the host's `SecretStore`.
   * @throws VitrineError INVALID_INPUT
   */
  async set(connection: CloudConnection, keys?: TypedKeys): Promise<void> {
    const { source, endpoint } = connection;
    if (source.kind === 'practice' && (endpoint === null || !isLoopback(endpoint))) {
      throw new VitrineError(
        'INVALID_INPUT',
        'Placeholder keys are for a server on this computer.',
        {
          action:
            'Give an endpoint such as http://127.0.0.1:9090, or choose another source of keys.',
        },
      );
    }
    const { secrets, settings, onChange } = this.#options;
    if (source.kind === 'keys' && keys !== undefined) await keepTypedKeys(secrets, keys);
    if (source.kind !== 'keys') await secrets.delete(TYPED_KEYS);
    settings.write(SETTING, connection);
    this.#current = null;
    onChange();
  }

  async remove(): Promise<void> {
    await this.#options.secrets.delete(TYPED_KEYS);
    this.#options.settings.remove(SETTING);
    this.#current = null;
    this.#options.onChange();
  }

  /** Whether typed-in keys are still there after the next start; otherwise for this run only. */
  keepsKeys(): Promise<boolean> {
    return this.#options.secrets.isLasting();
  }

  profiles(): Promise<CloudProfile[]> {
    return listProfiles();
  }

  /** @throws VitrineError CLOUD_NOT_CONNECTED */
  api(): S3Vectors {
    const connection = this.#required();
    // The command line may have connected elsewhere beside a window.
    const isSame = JSON.stringify(this.#current?.connection) === JSON.stringify(connection);
    return isSame && this.#current !== null ? this.#current : this.refresh();
  }

  /** As `api`, with credentials read anew: a fresh sign-in counts. Calls under way go on. */
  refresh(): S3Vectors {
    const { secrets, requestHandler } = this.#options;
    this.#current = new S3Vectors({
      connection: this.#required(),
      secrets,
      ...(requestHandler === undefined ? {} : { requestHandler }),
    });
    return this.#current;
  }

  /**
   * Asks the service for one bucket's name, and says who is asking and what else they may do.
   *
   * @throws VitrineError with the next step when it cannot be reached.
   */
  async test(
    options: { place?: IndexPlace | undefined; signal?: AbortSignal | undefined } = {},
  ): Promise<ConnectionTest> {
    const api = this.refresh();
    const { connection } = api;
    const region = await api.region();
    const credentials = await api.credentials().catch(async (error: unknown) => {
      throw await toCloudError(error, { operation: 'ListVectorBuckets', connection, region });
    });
    const startedAt = performance.now();
    await api.listBuckets({ pageSize: 1, signal: options.signal });
    const latencyMs = performance.now() - startedAt;
    return {
      identity: identityOf(connection),
      region,
      endpoint: connection.endpoint,
      latencyMs: Number(latencyMs.toFixed(1)),
      expiresAt: credentials.expiration?.getTime() ?? null,
      permissions: await probePermissions(api, options),
    };
  }

  close(): void {
    this.#current?.close();
    this.#current = null;
  }

  #required(): CloudConnection {
    const connection = this.get();
    if (connection !== null) return connection;
    throw new VitrineError('CLOUD_NOT_CONNECTED', 'There is no connection to S3 Vectors yet.', {
      action: 'Connect first: vitrine cloud connect --profile <profile> --region <region>',
    });
  }
}

function identityOf(connection: CloudConnection): string {
  const profile = profileOf(connection);
  switch (connection.source.kind) {
    case 'default':
      return 'default credentials of this computer';
    case 'profile':
      return `profile ${profile}`;
    case 'sso':
      return `profile ${profile}, signed in through IAM Identity Center`;
    case 'process':
      return `profile ${profile}, by its credential process`;
    case 'environment':
      return 'environment variables';
    case 'keys':
      return 'keys that were typed in';
    case 'practice':
      return 'placeholder keys for a server on this computer';
  }
}
