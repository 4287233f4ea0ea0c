import type { Migration } from './migration.ts';

/**
 * What users gather. Items are remembered by their keys, which outlive a scan: an item that leaves
 * the catalog and comes back is in its collections still.
 */
export const collections: Migration = {
  version: 30,
  up(db) {
    db.exec(`
      CREATE TABLE collection (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        catalog_id INTEGER NOT NULL REFERENCES catalog(id) ON DELETE CASCADE,
        name TEXT NOT NULL COLLATE NOCASE,
        revision INTEGER NOT NULL DEFAULT 0, -- grows with every change of its items
        created_at INTEGER NOT NULL,
        UNIQUE (catalog_id, name)
      ) STRICT;

      CREATE TABLE collection_item (
        collection_id INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        position INTEGER NOT NULL,           -- from 0, without gaps
        added_at INTEGER NOT NULL,
        PRIMARY KEY (collection_id, key)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
