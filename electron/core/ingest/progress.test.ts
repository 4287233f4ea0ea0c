import { afterEach, beforeEach, expect, test } from 'vitest';
import { CatalogRepository } from '../catalog/catalog-repository.ts';
import { ProblemRepository } from '../catalog/problem-repository.ts';
import { openMemoryDatabase, type Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import { JobStore } from '../queue/job-store.ts';
import { Progress } from './progress.ts';

let db: Db;
let store: JobStore;
let problems: ProblemRepository;
let progress: Progress;

beforeEach(() => {
  db = openMemoryDatabase();
  store = new JobStore(db);
  const catalogs = new CatalogRepository(db);
  problems = new ProblemRepository(db);
  progress = new Progress({ catalogs, problems, store });
  db.prepare(
    `INSERT INTO catalog (id, name, root, options, created_at, scanned_at) VALUES (1, 'c', '/c', '{}', 0, 1)`,
  ).run();
  const add = db.prepare(`INSERT INTO item (catalog_id, key, image_path) VALUES (1, ?, ?)`);
  for (let index = 0; index < 10; index++) add.run(`${index}`, `${index}.jpg`);
});

afterEach(() => db.close());

function pictures() {
  const [catalog] = progress.snapshot();
  const { state, done, failed, total } = catalog!.stages.find(({ stage }) => stage === 'image')!;
  return { catalog: catalog!.state, state, done, failed, total };
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
  expect(pictures()).toEqual({
    catalog: 'running',
    state: 'waiting',
    done: 0,
    failed: 0,
    total: 10,
  });
});

test('counts what is left against all that have a picture', () => {
  queueAll();
  finish(4);
  expect(pictures()).toMatchObject({ catalog: 'running', done: 4, total: 10 });
  finish(6);
  expect(pictures()).toEqual({ catalog: 'idle', state: 'done', done: 10, failed: 0, total: 10 });
});

test('a cancelled catalog is paused short of its end, not done', () => {
  queueAll();
  finish(4);
  db.prepare('UPDATE catalog SET paused = 1').run();
  store.cancel(1);
  expect(pictures()).toEqual({ catalog: 'paused', state: 'paused', done: 4, failed: 0, total: 10 });
});

test('pictures embedded elsewhere count as done', () => {
  expect(pictures()).toEqual({ catalog: 'idle', state: 'done', done: 10, failed: 0, total: 10 });
});

test('an empty file, which has a problem but never had a job, is failed and not done', () => {
  const empty = db.prepare<[], number>(`SELECT id FROM item WHERE key = '3'`).pluck().get()!;
  db.prepare('DELETE FROM item WHERE id > ?').run(empty);
  problems.add({
    catalogId: 1,
    itemId: empty,
    itemKey: '3',
    stage: 'embed',
    modality: 'image',
    kind: 'picture-empty',
    severity: 'problem',
    file: '3.jpg',
    line: null,
    field: null,
    reason: 'Not a picture: 0 bytes',
    action: 'Copy the file again',
    raw: null,
  });
  const idle = { catalog: 'idle', state: 'done', done: 3, failed: 1, total: 4 };
  expect(pictures()).toEqual(idle);
  store.enqueue([{ kind: 'embed-image', catalogId: 1, itemId: 1 }], 1);
  expect(pictures()).toMatchObject({ done: 2, failed: 1, total: 4 });
  finish(1);
  expect(pictures()).toEqual(idle);
});

test('a plan that was given up on leaves nothing called done that is not', () => {
  store.enqueue([{ kind: 'plan', catalogId: 1 }], 1);
  const [plan] = store.claim('plan', { limit: 1, owner: 'me', now: 2 });
  store.fail(plan!.id, { error: 'disk full', now: 3 });
  expect(pictures()).toMatchObject({ catalog: 'failed', done: 0, total: 10 });
  expect(progress.snapshot()[0]?.obstacle).toMatchObject({ code: 'INTERNAL' });
});

test('what is known of a catalog goes with it', () => {
  progress.noteObstacle(1, new VitrineError('FOLDER_NOT_FOUND', 'gone'), 'plan');
  progress.keepOnly(new Set([1]));
  expect(progress.snapshot()[0]?.obstacle?.message).toBe('gone');
  progress.keepOnly(new Set());
  expect(progress.snapshot()[0]?.obstacle).toBeNull();
});
