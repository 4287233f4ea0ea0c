import {
  CreateVectorBucketCommand,
  ListTagsForResourceCommand,
  ListVectorBucketsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-s3vectors';
import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientOf, startPractice } from './fixtures/practice-client.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' };

describe('a cloud with credentials', () => {
  it('takes what is signed with them, tags with odd characters included', async () => {
    await using practice = await startPractice({ credentials: KEYS });
    const client = clientOf(practice.cloud.endpoint, KEYS);
    const { vectorBucketArn: resourceArn } = await client.send(
      new CreateVectorBucketCommand({ vectorBucketName: 'signed' }),
    );
    await client.send(new TagResourceCommand({ resourceArn, tags: { 'a b': '1', 'c:d/é': '2' } }));
    const tagKeys = ['a b', 'c:d/é'];
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys }));
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({});
  });

  it.each([
    [{ ...KEYS, secretAccessKey: 'wrong' }, 'us-east-1', 'InvalidSignatureException'],
    [{ ...KEYS, accessKeyId: 'NOBODY' }, 'us-east-1', 'UnrecognizedClientException'],
    [KEYS, 'eu-central-1', 'InvalidSignatureException'],
  ])('refuses %j of %s: %s', async (keys, region, name) => {
    await using practice = await startPractice({ credentials: KEYS });
    const client = clientOf(practice.cloud.endpoint, keys, region);
    const call = client.send(new ListVectorBucketsCommand({}));
    await expect(call).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
  });

  it('refuses a clock that is wrong by more than five minutes', async () => {
    for (const minutes of [-6, 6]) {
      const clock = Date.now() + minutes * 60_000;
      await using practice = await startPractice({ credentials: KEYS, clock });
      const call = clientOf(practice.cloud.endpoint, KEYS).send(new ListVectorBucketsCommand({}));
      await expect(call).rejects.toThrow(/Signature (expired|not yet current)/);
    }
  });
});

describe('a cloud without credentials', () => {
  it('takes any key, but not a request without a signature or for another service', async () => {
    await using practice = await startPractice();
    await practice.client.send(new ListVectorBucketsCommand({}));
    const errorOf = async (authorization?: string): Promise<string | null> => {
      const response = await fetch(`${practice.cloud.endpoint}/ListVectorBuckets`, {
        method: 'POST',
        headers: authorization === undefined ? {} : { authorization },
        body: '{}',
      });
      return response.headers.get('x-amzn-errortype');
    };
    expect(await errorOf()).toBe('MissingAuthenticationTokenException');
    expect(await errorOf('Bearer token')).toBe('IncompleteSignatureException');
    const signed = (service: string): string =>
      `AWS4-HMAC-SHA256 Credential=a/20261122/us-east-1/${service}/aws4_request, ` +
      `SignedHeaders=host, Signature=${'0'.repeat(64)}`;
    expect(await errorOf(signed('s3'))).toBe('InvalidSignatureException');
    expect(await errorOf(signed('s3vectors'))).toBeNull();
  });

  it('knows no other operation, and its controls answer no page of a browser', async () => {
    await using practice = await startPractice();
    const { endpoint } = practice.cloud;
    const unknown = await fetch(`${endpoint}/MakeCoffee`, { method: 'POST', body: '{}' });
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
    for (const headers of [{ origin: 'https://example.com' }, { host: 'example.com:80' }]) {
      expect(await statusOf(`${endpoint}/practice/counters`, headers)).toBe(404);
    }
    expect(await statusOf(`${endpoint}/practice/counters`, {})).toBe(200);
  });
});

/** By hand, because fetch sets the host itself. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}
