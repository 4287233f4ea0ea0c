import type { CloudConnection } from '../../../shared/contract/cloud/connection.ts';

/** Keys that somebody typed in. */
export interface TypedKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/**
 * Keeps what must not lie in the database. The desktop lets the operating system encrypt it; other
 * hosts keep it in memory, for their running time.
 */
export interface SecretStore {
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** Whether what is kept is there after the next start. */
  isLasting(): Promise<boolean>;
}

/** Forgets everything when the process ends. */
export class MemorySecretStore implements SecretStore {
  readonly #secrets = new Map<string, string>();

  async get(name: string): Promise<string | null> {
    return this.#secrets.get(name) ?? null;
  }

  async set(name: string, secret: string): Promise<void> {
    this.#secrets.set(name, secret);
  }

  async delete(name: string): Promise<void> {
    this.#secrets.delete(name);
  }

  async isLasting(): Promise<boolean> {
    return false;
  }
}

/** The name under which typed-in keys lie in a `SecretStore`. */
export const TYPED_KEYS = 'aws-keys';

/** Whether an address is this computer's own. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** The profile a connection reads, where it reads one. */
export function profileOf({ source }: CloudConnection): string | undefined {
  return 'profile' in source ? source.profile : undefined;
}
