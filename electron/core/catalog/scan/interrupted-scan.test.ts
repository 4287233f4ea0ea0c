import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Db } from '../../db/database.ts';
import { openDatabase, openMemoryDatabase } from '../../db/database.ts';
import { CatalogRepository } from '../catalog-repository.ts';
import { scanCatalog } from './scan-catalog.ts';

const ITEMS = 3000;
const OPTIONS = { preset: 'auto', csv: {} } as const;

/** Scans catalog 1 of a data folder and kills its own process, without warning, at the nth write. */
const CHILD = `
  const { openDatabase } = await import(process.env.DATABASE);
  const { scanCatalog } = await import(process.env.SCAN);
  const db = openDatabase(process.env.DATA_DIR);
  let writes = 0;
  db.function('note_write', () => {
    if (++writes === Number(process.env.AT_WRITE)) process.kill(process.pid, 'SIGKILL');
    return null;
  });
  for (const action of ['INSERT', 'UPDATE']) {
    db.exec(\`CREATE TEMP TRIGGER on_\${action} AFTER \${action} ON main.item
             BEGIN SELECT note_write(); END\`);
  }
  await scanCatalog(db, 1);
`;

async function makeFolder(): Promise<{ root: string; dataDir: string }> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-kill-'));
  onTestFinished(async () => rm(dir, { recursive: true, force: true }));
  const root = path.join(dir, 'pictures');
  await mkdir(root);
  await writeTable(root, 'first');
  for (let n = 0; n < ITEMS; n++) await writeFile(path.join(root, `${n}.jpg`), `picture ${n}`);
  return { root, dataDir: path.join(dir, 'data') };
}

async function writeTable(root: string, version: string): Promise<void> {
  const rows = Array.from({ length: ITEMS * 2 }, (_, n) => `${n},Name ${n} ${version},${n % 9}`);
  await writeFile(path.join(root, 'table.csv'), `id,name,group\n${rows.join('\n')}\n`);
}

/** Starts a scan in a process of its own that is killed in the middle of its nth write of an item. */
async function scanAndKill(dataDir: string, atWrite: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DATA_DIR: dataDir,
      AT_WRITE: String(atWrite),
      DATABASE: new URL('../../db/database.ts', import.meta.url).href,
      SCAN: new URL('scan-catalog.ts', import.meta.url).href,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'exit');
  return child.signalCode;
}

function contentOf(db: Db): unknown {
  const all = (sql: string) => db.prepare(sql).raw().all();
  return {
    items: all(`SELECT key, name, name_hash, metadata, row_file, row_line, image_path, image_bytes,
      image_mtime_ms, image_stale FROM item ORDER BY key`),
    values: all(`SELECT item.key, field.name, value FROM item_field
      JOIN item ON item.id = item_id JOIN field ON field.id = field_id ORDER BY 1, 2`),
    problems: all(`SELECT stage, kind, file, line, reason FROM problem ORDER BY 1, 2, 3, 4, 5`),
    fields: all(`SELECT position, name, type FROM field ORDER BY position`),
  };
}

test('a scan killed at any moment is finished by the next one, as if nothing had happened', async () => {
  const { root, dataDir } = await makeFolder();
  const db = openDatabase(dataDir);
  onTestFinished(() => void db.close());
  new CatalogRepository(db).create({ root, isSample: false, options: OPTIONS });
  const counts: number[] = [];
  for (const [at, write] of [700, 1800, 700, 1800].entries()) {
    // From the third on, there is a complete state that a killed scan must not spoil.
    if (at === 2) {
      await scanCatalog(db, 1);
      await writeTable(root, 'second');
    }
    expect(await scanAndKill(dataDir, write)).toBe('SIGKILL');
    counts.push(db.prepare<[], number>(`SELECT count(*) FROM item`).pluck().get()!);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  }
  // It did hit them in the middle of the work, and took no item away.
  expect(counts[0]).toBeGreaterThan(0);
  expect(counts[0]).toBeLessThan(ITEMS);
  expect(counts.slice(2)).toEqual([ITEMS, ITEMS]);
  await scanCatalog(db, 1);

  const fresh = openMemoryDatabase();
  onTestFinished(() => void fresh.close());
  new CatalogRepository(fresh).create({ root, isSample: false, options: OPTIONS });
  await scanCatalog(fresh, 1);
  expect(contentOf(db)).toEqual(contentOf(fresh));
});
