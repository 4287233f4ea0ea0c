import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  startPracticeCloud,
  type PracticeCloud,
} from '../../electron/practice-cloud/start-practice-cloud.ts';
import { startCommand, type Finished } from '../support/command-line.ts';
import {
  canMakeCertificates,
  startCompanyNetwork,
  type CompanyNetwork,
} from '../support/company-network.ts';
import { temporaryFolder } from '../support/test-app.ts';

describe.skipIf(!canMakeCertificates)('in a company (skipped without openssl)', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let practice: PracticeCloud;
  let network: CompanyNetwork;

  beforeAll(async () => {
    folder = await temporaryFolder();
    practice = await startPracticeCloud();
    network = await startCompanyNetwork(folder.path, practice);
    const { endpoint } = network;
    const connection = ['--source', 'environment', '--endpoint', endpoint, '--region', 'us-east-1'];
    expect((await run(['cloud', 'connect', ...connection])).code).toBe(0);
  });
  beforeEach(() => void (network.connected as string[]).splice(0));
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
    await practice?.stop();
    await folder?.[Symbol.asyncDispose]();
  });

  function run(args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'any' };
    const none = { HTTPS_PROXY: '', https_proxy: '', NO_PROXY: '', no_proxy: '' };
    return startCommand(folder.path, args, { env: { ...keys, ...none, ...env } }).finished;
  }

  test('requests go through the proxy, and its certificate is trusted when it is named', async () => {
    const env = { HTTPS_PROXY: network.proxy, NODE_EXTRA_CA_CERTS: network.certificate };
    const made = await run(['cloud', 'buckets', 'create', 'company-shop'], env);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const listed = await run(['cloud', 'buckets', 'list', '--json'], env);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'company-shop' }]);
    expect(network.connected).toEqual(Array(2).fill('s3vectors.company.test:443'));
  });

  test('a certificate that nobody vouches for is refused, saying how to name it', async () => {
    const refused = await run(['cloud', 'buckets', 'list'], { HTTPS_PROXY: network.proxy });
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('NODE_EXTRA_CA_CERTS');
    expect(network.connected.length).toBeGreaterThan(0);
  });

  test('whoever lends a role is asked through it too', async () => {
    const config = path.join(folder.path, 'aws-config');
    await writeFile(
      config,
      `[profile staff]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = any
[profile shop]
role_arn = arn:aws:iam::123456789012:role/shop
source_profile = staff
region = us-east-1
`,
    );
    const env = { AWS_CONFIG_FILE: config, HTTPS_PROXY: network.proxy };
    const dataDir = path.join(folder.path, 'with-a-role');
    const asRole = (args: string[]) => startCommand(dataDir, args, { env }).finished;
    await asRole(['cloud', 'connect', '--profile', 'shop', '--endpoint', network.endpoint]);
    expect((await asRole(['cloud', 'buckets', 'list'])).code).not.toBe(0);
    expect(network.connected).toContain('sts.us-east-1.amazonaws.com:443');
  });

  test('what NO_PROXY names is asked without it', async () => {
    const env = {
      HTTPS_PROXY: network.proxy,
      NO_PROXY: '.company.test',
      NODE_EXTRA_CA_CERTS: network.certificate,
    };
    const failed = await run(['cloud', 'buckets', 'list'], env);
    expect(failed.code).not.toBe(0);
    expect(network.connected).toEqual([]);
  });
});
