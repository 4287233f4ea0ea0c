import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareKeys } from '../../../shared/rrf.ts';
import { CASE_ITEMS, FILTER_CASES } from './fixtures/filter-cases.ts';

const jar =
  process.env['VITRINE_S3MOCK_JAR'] ??
  path.join(process.env['VITRINE_TEST_DATA'] ?? '../shared', 'tools/s3mock/s3mock-5.2.0-exec.jar');
const canRun = existsSync(jar) && spawnSync('java', ['-version']).status === 0;

describe.skipIf(!canRun)('the same cases on S3Mock (skipped without its jar or Java)', () => {
  let mock: ChildProcess;
  let address: string;
  const index = { vectorBucketName: 'filters', indexName: 'cases' };
  const data = { float32: [1, 1] };

  const call = async (
    operation: string,
    body: object,
  ): Promise<{ vectors?: { key: string }[] }> => {
    const response = await fetch(`${address}/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };

  beforeAll(async () => {
    const port = 20_000 + (process.pid % 20_000);
    address = `http://127.0.0.1:${port}`;
    const ports = ['--server.port=0', '--http.port=0', `--vectors.http.port=${port}`];
    mock = spawn('java', ['-Xmx256m', '-jar', jar, ...ports, '--vectors.https.port=0'], {
      env: { ...process.env, SPRING_PROFILES_ACTIVE: 'vectors' },
      stdio: 'ignore',
    });
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const isUp = await call('CreateVectorBucket', index).then(
        () => true,
        () => false,
      );
      if (isUp) break;
      await setTimeout(250);
    }
    const settings = { dimension: 2, dataType: 'float32', distanceMetric: 'cosine' };
    await call('CreateIndex', { ...index, ...settings });
    const vectors = Object.entries(CASE_ITEMS).map(([key, metadata]) => ({ key, data, metadata }));
    await call('PutVectors', { ...index, vectors });
  });

  afterAll(() => {
    mock.kill('SIGKILL');
  });

  it.each(FILTER_CASES.map((one) => [JSON.stringify(one.filter), one] as const))(
    '%s',
    async (_json, { filter, matches, mock: differing }) => {
      const query = { ...index, topK: 100, queryVector: data, filter };
      const { vectors = [] } = await call('QueryVectors', query);
      const found = vectors.map(({ key }) => key).toSorted(compareKeys);
      expect(found.join('')).toBe(differing?.matches ?? matches);
    },
  );
});
