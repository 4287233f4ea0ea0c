import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import { describe, expect, test } from 'vitest';
import type { CloudConnection } from '../../../shared/contract/cloud/connection.ts';
import { PutBody } from '../cloud/publish/put-body.ts';
import { CloudError } from './cloud-error.ts';
import { keepTypedKeys } from './credentials.ts';
import { MemorySecretStore } from './connection.ts';
import type { RequestHandler } from './request-handler.ts';
import { S3Vectors } from './s3-vectors.ts';

const PLACE = { bucket: 'shop', name: 'img-index' };
const CONNECTION: CloudConnection = {
  source: { kind: 'keys' },
  region: 'eu-central-1',
  endpoint: null,
};
const SECRET = 'secret-that-must-not-be-seen';
const ACCESS_KEY = 'AKIAIOSFODNN7EXAMPLE';

interface Sent {
  readonly hostname: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The real SDK, with a network that answers what it is told and keeps what it was sent. */
async function sdkWith(
  answer: () => HttpResponse | Error,
): Promise<{ api: S3Vectors; sent: Sent[] }> {
  const sent: Sent[] = [];
  const requestHandler = {
    async handle(request: Omit<Sent, 'body'> & { body: Uint8Array }) {
      const { hostname, path, headers, body } = request;
      sent.push({ hostname, path, headers, body: Buffer.from(body).toString() });
      const response = answer();
      if (response instanceof Error) throw response;
      return { response };
    },
  } as unknown as RequestHandler;
  const secrets = new MemorySecretStore();
  await keepTypedKeys(secrets, { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET });
  return { api: new S3Vectors({ connection: CONNECTION, secrets, requestHandler }), sent };
}

function respond(statusCode: number, body: object, errorType?: string): HttpResponse {
  return new HttpResponse({
    statusCode,
    headers: {
      'content-type': 'application/json',
      ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
    },
    body: new TextEncoder().encode(JSON.stringify(body)),
  });
}

describe('what is sent', () => {
  test('a prepared body goes out byte for byte, counted and signed', async () => {
    const { api, sent } = await sdkWith(() => respond(200, {}));
    const body = new PutBody(PLACE);
    const numbers = Float32Array.of(1, -0, 0.1, 2 ** -149, 0.123456789, 16777216, -1e-7);
    body.add({ key: 'a"ü', numbers, metadata: '{"colour":"Grün"}' });
    body.add({ key: 'b', numbers: Float32Array.of(0.5), metadata: '{}' });
    await api.putVectors(body.take());
    const [{ hostname, path, headers, body: text }] = sent as [Sent];
    expect([hostname, path]).toEqual(['s3vectors.eu-central-1.api.aws', '/PutVectors']);
    expect(text).toBe(
      '{"vectorBucketName":"shop","indexName":"img-index","vectors":[' +
        '{"key":"a\\"ü","data":{"float32":[1,-0.0,0.1,1e-45,0.12345679,16777216,-1e-7]},"metadata":{"colour":"Grün"}},' +
        '{"key":"b","data":{"float32":[0.5]}}]}',
    );
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    expect(headers['authorization']).toContain('/eu-central-1/s3vectors/aws4_request');
    const { vectors } = JSON.parse(text) as { vectors: [{ data: { float32: number[] } }] };
    expect(Float32Array.from(vectors[0].data.float32)).toEqual(numbers);
  });

  test('a query holds a list of numbers, never an object of them', async () => {
    const { api, sent } = await sdkWith(() =>
      respond(200, { vectors: [], distanceMetric: 'cosine' }),
    );
    await api.queryVectors(PLACE, { vector: Float32Array.of(0.5, -0.25), topK: 5 });
    expect(JSON.parse(sent[0]!.body)).toMatchObject({
      queryVector: { float32: [0.5, -0.25] },
      topK: 5,
      returnDistance: true,
      returnMetadata: true,
    });
  });

  test('a write is tried once: the queue has a patience of its own', async () => {
    const { api, sent } = await sdkWith(() => respond(503, {}, 'ServiceUnavailableException'));
    const body = new PutBody(PLACE);
    body.add({ key: 'a', numbers: Float32Array.of(1), metadata: '{}' });
    await expect(api.putVectors(body.take())).rejects.toMatchObject({ failure: 'overloaded' });
    expect(sent).toHaveLength(1);
  });
});

describe('what a user is told', () => {
  const DENIED =
    'User: arn:aws:iam::123456789012:user/alice is not authorized to perform: s3vectors:PutVectors on resource: arn:aws:s3vectors:eu-central-1:123456789012:bucket/shop/index/img-index';

  test.each([
    [
      'AccessDeniedException',
      403,
      DENIED,
      'CLOUD_ACCESS_DENIED',
      'blocked',
      /s3vectors:PutVectors/,
    ],
    ['TooManyRequestsException', 429, '', 'CLOUD_THROTTLED', 'throttled', /fewer/],
    ['InternalServerException', 500, '', 'CLOUD_UNAVAILABLE', 'unavailable', /cannot answer/],
    [
      'ValidationException',
      400,
      "Invalid record for key 'a': no",
      'CLOUD_REJECTED',
      'rejected',
      /'a'/,
    ],
    ['NotFoundException', 404, 'no index', 'CLOUD_NOT_FOUND', 'blocked', /eu-central-1/],
    ['ServiceQuotaExceededException', 402, 'too many', 'CLOUD_QUOTA', 'blocked', /quota/],
    ['KmsDisabledException', 400, 'disabled', 'CLOUD_KEY', 'blocked', /KMS key/],
    ['ExpiredTokenException', 403, 'expired', 'CREDENTIALS_EXPIRED', 'blocked', /expired/],
    [
      'UnrecognizedClientException',
      403,
      'invalid',
      'CREDENTIALS_MISSING',
      'blocked',
      /does not know/,
    ],
    ['InvalidSignatureException', 403, 'Signature expired: now', 'CLOUD_CLOCK', 'blocked', /clock/],
  ])('%s', async (name, status, message, code, failure, sentence) => {
    const { api } = await sdkWith(() => respond(status, { message }, name));
    const error = await api.deleteVectors(PLACE, ['a']).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CloudError);
    expect(error).toMatchObject({ code, failure, message: expect.stringMatching(sentence) });
    expect((error as CloudError).data.action).toBeTruthy();
    const everything = JSON.stringify({ ...(error as object), stack: (error as Error).stack });
    for (const secret of ['123456789012', SECRET, ACCESS_KEY]) {
      expect(everything).not.toContain(secret);
    }
  });

  test('a query that may not read metadata is told of both actions', async () => {
    const message = 'not authorized to perform: s3vectors:QueryVectors';
    const { api } = await sdkWith(() => respond(403, { message }, 'AccessDeniedException'));
    const query = api.queryVectors(PLACE, { vector: Float32Array.of(1), topK: 1 });
    await expect(query).rejects.toThrow(/s3vectors:QueryVectors and s3vectors:GetVectors/);
  });

  test('a connection that breaks is tried again, a server that is not there is not', async () => {
    const failWith = async (code: string) => {
      const { api } = await sdkWith(() => Object.assign(new Error(code), { code }));
      return api.deleteVectors(PLACE, ['a']).catch((reason: unknown) => reason);
    };
    expect(await failWith('ECONNRESET')).toMatchObject({ failure: 'unavailable' });
    expect(await failWith('ECONNREFUSED')).toMatchObject({
      code: 'CLOUD_OFFLINE',
      failure: 'offline',
    });
    expect(await failWith('SELF_SIGNED_CERT_IN_CHAIN')).toMatchObject({
      data: { action: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string },
    });
  });
});

test.each(['<html>Sign in to the network</html>', '{"vectors":[', ''])(
  'a page that is no JSON (%j) is told as what stands between, with a next step',
  async (text) => {
    const { api } = await sdkWith(
      () =>
        new HttpResponse({
          statusCode: 200,
          headers: {},
          body: Readable.from([Buffer.from(text)]),
        }),
    );
    const told = {
      code: 'CLOUD_OFFLINE',
      failure: 'offline',
      data: { action: expect.stringContaining('sign-in page') as string },
    };
    await expect(api.listVectors(PLACE)).rejects.toMatchObject(told);
  },
);
