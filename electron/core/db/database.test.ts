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
