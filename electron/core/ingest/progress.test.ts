import { afterEach, beforeEach, expect, test } from 'vitest';
import { CatalogRepository } from '../catalog/catalog-repository.ts';
import { ProblemRepository } from '../catalog/problem-repository.ts';
import { openMemoryDatabase, type Db } from '../db/database.ts';
import { JobStore } from '../queue/job-store.ts';
import { Progress } from './progress.ts';

let db: Db;
let store: JobStore;
let progress: Progress;

beforeEach(() => {
  db = openMemoryDatabase();
  store = new JobStore(db);
  const catalogs = new CatalogRepository(db);
  progress = new Progress({ catalogs, problems: new ProblemRepository(db), store });
  db.prepare(
    `INSERT INTO catalog (id, name, root, options, created_at, scanned_at) VALUES (1, 'c', '/c', '{}', 0, 1)`,
  ).run();
  const add = db.prepare(`INSERT INTO item (catalog_id, key, image_path) VALUES (1, ?, ?)`);
  for (let index = 0; index < 10; index++) add.run(`${index}`, `${index}.jpg`);
});

afterEach(() => db.close());

function pictures() {
  const [catalog] = progress.snapshot();
  const { state, done, total } = catalog!.stages.find(({ stage }) => stage === 'image')!;
  return { catalog: catalog!.state, state, done, total };
}

function queueAll(): void {
  const ids = db.prepare<[], number>('SELECT id FROM item').pluck().all();
  store.enqueue(
    ids.map((itemId) => ({ kind: 'embed-image', catalogId: 1, itemId })),
    1,
  );
}

function finish(count: number): void {
  for (const job of store.claim('embed-image', { limit: count, owner: 'me', now: 2 })) {
    store.finish(job.id, 2);
  }
}

test('nothing is called done before it is planned', () => {
  store.enqueue([{ kind: 'plan', catalogId: 1 }], 1);
  expect(pictures()).toEqual({ catalog: 'running', state: 'waiting', done: 0, total: 10 });
});

test('counts what is left against all that have a picture', () => {
  queueAll();
  finish(4);
  expect(pictures()).toMatchObject({ catalog: 'running', done: 4, total: 10 });
  finish(6);
  expect(pictures()).toEqual({ catalog: 'idle', state: 'done', done: 10, total: 10 });
});

test('a cancelled catalog is paused short of its end, not done', () => {
  queueAll();
  finish(4);
  db.prepare('UPDATE catalog SET paused = 1').run();
  store.cancel(1);
  expect(pictures()).toEqual({ catalog: 'paused', state: 'paused', done: 4, total: 10 });
});

test('pictures embedded elsewhere count as done', () => {
  expect(pictures()).toEqual({ catalog: 'idle', state: 'done', done: 10, total: 10 });
});
