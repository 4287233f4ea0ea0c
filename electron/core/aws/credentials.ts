import {
  fromEnv,
  fromIni,
  fromNodeProviderChain,
  fromProcess,
  fromSSO,
} from '@aws-sdk/credential-providers';
import { CredentialsProviderError } from '@smithy/core/config';
import { z } from 'zod';
import type { CredentialSource } from '../../../shared/contract/cloud/connection.ts';
import { assertNever } from '../errors.ts';
import { TYPED_KEYS, type SecretStore, type TypedKeys } from './connection.ts';
import type { RequestHandler } from './request-handler.ts';

/** What signs a request. Never logged, never stored. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type CredentialProvider = () => Promise<Credentials>;

const typedKeysSchema: z.ZodType<TypedKeys> = z.object({
  accessKeyId: z.string().min(16).max(128),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().optional(),
});

/**
 * A provider for each source; profiles are read anew, so that a login of a minute ago counts. Roles and
 * single sign-on ask services of their own: over the same connections, so through the same proxy.
 */
export function createCredentialProvider(
  source: CredentialSource,
  { secrets, requestHandler }: { secrets: SecretStore; requestHandler: RequestHandler },
): CredentialProvider {
  const shared = { ignoreCache: true, clientConfig: { requestHandler } };
  switch (source.kind) {
    case 'default':
      return fromNodeProviderChain(shared);
    case 'profile':
      return fromIni({ profile: source.profile, ...shared });
    case 'sso':
      return fromSSO({ profile: source.profile, ...shared });
    case 'process':
      return fromProcess({ profile: source.profile, ignoreCache: true });
    case 'environment':
      return fromEnv();
    case 'keys':
      return () => readTypedKeys(secrets);
    case 'practice':
      // A practice cloud takes any: these open nothing anywhere else.
      return async () => ({ accessKeyId: 'PRACTICE', secretAccessKey: 'practice' });
    default:
      return assertNever(source);
  }
}

/** Keeps typed-in keys for this source. @throws z.ZodError when they cannot be keys */
export async function keepTypedKeys(secrets: SecretStore, keys: TypedKeys): Promise<void> {
  await secrets.set(TYPED_KEYS, JSON.stringify(typedKeysSchema.parse(keys)));
}

async function readTypedKeys(secrets: SecretStore): Promise<Credentials> {
  const stored = await secrets.get(TYPED_KEYS);
  if (stored === null) {
    throw new CredentialsProviderError('the keys that were typed in are not kept any more');
  }
  const { sessionToken, ...keys } = typedKeysSchema.parse(JSON.parse(stored));
  return { ...keys, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
