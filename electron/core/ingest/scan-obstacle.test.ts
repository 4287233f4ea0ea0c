import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scanOptionsSchema } from '../../../shared/contract/catalog.ts';
import { CatalogRepository } from '../catalog/catalog-repository.ts';
import { ProblemRepository } from '../catalog/problem-repository.ts';
import { openMemoryDatabase } from '../db/database.ts';
import { JobRunner } from '../queue/job-runner.ts';
import { JobStore } from '../queue/job-store.ts';
import { Progress } from './progress.ts';
import { createScanJob } from './scan-job.ts';
import { readScanObstacle } from './scan-obstacle.ts';

test('what a scan failed of is told with its own code and action, until a scan succeeds', async () => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'vitrine-obstacle-'));
  const db = openMemoryDatabase();
  const store = new JobStore(db);
  const problems = new ProblemRepository(db);
  const handler = createScanJob({ db, problems, store, onProgress() {}, onScanned() {} });
  const runner = new JobRunner({ db, store, owner: 'me', handlers: [handler], log() {} });
  onTestFinished(async () => {
    await runner.stop();
    db.close();
    await rm(root, { recursive: true, force: true });
  });
  await writeFile(path.join(root, 'products.csv'), 'sku,title\n1,Red\n');
  const catalogs = new CatalogRepository(db);
  const options = scanOptionsSchema.parse({ csv: { keyColumn: 'nosuch' } });
  const { id } = catalogs.create({ root, isSample: false, options });
  const obstacle = () => {
    // A fresh one each time, as after a restart.
    const progress = new Progress({ catalogs, problems, store });
    return progress.snapshot()[0]?.obstacle;
  };
  const scan = async () => {
    store.enqueue([{ kind: 'scan', catalogId: id }], Date.now());
    runner.kick();
    await runner.whenIdle();
  };
  runner.start();

  await scan();
  expect(obstacle()).toEqual({
    code: 'CSV_INVALID',
    message: 'products.csv has no column "nosuch". Its columns are: sku, title',
    action: 'Name one of these columns.',
  });

  catalogs.setOptions(id, scanOptionsSchema.parse({ csv: { keyColumn: 'sku' } }));
  await scan();
  expect(obstacle()).toBeNull();
});

test('an unexpected error is told as it is', () => {
  expect(readScanObstacle('database or disk is full')).toEqual({
    code: 'INTERNAL',
    message: 'The scan failed: database or disk is full.',
    action: 'Scan again.',
  });
});
