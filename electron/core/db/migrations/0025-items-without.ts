import type { Migration } from './migration.ts';

/**
 * Items without a picture and items without a name can be counted and found without walking the
 * catalog: all others are in neither index.
 */
export const itemsWithout: Migration = {
  version: 25,
  up(db) {
    db.exec(`
      CREATE INDEX item_without_picture ON item (catalog_id) WHERE image_path IS NULL;
      CREATE INDEX item_without_name ON item (catalog_id) WHERE name_hash IS NULL;
    `);
  },
};
