import { createHash } from 'node:crypto';
import type { Metadata, Primitive } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';

export interface FixtureItem {
  readonly key: string;
  readonly name?: string;
  readonly imagePath?: string | null;
  readonly metadata?: Metadata;
}

/** Writes a catalog as a scan would leave it. Returns the item ids by key. For tests. */
export function addCatalog(
  db: Db,
  items: readonly FixtureItem[],
  { name = 'Shop', root = `/catalogs/${name}` }: { name?: string; root?: string } = {},
): { catalogId: number; ids: Record<string, number> } {
  const catalogId = Number(
    db
      .prepare("INSERT INTO catalog (name, root, options, created_at) VALUES (?, ?, '{}', 0)")
      .run(name, root).lastInsertRowid,
  );
  return { catalogId, ids: db.transaction(() => addItems(db, catalogId, items))() };
}

/** Adds items to a catalog that is there. Raises the revision, as every change of items does. */
export function addItems(
  db: Db,
  catalogId: number,
  items: readonly FixtureItem[],
): Record<string, number> {
  const insertItem = db.prepare(
    `INSERT INTO item (catalog_id, key, name, image_path, image_bytes, image_mtime_ms, name_hash, metadata)
     VALUES (?, ?, ?, ?, 1000, 1700000000000.5, ?, ?)`,
  );
  const insertValue = db.prepare('INSERT OR IGNORE INTO item_field VALUES (?, ?, ?)');
  const ids: Record<string, number> = {};
  for (const { key, name = '', imagePath = `${key}.jpg`, metadata = {} } of items) {
    const nameHash = name === '' ? null : createHash('sha256').update(name).digest('hex');
    const json = JSON.stringify(metadata);
    const { lastInsertRowid } = insertItem.run(catalogId, key, name, imagePath, nameHash, json);
    ids[key] = Number(lastInsertRowid);
    for (const [field, value] of Object.entries(metadata)) {
      for (const element of Array.isArray(value) ? value : [value]) {
        const fieldId = fieldIdOf(db, catalogId, { field, value: element });
        const stored = typeof element === 'boolean' ? Buffer.of(element ? 1 : 0) : element;
        insertValue.run(fieldId, stored, lastInsertRowid);
      }
    }
  }
  db.prepare('UPDATE catalog SET revision = revision + 1 WHERE id = ?').run(catalogId);
  return ids;
}

function fieldIdOf(
  db: Db,
  catalogId: number,
  { field, value }: { field: string; value: Primitive },
): number {
  db.prepare(
    `INSERT INTO field (catalog_id, position, name, type)
     VALUES (?, (SELECT count(*) FROM field WHERE catalog_id = ?), ?, ?) ON CONFLICT DO NOTHING`,
  ).run(catalogId, catalogId, field, typeof value);
  return Number(
    db
      .prepare('SELECT id FROM field WHERE catalog_id = ? AND name = ?')
      .pluck()
      .get(catalogId, field),
  );
}
