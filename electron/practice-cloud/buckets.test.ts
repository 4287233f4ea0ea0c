import {
  ConflictException,
  CreateIndexCommand,
  CreateVectorBucketCommand,
  DeleteIndexCommand,
  DeleteVectorBucketCommand,
  DeleteVectorBucketPolicyCommand,
  GetIndexCommand,
  GetVectorBucketCommand,
  GetVectorBucketPolicyCommand,
  ListTagsForResourceCommand,
  NotFoundException,
  paginateListIndexes,
  paginateListVectorBuckets,
  PutVectorBucketPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  ValidationException,
} from '@aws-sdk/client-s3vectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRaw, makeIndex, startPractice, type Practice } from './fixtures/practice-client.ts';

const ARN = 'arn:aws:s3vectors:us-east-1:000000000000:bucket/';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const SETTINGS = { dataType: 'float32', dimension: 3, distanceMetric: 'euclidean' } as const;

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
});

afterAll(() => practice[Symbol.asyncDispose]());

describe('vector buckets', () => {
  it('are created, read by name and by ARN, refused a second time, and deleted', async () => {
    const { client } = practice;
    const vectorBucketName = 'a-bucket';
    const before = Math.floor(Date.now() / 1000) * 1000;
    const made = await client.send(new CreateVectorBucketCommand({ vectorBucketName }));
    expect(made.vectorBucketArn).toBe(`${ARN}a-bucket`);

    const byName = await client.send(new GetVectorBucketCommand({ vectorBucketName }));
    expect(byName.vectorBucket).toMatchObject({
      vectorBucketName,
      vectorBucketArn: `${ARN}a-bucket`,
      encryptionConfiguration: { sseType: 'AES256' },
    });
    expect(byName.vectorBucket?.creationTime?.getTime()).toBeGreaterThanOrEqual(before);
    const byArn = await client.send(
      new GetVectorBucketCommand({ vectorBucketArn: made.vectorBucketArn }),
    );
    expect(byArn.vectorBucket).toEqual(byName.vectorBucket);

    const again = client.send(new CreateVectorBucketCommand({ vectorBucketName }));
    await expect(again).rejects.toThrow(ConflictException);
    await expect(again).rejects.toThrow('A vector bucket with the specified name already exists');

    await client.send(new DeleteVectorBucketCommand({ vectorBucketName }));
    const gone = client.send(new GetVectorBucketCommand({ vectorBucketName }));
    await expect(gone).rejects.toThrow(NotFoundException);
    await expect(gone).rejects.toThrow('The specified vector bucket could not be found');
  });

  it('are not deleted while an index is in them', async () => {
    const { client } = practice;
    const index = await makeIndex(client);
    const early = client.send(new DeleteVectorBucketCommand(index));
    await expect(early).rejects.toThrow(ConflictException);
    await expect(early).rejects.toThrow('The specified vector bucket is not empty');
    await client.send(new DeleteIndexCommand(index));
    await client.send(new DeleteVectorBucketCommand(index));
  });

  it.each([
    ['ab', 'Member must have length between 3 and 63, inclusive'],
    ['a'.repeat(64), "Value with length 64 at '/vectorBucketName'"],
    ['Upper-case', 'Invalid vector bucket name'],
    ['with.dot', 'Invalid vector bucket name'],
    ['-leading', 'Invalid vector bucket name'],
    ['trailing-', 'Invalid vector bucket name'],
  ])('refuses the name %s', async (vectorBucketName, message) => {
    const made = practice.client.send(new CreateVectorBucketCommand({ vectorBucketName }));
    await expect(made).rejects.toThrow(ValidationException);
    await expect(made).rejects.toThrow(message);
  });

  it.each(['abc', 'a'.repeat(63)])('takes the name %s', async (vectorBucketName) => {
    await practice.client.send(new CreateVectorBucketCommand({ vectorBucketName }));
  });

  it('takes either the name or the ARN', async () => {
    for (const input of [{}, { vectorBucketName: 'abc', vectorBucketArn: `${ARN}abc` }]) {
      await expect(practice.client.send(new GetVectorBucketCommand(input))).rejects.toThrow(
        'Must specify either vectorBucketName or vectorBucketArn but not both',
      );
    }
  });

  it('are listed in order of name, by prefix and in pages', async () => {
    const { client } = practice;
    const names = ['page-1', 'page-2', 'page-3', 'page-4', 'page-5'];
    for (const vectorBucketName of names.toReversed()) {
      await client.send(new CreateVectorBucketCommand({ vectorBucketName }));
    }
    const pages: (string | undefined)[][] = [];
    const paginator = paginateListVectorBuckets({ client, pageSize: 2 }, { prefix: 'page-' });
    for await (const { vectorBuckets = [] } of paginator) {
      pages.push(vectorBuckets.map((one) => one.vectorBucketName));
    }
    expect(pages).toEqual([names.slice(0, 2), names.slice(2, 4), names.slice(4)]);
  });

  it('keep a policy, which must be JSON', async () => {
    const { client } = practice;
    const { vectorBucketName } = await makeIndex(client);
    const missing = client.send(new GetVectorBucketPolicyCommand({ vectorBucketName }));
    await expect(missing).rejects.toThrow('The specified vector bucket policy could not be found');
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    await client.send(new PutVectorBucketPolicyCommand({ vectorBucketName, policy }));
    const kept = await client.send(new GetVectorBucketPolicyCommand({ vectorBucketName }));
    expect(kept.policy).toBe(policy);
    const bad = client.send(new PutVectorBucketPolicyCommand({ vectorBucketName, policy: '{' }));
    await expect(bad).rejects.toThrow(ValidationException);
    await client.send(new DeleteVectorBucketPolicyCommand({ vectorBucketName }));
    const gone = client.send(new GetVectorBucketPolicyCommand({ vectorBucketName }));
    await expect(gone).rejects.toThrow(NotFoundException);
  });
});

describe('indexes', () => {
  it('are created with everything they have, and read by names and by ARN', async () => {
    const { client } = practice;
    const index = await makeIndex(client, {
      ...SETTINGS,
      metadataConfiguration: { nonFilterableMetadataKeys: ['title', 's3_uri'] },
      encryptionConfiguration: { sseType: 'aws:kms', kmsKeyArn: KEY },
    });
    const { index: byNames } = await client.send(new GetIndexCommand(index));
    const indexArn = `${ARN}${index.vectorBucketName}/index/${index.indexName}`;
    expect(byNames).toEqual({
      ...index,
      ...SETTINGS,
      indexArn,
      creationTime: expect.any(Date),
      metadataConfiguration: { nonFilterableMetadataKeys: ['title', 's3_uri'] },
      encryptionConfiguration: { sseType: 'aws:kms', kmsKeyArn: KEY },
    });
    const { index: byArn } = await client.send(new GetIndexCommand({ indexArn }));
    expect(byArn).toEqual(byNames);
    const both = client.send(new GetIndexCommand({ ...index, indexArn }));
    await expect(both).rejects.toThrow(
      'Must specify either indexArn or both vectorBucketName and indexName',
    );
    const elsewhere = indexArn.replace('us-east-1', 'eu-west-1');
    const other = client.send(new GetIndexCommand({ indexArn: elsewhere }));
    await expect(other).rejects.toThrow(NotFoundException);
  });

  it('take over the encryption of their bucket', async () => {
    const { client } = practice;
    const vectorBucketName = 'encrypted';
    const encryptionConfiguration = { sseType: 'aws:kms', kmsKeyArn: KEY } as const;
    await client.send(new CreateVectorBucketCommand({ vectorBucketName, encryptionConfiguration }));
    const names = { vectorBucketName, indexName: 'inherits' };
    await client.send(new CreateIndexCommand({ ...names, ...SETTINGS }));
    const { index } = await client.send(new GetIndexCommand(names));
    expect(index?.encryptionConfiguration).toEqual(encryptionConfiguration);
  });

  it.each([
    [{ sseType: 'aws:kms' }, 'kmsKeyArn must be specified if and only if sseType is aws:kms'],
    [{ sseType: 'AES256', kmsKeyArn: KEY }, 'kmsKeyArn must be specified if and only if'],
    [{ sseType: 'aws:kms', kmsKeyArn: 'alias/mine' }, "at '/encryptionConfiguration/kmsKeyArn'"],
    [{ sseType: 'rot13' as 'AES256' }, 'Member must satisfy enum value set: [AES256, aws:kms]'],
  ] as const)('refuse the encryption %j', async (encryptionConfiguration, message) => {
    const made = makeIndex(practice.client, { encryptionConfiguration });
    await expect(made).rejects.toThrow(message);
  });

  it('list what is wrong with a request, all of it', async () => {
    const { client } = practice;
    const { vectorBucketName } = await makeIndex(client);
    const bad = { vectorBucketName, indexName: 'no', dimension: 0 } as const;
    const made = client.send(
      new CreateIndexCommand({
        ...bad,
        dataType: 'int8' as 'float32',
        distanceMetric: 'dot' as 'cosine',
      }),
    );
    await expect(made).rejects.toThrow(/^4 validation errors detected\. /);
    await expect(made).rejects.toHaveProperty('fieldList', [
      { path: '/indexName', message: 'Member must have length between 3 and 63, inclusive' },
      { path: '/dataType', message: 'Member must satisfy enum value set: [float32]' },
      { path: '/dimension', message: 'Member must be between 1 and 4096, inclusive' },
      {
        path: '/distanceMetric',
        message: 'Member must satisfy enum value set: [euclidean, cosine]',
      },
    ]);
  });

  it.each(['with_underscore', 'Upper', '.leading', 'trailing.'])(
    'refuse the name %s',
    async (indexName) => {
      const { vectorBucketName } = await makeIndex(practice.client);
      const made = practice.client.send(
        new CreateIndexCommand({ vectorBucketName, indexName, ...SETTINGS }),
      );
      await expect(made).rejects.toThrow('Invalid index name');
    },
  );

  it('are unique in a bucket, listed in pages, and gone once deleted', async () => {
    const { client } = practice;
    const vectorBucketName = 'many-indexes';
    await client.send(new CreateVectorBucketCommand({ vectorBucketName }));
    const missing = client.send(new GetIndexCommand({ vectorBucketName, indexName: 'img.one' }));
    await expect(missing).rejects.toThrow('The specified index could not be found');
    for (const indexName of ['img.two', 'txt', 'img.one']) {
      await client.send(new CreateIndexCommand({ vectorBucketName, indexName, ...SETTINGS }));
    }
    const again = client.send(
      new CreateIndexCommand({ vectorBucketName, indexName: 'txt', ...SETTINGS }),
    );
    await expect(again).rejects.toThrow(ConflictException);

    const listed = async (prefix?: string): Promise<unknown[]> => {
      const seen: unknown[] = [];
      const pages = paginateListIndexes({ client, pageSize: 1 }, { vectorBucketName, prefix });
      for await (const page of pages)
        seen.push(...(page.indexes ?? []).map((one) => one.indexName));
      return seen;
    };
    expect(await listed()).toEqual(['img.one', 'img.two', 'txt']);
    expect(await listed('img')).toEqual(['img.one', 'img.two']);
    await client.send(new DeleteIndexCommand({ vectorBucketName, indexName: 'img.one' }));
    expect(await listed()).toEqual(['img.two', 'txt']);
    const gone = client.send(new DeleteIndexCommand({ vectorBucketName, indexName: 'img.one' }));
    await expect(gone).rejects.toThrow(NotFoundException);
  });
});

describe('tags', () => {
  it('are put on buckets and indexes, at creation and later, listed and removed', async () => {
    const { client } = practice;
    const index = await makeIndex(client, { tags: { model: 'starter', team: 'shop' } });
    const { index: found } = await client.send(new GetIndexCommand(index));
    const resourceArn = found?.indexArn;
    const bucketArn = `${ARN}${index.vectorBucketName}`;
    await client.send(
      new TagResourceCommand({ resourceArn, tags: { team: 'a b', 'é:/=+-@': '' } }),
    );
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['model', 'unknown'] }));
    const onIndex = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(onIndex.tags).toEqual({ team: 'a b', 'é:/=+-@': '' });
    const onBucket = await client.send(new ListTagsForResourceCommand({ resourceArn: bucketArn }));
    expect(onBucket.tags).toEqual({});
  });

  it.each([
    [{ [`k${'x'.repeat(128)}`]: 'v' }, ValidationException],
    [{ k: 'v'.repeat(257) }, ValidationException],
    [{ 'k#': 'v' }, ValidationException],
    [{ 'aws:mine': 'v' }, ValidationException],
  ])('refuse %j', async (tags, exception) => {
    const { client } = practice;
    const { vectorBucketName } = await makeIndex(client);
    const resourceArn = `${ARN}${vectorBucketName}`;
    const tagged = client.send(new TagResourceCommand({ resourceArn, tags }));
    await expect(tagged).rejects.toThrow(exception);
  });

  it('are 50 at most', async () => {
    const { client } = practice;
    const { vectorBucketName } = await makeIndex(client);
    const resourceArn = `${ARN}${vectorBucketName}`;
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`tag${at}`, 'v']));
    await client.send(new TagResourceCommand({ resourceArn, tags }));
    const more = client.send(new TagResourceCommand({ resourceArn, tags: { another: 'v' } }));
    await expect(more).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
    const atOnce = client.send(
      new TagResourceCommand({ resourceArn, tags: { ...tags, another: 'v' } }),
    );
    await expect(atOnce).rejects.toThrow(ValidationException);
  });

  it('need a resource that is there', async () => {
    const { client } = practice;
    const missing = new ListTagsForResourceCommand({ resourceArn: `${ARN}not-there` });
    await expect(client.send(missing)).rejects.toThrow(NotFoundException);
    const wrong = new ListTagsForResourceCommand({ resourceArn: 'arn:aws:s3:::bucket' });
    await expect(client.send(wrong)).rejects.toThrow('Invalid resource ARN');
  });
});

describe('index modes, which the SDK does not know', () => {
  it('are ENHANCED for good in a bucket of today', async () => {
    const { client, cloud } = practice;
    const index = await makeIndex(client);
    const found = await callRaw(cloud.endpoint, 'GetIndex', index);
    expect(found).toMatchObject({ index: { indexMode: 'ENHANCED' } });
    const update = { ...index, indexMode: 'CLASSIC' };
    const refused = await callRaw(cloud.endpoint, 'UpdateIndexMode', update);
    expect(refused['error']).toBe('ValidationException');
    const preset = { vectorBucketName: index.vectorBucketName, defaultIndexMode: 'CLASSIC' };
    const preferred = await callRaw(cloud.endpoint, 'PutVectorBucketDefaultIndexMode', preset);
    expect(preferred['error']).toBe('ValidationException');
  });

  it('begin as CLASSIC in a bucket from before, and change either way', async () => {
    await using old = await startPractice({ clock: Date.UTC(2026, 8, 29) });
    const { endpoint } = old.cloud;
    const index = await makeIndex(old.client);
    const modeOf = async (names: object): Promise<unknown> =>
      ((await callRaw(endpoint, 'GetIndex', names)) as { index: { indexMode: string } }).index
        .indexMode;
    expect(await modeOf(index)).toBe('CLASSIC');
    await callRaw(endpoint, 'UpdateIndexMode', { ...index, indexMode: 'ENHANCED' });
    expect(await modeOf(index)).toBe('ENHANCED');
    await callRaw(endpoint, 'UpdateIndexMode', { ...index, indexMode: 'CLASSIC' });
    expect(await modeOf(index)).toBe('CLASSIC');

    const { vectorBucketName } = index;
    const preset = { vectorBucketName, defaultIndexMode: 'ENHANCED' };
    await callRaw(endpoint, 'PutVectorBucketDefaultIndexMode', preset);
    const names = { vectorBucketName, indexName: 'later' };
    await old.client.send(new CreateIndexCommand({ ...names, ...SETTINGS }));
    expect(await modeOf(names)).toBe('ENHANCED');
    expect(await modeOf(index)).toBe('CLASSIC');
    const bucket = await callRaw(endpoint, 'GetVectorBucket', { vectorBucketName });
    expect(bucket).toMatchObject({ vectorBucket: { defaultIndexMode: 'ENHANCED' } });
  });
});
