import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ServiceError } from './service-error.ts';

/** Keys that a signature has to be made with; of any key when there are none. */
export interface PracticeCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface SignedRequest {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

const SERVICE = 's3vectors';
const MAX_SKEW_MS = 5 * 60_000;

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Lets in what carries a Signature Version 4 for the service. Without credentials any key is good and
 * the signature is not recomputed; with them key, Region, time and signature are verified.
 *
 * @throws ServiceError naming what is wrong, as any AWS service does.
 */
export function authorize(
  signed: SignedRequest,
  options: {
    readonly credentials: PracticeCredentials | undefined;
    readonly region: string;
    readonly now: number;
  },
): void {
  const header = signed.request.headers.authorization;
  if (header === undefined) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [, accessKeyId, date, region, service, signedHeaders, signature] =
    AUTHORIZATION.exec(header) ?? [];
  if (!accessKeyId || !date || !region || !signedHeaders || !signature) {
    throw new ServiceError(
      'IncompleteSignatureException',
      'The Authorization header is not a complete AWS4-HMAC-SHA256 signature',
    );
  }
  if (service !== SERVICE) {
    throw new ServiceError(
      'InvalidSignatureException',
      `Credential should be scoped to correct service: '${SERVICE}'.`,
    );
  }
  const { credentials, now } = options;
  if (credentials === undefined) return;
  if (region !== options.region) {
    throw new ServiceError(
      'InvalidSignatureException',
      `Credential should be scoped to a valid Region, not '${region}'.`,
    );
  }
  if (accessKeyId !== credentials.accessKeyId) {
    throw new ServiceError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  const time = headerOf(signed.request, 'x-amz-date');
  checkTime(time, now);
  const scope = `${date}/${region}/${SERVICE}/aws4_request`;
  const expected = signatureOf(signed, { credentials, scope, time, signedHeaders });
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) {
    throw new ServiceError(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
}

function checkTime(time: string, now: number): void {
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const signedAt = Date.parse(iso);
  if (Math.abs(signedAt - now) <= MAX_SKEW_MS) return;
  const shown = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  throw new ServiceError(
    'InvalidSignatureException',
    signedAt < now
      ? `Signature expired: ${time} is now earlier than ${shown} - 5 min.`
      : `Signature not yet current: ${time} is still later than ${shown} + 5 min.`,
  );
}

/** Source: AWS General Reference, "Create a signed AWS API request". */
function signatureOf(
  { request, body }: SignedRequest,
  {
    credentials,
    scope,
    time,
    signedHeaders,
  }: {
    readonly credentials: PracticeCredentials;
    readonly scope: string;
    readonly time: string;
    readonly signedHeaders: string;
  },
): string {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const query = [...searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
  const headers = signedHeaders.split(';').map((name) => `${name}:${headerOf(request, name)}\n`);
  const canonical = [
    request.method,
    // Encoded a second time: only S3 itself signs the path as it is sent.
    pathname.split('/').map(encode).join('/'),
    query,
    headers.join(''),
    signedHeaders,
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    time,
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  let key: Buffer = Buffer.from(`AWS4${credentials.secretAccessKey}`);
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  return createHmac('sha256', key).update(toSign).digest('hex');
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name] ?? '';
  return (Array.isArray(value) ? value.join(',') : value).trim().replace(/\s+/g, ' ');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
