import type { Migration } from './migration.ts';

/**
 * Problems say whether they are about the picture or the name, so that solving one leaves the other,
 * and may come from a drop, which no scan repeats. Vectors carry their catalog, so that counting them
 * reads one index. Jobs lose a priority that nobody gave.
 */
export const problemsByModality: Migration = {
  version: 15,
  up(db) {
    db.exec(`
      -- A CHECK cannot be changed in place (sqlite.org/lang_altertable.html, section 7).
      CREATE TABLE new_problem (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        catalog_id INTEGER NOT NULL REFERENCES catalog(id) ON DELETE CASCADE,
        item_id INTEGER REFERENCES item(id) ON DELETE CASCADE,
        stage TEXT NOT NULL CHECK (stage IN ('drop', 'scan', 'embed')),
        -- what could not be embedded; null for problems of other stages and of the whole catalog
        modality TEXT CHECK (modality IN ('image', 'text')),
        kind TEXT NOT NULL,
        severity TEXT NOT NULL CHECK (severity IN ('problem', 'notice')),
        item_key TEXT,
        file TEXT,
        line INTEGER,
        field TEXT,
        reason TEXT NOT NULL,
        action TEXT NOT NULL,
        raw TEXT,
        created_at INTEGER NOT NULL
      ) STRICT;
      INSERT INTO new_problem (id, catalog_id, item_id, stage, modality, kind, severity, item_key,
          file, line, field, reason, action, raw, created_at)
        SELECT id, catalog_id, item_id, stage,
          CASE WHEN stage = 'embed' THEN iif(kind LIKE 'name-%', 'text', 'image') END,
          kind, severity, item_key, file, line, field, reason, action, raw, created_at
        FROM problem ORDER BY id;
      DROP TABLE problem;
      ALTER TABLE new_problem RENAME TO problem;
      CREATE INDEX problem_by_catalog ON problem (catalog_id, severity, kind, id);
      CREATE INDEX problem_by_item ON problem (item_id) WHERE item_id IS NOT NULL;
      CREATE INDEX problem_by_modality ON problem (catalog_id, modality, item_id)
        WHERE modality IS NOT NULL;

      ALTER TABLE embedding ADD COLUMN catalog_id INTEGER; -- of the item, which never changes it
      UPDATE embedding
        SET catalog_id = (SELECT catalog_id FROM item WHERE item.id = embedding.item_id);
      CREATE INDEX embedding_by_catalog ON embedding (catalog_id, model_ref);

      DROP INDEX job_to_claim;
      ALTER TABLE job DROP COLUMN priority;
      CREATE INDEX job_to_claim ON job (state, kind, id);
    `);
  },
};
