import type { Migration } from './migration.ts';

/** The first schema. Times are milliseconds since 1970; paths are relative, forward slashes. */
export const initial: Migration = {
  version: 10,
  up(db) {
    db.exec(`
      CREATE TABLE catalog (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        root TEXT NOT NULL UNIQUE,
        is_sample INTEGER NOT NULL DEFAULT 0,
        options TEXT NOT NULL,              -- JSON ScanOptions, as the user gave them
        paused INTEGER NOT NULL DEFAULT 0,
        revision INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        -- what the last complete scan found
        preset TEXT,
        csv_files TEXT NOT NULL DEFAULT '[]',
        image_count INTEGER NOT NULL DEFAULT 0,
        row_count INTEGER NOT NULL DEFAULT 0,
        scanned_at INTEGER,
        scan_ms INTEGER
      ) STRICT;

      CREATE TABLE field (
        id INTEGER PRIMARY KEY,
        catalog_id INTEGER NOT NULL REFERENCES catalog(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        type TEXT NOT NULL CHECK (type IN ('string', 'number', 'boolean')),
        UNIQUE (catalog_id, name)
      ) STRICT;

      CREATE TABLE item (
        id INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused: pictures are addressed by it
        catalog_id INTEGER NOT NULL REFERENCES catalog(id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        name TEXT NOT NULL DEFAULT '',
        image_path TEXT,
        image_bytes INTEGER,
        image_mtime_ms REAL,
        -- 1 while the picture's content may differ from what was embedded: the scan sets it when size
        -- or time changed, embedding clears it (also when the picture is refused, with a problem)
        image_stale INTEGER NOT NULL DEFAULT 1,
        image_missing INTEGER NOT NULL DEFAULT 0,
        name_hash TEXT,                       -- SHA-256 (hex) of the name in UTF-8; null without a name
        metadata TEXT NOT NULL DEFAULT '{}',  -- JSON object of typed values
        row_file TEXT,
        row_line INTEGER,
        UNIQUE (catalog_id, key)
      ) STRICT;
      CREATE INDEX item_by_name ON item (catalog_id, name COLLATE NOCASE, id);

      -- One row a metadata value, for filters and facets. value has no type affinity, so 1 and '1'
      -- stay different; booleans are the blobs x'00' and x'01'. Lists give one row an element.
      CREATE TABLE item_field (
        field_id INTEGER NOT NULL REFERENCES field(id) ON DELETE CASCADE,
        value NOT NULL,
        item_id INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
        PRIMARY KEY (field_id, value, item_id)
      ) WITHOUT ROWID;
      CREATE INDEX item_field_by_item ON item_field (item_id, field_id);

      CREATE TABLE problem (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        catalog_id INTEGER NOT NULL REFERENCES catalog(id) ON DELETE CASCADE,
        item_id INTEGER REFERENCES item(id) ON DELETE CASCADE,
        stage TEXT NOT NULL CHECK (stage IN ('scan', 'embed')),
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
      CREATE INDEX problem_by_catalog ON problem (catalog_id, severity, kind, id);
      CREATE INDEX problem_by_item ON problem (item_id) WHERE item_id IS NOT NULL;

      CREATE TABLE model (
        ref INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        modality TEXT NOT NULL CHECK (modality IN ('image', 'text')),
        dimension INTEGER NOT NULL,
        UNIQUE (id, sha256)
      ) STRICT;

      -- The truth about vectors: float32 little endian, unit length. Indexes are caches of this.
      CREATE TABLE embedding (
        -- Written anew with every change and never given twice (REPLACE plus AUTOINCREMENT), so that a
        -- cache knows what it holds by this number alone, also when another process wrote it.
        version INTEGER PRIMARY KEY AUTOINCREMENT,
        item_id INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
        model_ref INTEGER NOT NULL REFERENCES model(ref),
        modality TEXT NOT NULL CHECK (modality IN ('image', 'text')),
        content_hash TEXT NOT NULL,           -- SHA-256 (hex) of the picture file or the name
        vector BLOB NOT NULL,
        UNIQUE (item_id, model_ref)
      ) STRICT;
      CREATE INDEX embedding_by_content ON embedding (model_ref, content_hash);

      CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        catalog_id INTEGER NOT NULL REFERENCES catalog(id) ON DELETE CASCADE,
        item_id INTEGER REFERENCES item(id) ON DELETE CASCADE,
        dedupe TEXT NOT NULL UNIQUE,          -- kind and what it is about: asking twice is one job
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
        priority INTEGER NOT NULL DEFAULT 0,  -- higher first
        attempts INTEGER NOT NULL DEFAULT 0,
        not_before INTEGER NOT NULL DEFAULT 0,
        owner TEXT,                           -- the instance that runs it
        last_error TEXT,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX job_to_claim ON job (state, kind, priority DESC, id);
      CREATE INDEX job_by_catalog ON job (catalog_id, kind, state);
      CREATE INDEX job_by_item ON job (item_id) WHERE item_id IS NOT NULL;

      -- Processes that may run jobs. A job whose owner is gone goes back into the queue.
      CREATE TABLE instance (
        id TEXT PRIMARY KEY,
        pid INTEGER NOT NULL,
        heartbeat_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    `);
  },
};
