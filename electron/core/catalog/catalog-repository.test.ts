import { expect, test } from 'vitest';
import { openMemoryDatabase } from '../db/database.ts';
import { CatalogRepository } from './catalog-repository.ts';

const OPTIONS = { preset: 'auto', csv: {} } as const;

function repository() {
  const db = openMemoryDatabase();
  const catalogs = new CatalogRepository(db);
  const add = (root: string, name?: string) =>
    catalogs.create({ root, name, isSample: false, options: OPTIONS });
  return { db, catalogs, add };
}

test('a catalog is stored as given and found by name, number and folder', () => {
  const { catalogs, add } = repository();
  const shoes = add('/pictures/shoes');
  expect(shoes).toEqual({
    id: 1,
    name: 'shoes',
    root: '/pictures/shoes',
    isSample: false,
    options: OPTIONS,
    paused: false,
    revision: 0,
    preset: null,
    csvFiles: [],
    imageCount: 0,
    rowCount: 0,
    scannedAt: null,
    scanMs: null,
  });
  for (const wanted of ['shoes', 'SHOES', '1']) expect(catalogs.find(wanted)).toEqual(shoes);
  expect(catalogs.findByRoot('/pictures/shoes')).toEqual(shoes);
  expect(catalogs.findByRoot('/pictures')).toBeUndefined();
});

test('names are unique: a derived one gets a number, a given one is refused', () => {
  const { catalogs, add } = repository();
  add('/a/shoes');
  expect([add('/b/shoes').name, add('/c/Shoes').name]).toEqual(['shoes 2', 'Shoes 3']);
  expect(() => add('/d', 'SHOES')).toThrow('A catalog named "shoes" exists already');
  expect(() => add('/a/shoes', 'other')).toThrow('/a/shoes is the catalog "shoes" already');
  expect(() => catalogs.rename(1, 'shoes 2')).toThrow('A catalog named "shoes 2" exists already');
  catalogs.rename(1, 'Shoes');
  catalogs.rename(2, 'Boots');
  expect(catalogs.list().map((catalog) => catalog.name)).toEqual(['Boots', 'Shoes', 'Shoes 3']);
});

test('a name that is a number goes before the number of a catalog', () => {
  const { catalogs, add } = repository();
  add('/a/x');
  add('/a/1');
  expect(catalogs.find('1').root).toBe('/a/1');
});

test('what is not there is refused, naming what is', () => {
  const { catalogs, add } = repository();
  expect(() => catalogs.get(7)).toThrow('No catalog number 7: there is none yet');
  add('/a/x');
  add('/a/y');
  expect(() => catalogs.find('z')).toThrow('No catalog "z". There is: x, y.');
  expect(() => catalogs.setPaused(9, true)).toThrow(/No catalog number 9/);
  expect(() => catalogs.bumpRevision(9)).toThrow(/No catalog number 9/);
});

test('pause, revision and options are kept', () => {
  const { catalogs, add } = repository();
  const { id } = add('/a/x');
  catalogs.setPaused(id, true);
  expect([catalogs.bumpRevision(id), catalogs.bumpRevision(id)]).toEqual([1, 2]);
  catalogs.setOptions(id, { preset: 'csv', csv: { delimiter: ';' } });
  expect(catalogs.get(id)).toMatchObject({
    paused: true,
    revision: 2,
    options: { preset: 'csv', csv: { delimiter: ';' } },
  });
});

test('a removed catalog is gone at once, all its rows soon, and its folder is free again', async () => {
  const { db, catalogs, add } = repository();
  const gone = fill(db, add('/a/gone').id);
  const kept = fill(db, add('/a/kept').id);
  const removal = catalogs.remove(gone);
  expect(catalogs.list().map((catalog) => catalog.name)).toEqual(['kept']);
  expect(() => catalogs.get(gone)).toThrow(/No catalog/);
  expect(() => catalogs.find(String(gone))).toThrow(/No catalog/);
  expect(add('/a/gone').name).toBe('gone');
  await removal;
  const owners = (table: string) =>
    db.prepare(`SELECT DISTINCT catalog_id FROM ${table} ORDER BY 1`).pluck().all();
  for (const table of ['item', 'problem', 'job', 'field']) expect(owners(table)).toEqual([kept]);
  expect(db.prepare(`SELECT count(*) FROM item_field`).pluck().get()).toBe(1000);
});

test('a removal that was cut short is finished later', async () => {
  const { db, catalogs, add } = repository();
  const { id } = add('/a/gone');
  fill(db, id);
  const removal = catalogs.remove(id);
  // What a crash leaves: the mark, and the rows that no slice has taken yet.
  expect(db.prepare(`SELECT count(*) FROM item`).pluck().get()).toBeGreaterThan(0);
  await catalogs.resumeRemovals();
  await removal;
  expect(db.prepare(`SELECT count(*) FROM catalog`).pluck().get()).toBe(0);
  expect(db.prepare(`SELECT count(*) FROM item`).pluck().get()).toBe(0);
});

test('finishing removals stops when Vitrine does, and goes on at the next start', async () => {
  const { db, catalogs, add } = repository();
  const { id } = add('/a/gone');
  fill(db, id);
  db.prepare(`UPDATE catalog SET name = 'removed:1', root = 'removed:1'`).run();
  await expect(catalogs.resumeRemovals(AbortSignal.abort())).rejects.toThrow(/abort/);
  expect(db.prepare(`SELECT count(*) FROM item`).pluck().get()).toBe(1000);
  await catalogs.resumeRemovals();
  expect(db.prepare(`SELECT count(*) FROM catalog`).pluck().get()).toBe(0);
});

function fill(db: ReturnType<typeof openMemoryDatabase>, catalogId: number): number {
  db.transaction(() => {
    const field = db
      .prepare(`INSERT INTO field (catalog_id, position, name, type) VALUES (?, 0, 'a', 'string')`)
      .run(catalogId).lastInsertRowid;
    for (let n = 0; n < 1000; n++) {
      const item = db
        .prepare(`INSERT INTO item (catalog_id, key) VALUES (?, ?)`)
        .run(catalogId, `k${n}`).lastInsertRowid;
      db.prepare(`INSERT INTO item_field (field_id, value, item_id) VALUES (?, ?, ?)`).run(
        field,
        `v${n % 10}`,
        item,
      );
    }
    db.prepare(
      `INSERT INTO job (kind, catalog_id, dedupe, state, updated_at) VALUES ('scan', ?, ?, 'queued', 0)`,
    ).run(catalogId, `scan:${catalogId}`);
    db.prepare(
      `INSERT INTO problem (catalog_id, stage, kind, severity, reason, action, created_at)
       VALUES (?, 'scan', 'csv-empty', 'problem', '', '', 0)`,
    ).run(catalogId);
  })();
  return catalogId;
}
