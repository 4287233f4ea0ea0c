import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Checkpointer } from './checkpointer.ts';
import { openDatabase, type Db } from './database.ts';

let dataDir: string;
let db: Db;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-checkpoint-'));
  db = openDatabase(dataDir);
});

afterEach(async () => {
  db.close();
  await rm(dataDir, { recursive: true, force: true });
});

const size = async () => (await stat(path.join(dataDir, 'vitrine.sqlite'))).size;

function write(count: number): void {
  const insert = db.prepare('REPLACE INTO setting (key, value) VALUES (?, ?)');
  for (let index = 0; index < count; index++) insert.run(`${index}`, 'x'.repeat(1000));
}

test('moves what is written into the database while the main thread writes on', async () => {
  const checkpointer = new Checkpointer(db, { log: () => undefined });
  const before = await size();
  write(500);
  await expect.poll(size, { timeout: 10_000 }).toBeGreaterThan(before + 400_000);
  write(10);
  await checkpointer.stop();
  expect(db.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(500);
});

test('a thread that cannot start leaves the work to SQLite, and says so', async () => {
  const messages: string[] = [];
  const checkpointer = new Checkpointer(db, {
    entry: path.join(dataDir, 'no-such-file.js'),
    log: (_level, message) => messages.push(message),
  });
  await checkpointer.stop();
  await delay(10);
  expect(messages).toEqual(['Checkpoints run in the main thread']);
  expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(1000);
});
