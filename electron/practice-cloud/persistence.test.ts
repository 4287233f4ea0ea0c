import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  DeleteVectorsCommand,
  GetIndexCommand,
  GetVectorBucketPolicyCommand,
  GetVectorsCommand,
  ListTagsForResourceCommand,
  ListVectorBucketsCommand,
  paginateListVectors,
  PutVectorBucketPolicyCommand,
  PutVectorsCommand,
  type S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clientOf,
  fan,
  makeIndex,
  putAll,
  startPractice,
  type IndexNames,
} from './fixtures/practice-client.ts';

const SCRIPT = path.join(import.meta.dirname, '..', '..', 'scripts', 's3vectors-local.ts');

let dataDir: string;
let children: ChildProcess[];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'vitrine-practice-'));
  children = [];
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

/** The command in a process of its own, over the test's folder. */
async function serve(): Promise<{ child: ChildProcess; client: S3VectorsClient }> {
  const args = [SCRIPT, '--data', dataDir, '--no-rate-limits'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const endpoint = /http:\/\/\S+/.exec(line)?.[0];
    if (endpoint !== undefined) return { child, client: clientOf(endpoint) };
  }
  throw new Error('The practice cloud ended before it served');
}

async function allKeys(client: S3VectorsClient, index: IndexNames): Promise<string[]> {
  const keys: string[] = [];
  for await (const { vectors = [] } of paginateListVectors({ client }, { ...index })) {
    keys.push(...vectors.map(({ key }) => key ?? ''));
  }
  return keys.toSorted();
}

describe('a cloud with a data folder', () => {
  it('has everything again after it was stopped', async () => {
    const before = await startPractice({ dataDir });
    const settings = {
      tags: { model: 'm' },
      metadataConfiguration: { nonFilterableMetadataKeys: ['title'] },
    };
    const index = await makeIndex(before.client, settings);
    const policy = '{"Version":"2012-10-17"}';
    await before.client.send(new PutVectorBucketPolicyCommand({ ...index, policy }));
    await putAll(before.client, index, fan(700));
    const metadata = { title: 'Größe ☂', list: [1, 'a', true] };
    const data = { float32: [-1e-45, 0.1] };
    await before.client.send(
      new PutVectorsCommand({ ...index, vectors: [{ key: 'k0001', data, metadata }] }),
    );
    await before.client.send(new DeleteVectorsCommand({ ...index, keys: ['k0000', 'k0699'] }));
    const { index: described } = await before.client.send(new GetIndexCommand(index));
    await before[Symbol.asyncDispose]();

    await using after = await startPractice({ dataDir });
    const { client } = after;
    expect((await client.send(new GetIndexCommand(index))).index).toEqual(described);
    expect((await client.send(new GetVectorBucketPolicyCommand(index))).policy).toBe(policy);
    const resourceArn = described?.indexArn;
    const tags = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags.tags).toEqual(settings.tags);
    expect(await allKeys(client, index)).toEqual(
      fan(700)
        .slice(1, 699)
        .map(({ key }) => key),
    );
    const { vectors } = await client.send(
      new GetVectorsCommand({ ...index, keys: ['k0001'], returnData: true, returnMetadata: true }),
    );
    const float32 = data.float32.map(Math.fround);
    expect(vectors).toEqual([{ key: 'k0001', data: { float32 }, metadata }]);
  });

  it('keeps what it answered, and no call by half, when it is killed at work', async () => {
    const { child, client } = await serve();
    const index = await makeIndex(client);
    const answered: number[] = [];
    const batchOf = (batch: number) =>
      fan(100).map(({ key, data }) => ({ key: `${batch}/${key}`, data }));
    let batch = 0;
    for (;;) {
      const sent = batch;
      batch += 1;
      if (sent === 25) setTimeout(() => child.kill('SIGKILL'), 3);
      try {
        await Promise.all(
          [0, 1].map(async (half) => {
            const vectors = batchOf(2 * sent + half);
            await client.send(new PutVectorsCommand({ ...index, vectors }));
            answered.push(2 * sent + half);
          }),
        );
      } catch {
        break;
      }
    }
    expect(answered.length).toBeGreaterThanOrEqual(50);

    const again = await serve();
    const kept = new Map<string, number>();
    for (const key of await allKeys(again.client, index)) {
      const of = key.split('/')[0] ?? '';
      kept.set(of, (kept.get(of) ?? 0) + 1);
    }
    expect([...kept.values()].every((count) => count === 100)).toBe(true);
    for (const one of answered) expect(kept.has(String(one))).toBe(true);
    expect(kept.size).toBeLessThanOrEqual(answered.length + 2);
  });

  it('ends in peace when asked to, and lets nobody else in before', async () => {
    const { child, client } = await serve();
    await client.send(new ListVectorBucketsCommand({}));
    await expect(startPractice({ dataDir })).rejects.toThrow('Another practice cloud uses');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    await using after = await startPractice({ dataDir });
    await after.client.send(new ListVectorBucketsCommand({}));
  });

  it('says so when its port is taken', async () => {
    await using first = await startPractice();
    const port = Number(new URL(first.cloud.endpoint).port);
    await expect(startPractice({ port })).rejects.toThrow('EADDRINUSE');
  });
});
