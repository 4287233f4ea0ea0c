import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CredentialSource } from '../../../shared/contract/cloud/connection.ts';
import { MemorySecretStore } from './connection.ts';
import { listProfiles } from './profiles.ts';
import { S3Vectors } from './s3-vectors.ts';

const SSO = 'acme-staging';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'vitrine-aws-'));
  await writeFile(
    path.join(folder, 'config'),
    `[default]
region = us-east-1
[profile ${SSO}]
sso_session = acme
sso_account_id = 123456789012
sso_role_name = Catalog
region = eu-central-1
[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-central-1
[profile broken]
credential_process = /no/such/program
[profile elsewhere]
role_arn = arn:aws:iam::123456789012:role/Catalog
source_profile = keys
`,
  );
  await writeFile(
    path.join(folder, 'credentials'),
    `[keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = never-told
`,
  );
  vi.stubEnv('AWS_CONFIG_FILE', path.join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'credentials'));
  // Tokens of a sign-in are kept below it.
  vi.stubEnv('HOME', folder);
  vi.stubEnv('USERPROFILE', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** What a call says when its credentials come from this source. */
function failureOf(source: CredentialSource, region: string | null = null): Promise<unknown> {
  const connection = { source, region, endpoint: null };
  const api = new S3Vectors({ connection, secrets: new MemorySecretStore() });
  return api.listBuckets().catch((error: unknown) => error);
}

test('lists the profiles with their kind and region, and nothing of their keys', async () => {
  const profiles = await listProfiles();
  expect(profiles).toEqual([
    { name: SSO, kind: 'sso', region: 'eu-central-1' },
    { name: 'broken', kind: 'process', region: null },
    { name: 'default', kind: 'region-only', region: 'us-east-1' },
    { name: 'elsewhere', kind: 'role', region: null },
    { name: 'keys', kind: 'keys', region: null },
  ]);
});

test.each(['profile', 'sso'] as const)(
  'a sign-in that is over, by %s: the exact command to renew it',
  async (kind) => {
    expect(await failureOf({ kind, profile: SSO })).toMatchObject({
      code: 'CREDENTIALS_EXPIRED',
      data: { command: `aws sso login --profile ${SSO}` },
    });
  },
);

test('a profile that cannot give credentials says what to look at', async () => {
  expect(await failureOf({ kind: 'process', profile: 'broken' }, 'us-east-1')).toMatchObject({
    code: 'CREDENTIALS_MISSING',
    data: { action: expect.stringContaining('credential_process') as string },
  });
  expect(await failureOf({ kind: 'profile', profile: 'nobody' }, 'us-east-1')).toMatchObject({
    code: 'CREDENTIALS_MISSING',
  });
});

test('a region comes from the profile, and its absence is named', async () => {
  const api = (profile: string) =>
    new S3Vectors({
      connection: { source: { kind: 'profile', profile }, region: null, endpoint: null },
      secrets: new MemorySecretStore(),
    });
  expect(await api(SSO).region()).toBe('eu-central-1');
  expect(await failureOf({ kind: 'profile', profile: 'keys' })).toMatchObject({
    code: 'CLOUD_REGION',
    data: { action: expect.stringContaining('"keys"') as string },
  });
});
