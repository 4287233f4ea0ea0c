import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { S3VectorsClientConfig } from '@aws-sdk/client-s3vectors';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export type RequestHandler = NonNullable<S3VectorsClientConfig['requestHandler']>;

const CONNECT_MS = 5_000;
/** From the last byte sent to the first received. */
const ANSWER_MS = 60_000;
/** Two indexes at full concurrency, and room for queries beside them. */
const MAX_SOCKETS = 32;

/**
 * The connections of one client: kept alive, through the proxy that HTTPS_PROXY and NO_PROXY name.
 * Node itself trusts the certificates of NODE_EXTRA_CA_CERTS.
 */
export function createRequestHandler(): NodeHttpHandler {
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS, proxyEnv: process.env };
  return new NodeHttpHandler({
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent(options),
    connectionTimeout: CONNECT_MS,
    requestTimeout: ANSWER_MS,
    throwOnRequestTimeout: true,
  });
}
