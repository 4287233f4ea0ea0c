import type { Migration } from './migration.ts';

/** What is published where: links to indexes in the cloud and the ledger of what they hold. */
export const cloud: Migration = {
  version: 20,
  up(db) {
    db.exec(`
      CREATE TABLE cloud_link (
        catalog_id INTEGER PRIMARY KEY REFERENCES catalog(id) ON DELETE CASCADE,
        bucket TEXT NOT NULL,
        region TEXT,                       -- where the indexes were when they were linked
        endpoint TEXT,
        columns TEXT NOT NULL,             -- JSON MetadataColumn[]
        encryption TEXT,                   -- JSON Encryption, for indexes still to be made
        is_creating INTEGER NOT NULL,      -- whether indexes that are not there may be made
        -- whether the user said yes to indexes that do not tell which model made their vectors
        is_model_assumed INTEGER NOT NULL,
        -- 'wanted' from the yes until everything is sent, so that a killed process goes on
        publishing TEXT NOT NULL DEFAULT 'idle' CHECK (publishing IN ('idle', 'wanted', 'paused')),
        linked_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE cloud_index (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        catalog_id INTEGER NOT NULL REFERENCES cloud_link(catalog_id) ON DELETE CASCADE,
        modality TEXT NOT NULL CHECK (modality IN ('image', 'text')),
        name TEXT NOT NULL,
        model_ref INTEGER NOT NULL REFERENCES model(ref),
        -- as the service told; null until it was asked
        index_created_at INTEGER,
        non_filterable TEXT,               -- JSON string[]
        UNIQUE (catalog_id, modality)
      ) STRICT;

      -- What an index holds, as far as this computer was told: one row an acknowledged vector. A
      -- refused version stays here with the service's reason, so that it is not sent again unchanged.
      CREATE TABLE ledger (
        index_id INTEGER NOT NULL REFERENCES cloud_index(id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        model_ref INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        metadata_hash TEXT NOT NULL,
        acknowledged_at INTEGER,           -- null: refused, and nothing under this key in the index
        refused TEXT,
        PRIMARY KEY (index_id, key)
      ) STRICT, WITHOUT ROWID;

      -- Requests that were sent and not answered yet. What a process leaves here when it is killed is
      -- looked up in the index before it is sent again.
      CREATE TABLE in_doubt (
        id INTEGER PRIMARY KEY,
        index_id INTEGER NOT NULL REFERENCES cloud_index(id) ON DELETE CASCADE,
        keys TEXT NOT NULL                 -- JSON string[]
      ) STRICT;
      CREATE INDEX in_doubt_by_index ON in_doubt (index_id);
    `);
    allowPublishProblems(db);
  },
};

/** SQLite cannot change a CHECK: the table is written anew, with whatever columns it has by now. */
function allowPublishProblems(db: Parameters<Migration['up']>[0]): void {
  const objects = db
    .prepare<[], { type: string; sql: string | null }>(
      `SELECT type, sql FROM sqlite_master WHERE tbl_name = 'problem'`,
    )
    .all();
  const table = objects.find(({ type }) => type === 'table')?.sql ?? '';
  const widened = table.replace(
    /CHECK \(stage IN \(([^)]*)\)\)/,
    (_, stages: string) => `CHECK (stage IN (${stages}, 'publish'))`,
  );
  if (widened === table) throw new Error('the table of problems is not as it was made');
  db.exec(widened.replace(/CREATE TABLE "?problem"?/, 'CREATE TABLE problem_next'));
  db.exec('INSERT INTO problem_next SELECT * FROM problem');
  db.exec('DROP TABLE problem');
  db.exec('ALTER TABLE problem_next RENAME TO problem');
  for (const { type, sql } of objects) if (type !== 'table' && sql !== null) db.exec(sql);
}
