import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { migrate, MIGRATIONS } from './migrate.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-db-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

test('a new data folder gets the newest schema, and opening it again changes nothing', () => {
  const tables = (db: Database.Database) =>
    db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  const folder = path.join(dataDir, 'new', 'folder');
  const first = openDatabase(folder);
  expect(first.pragma('user_version', { simple: true })).toBe(MIGRATIONS.at(-1)?.version);
  const before = tables(first);
  first.close();
  const second = openDatabase(folder);
  expect(tables(second)).toEqual(before);
  second.close();
});

test('versions only grow', () => {
  const versions = MIGRATIONS.map((step) => step.version);
  expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
});

test('problems get their modality and vectors their catalog, and no row is lost', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, { target: 10 });
  db.exec(`
    INSERT INTO catalog (id, name, root, options, created_at) VALUES (7, 'c', '/c', '{}', 0);
    INSERT INTO item (id, catalog_id, key) VALUES (1, 7, 'a');
    INSERT INTO problem (id, catalog_id, item_id, stage, kind, severity, reason, action, created_at)
    VALUES (3, 7, NULL, 'scan', 'csv-empty', 'problem', 'r', 'a', 1),
           (5, 7, 1, 'embed', 'picture-truncated', 'problem', 'r', 'a', 2),
           (6, 7, 1, 'embed', 'name-unreadable', 'problem', 'r', 'a', 3),
           (9, 7, 1, 'scan', 'duplicate-key', 'notice', 'r', 'a', 4);
    DELETE FROM problem WHERE id = 9;
    INSERT INTO model VALUES (1, 'm', 'a', 'image', 1);
    INSERT INTO embedding VALUES (4, 1, 1, 'image', 'h', x'0000803F');
    INSERT INTO job (kind, catalog_id, item_id, dedupe, state, priority, updated_at)
    VALUES ('embed-image', 7, 1, 'embed-image:item 1', 'queued', 5, 0);`);
  migrate(db, { target: 15 });
  const problems = db.prepare('SELECT id, stage, modality, kind, created_at FROM problem').raw();
  expect(problems.all()).toEqual([
    [3, 'scan', null, 'csv-empty', 1],
    [5, 'embed', 'image', 'picture-truncated', 2],
    [6, 'embed', 'text', 'name-unreadable', 3],
  ]);
  expect(db.prepare('SELECT version, item_id, catalog_id FROM embedding').raw().all()).toEqual([
    [4, 1, 7],
  ]);
  expect(db.prepare('SELECT kind, state FROM job').raw().all()).toEqual([
    ['embed-image', 'queued'],
  ]);
  db.exec('DELETE FROM catalog');
  expect(problems.all()).toEqual([]);
});

test('a file of a newer Vitrine is left alone, saying so', () => {
  const db = new Database(':memory:');
  db.pragma('user_version = 100000');
  expect(() => migrate(db)).toThrow(/newer than this Vitrine knows/);
  expect(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0);
});

test('a file that is no database is named, with what to do', async () => {
  await writeFile(
    path.join(dataDir, 'vitrine.sqlite'),
    'This is not a database, but it is long enough.'.repeat(99),
  );
  expect(() => openDatabase(dataDir)).toThrow(
    expect.objectContaining({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringContaining(dataDir) as string,
      data: expect.objectContaining({
        action: expect.stringContaining('--data-dir') as string,
      }) as object,
    }),
  );
});
