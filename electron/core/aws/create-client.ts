import { S3VectorsClient } from '@aws-sdk/client-s3vectors';
import type { CloudConnection } from '../../../shared/contract/cloud/connection.ts';
import { profileOf } from './connection.ts';
import type { CredentialProvider } from './credentials.ts';
import type { RequestHandler } from './request-handler.ts';

/** A client of the SDK for a connection. `maxAttempts` counts the first try. */
export function createClient(
  connection: CloudConnection,
  options: {
    credentials: CredentialProvider;
    requestHandler: RequestHandler;
    maxAttempts: number;
  },
): S3VectorsClient {
  const profile = profileOf(connection);
  return new S3VectorsClient({
    ...options,
    ...(profile === undefined ? {} : { profile }),
    ...(connection.region === null ? {} : { region: connection.region }),
    ...(connection.endpoint === null ? {} : { endpoint: connection.endpoint }),
  });
}
