import Database from 'better-sqlite3';
import type { ProblemKind, ProblemSeverity } from '../../../../shared/contract/problems.ts';

/** A problem of the scan before it is stored. Either `fileId` (an item) or `itemKey` may be known. */
export interface FoundProblem {
  readonly kind: ProblemKind;
  readonly severity: ProblemSeverity;
  readonly fileId?: number | undefined;
  readonly itemKey?: string | undefined;
  /** Relative to the root. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly field?: string | undefined;
  readonly reason: string;
  readonly action: string;
  readonly raw?: string | undefined;
}

// A file of ten million rows without pictures must not put ten million notices into the database.
export const STORED_PER_KIND = 100_000;
const RAW_LENGTH = 1000;

/**
 * What a scan has found so far: a private SQLite file of the system's temporary folder that vanishes
 * with the process. So memory stays flat, other connections never wait for a half-read folder, and
 * being killed leaves nothing behind.
 */
export class Scratch {
  readonly db: Database.Database;
  readonly problemCounts = new Map<ProblemKind, number>();
  readonly #addProblem: Database.Statement;
  #transactionRows = 0;

  constructor() {
    // An empty name is SQLite's private temporary database (sqlite.org/inmemorydb.html).
    this.db = new Database('');
    this.db.pragma('temp_store = FILE');
    this.db.pragma('journal_mode = OFF');
    this.db.pragma('synchronous = OFF');
    this.db.pragma('cache_size = -32000');
    this.db.exec(`
      CREATE TABLE file (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,     -- as on disk, forward slashes
        -- tables made on other systems write names in another case
        path_nfc TEXT NOT NULL COLLATE NOCASE,
        name_nfc TEXT NOT NULL COLLATE NOCASE, -- last part of the path
        stem_nfc TEXT NOT NULL COLLATE NOCASE,
        depth INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        mtime_ms REAL NOT NULL,
        key TEXT,                      -- of the item, once assigned
        wanted INTEGER NOT NULL DEFAULT 1,
        sample_hash INTEGER
      ) STRICT;
      CREATE INDEX file_in_order ON file (depth, path);
      CREATE INDEX file_by_path ON file (path_nfc);
      CREATE INDEX file_by_name ON file (name_nfc, depth, path);
      CREATE INDEX file_by_stem ON file (stem_nfc, depth, path);

      CREATE TABLE csv (path TEXT PRIMARY KEY, depth INTEGER NOT NULL) STRICT;
      CREATE TABLE unreadable (folder TEXT PRIMARY KEY) STRICT;

      CREATE TABLE row (
        file_id INTEGER NOT NULL,
        table_no INTEGER NOT NULL,
        line INTEGER NOT NULL,
        key TEXT,                      -- where a column gives the item's key
        name TEXT,
        cells TEXT NOT NULL,           -- JSON array of strings
        PRIMARY KEY (file_id, table_no)
      ) STRICT;

      -- Keys of rows, to tell duplicates.
      CREATE TABLE seen (
        part INTEGER NOT NULL, key TEXT NOT NULL, table_no INTEGER NOT NULL, line INTEGER NOT NULL,
        PRIMARY KEY (part, key)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE taken (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      CREATE TABLE kept (item_id INTEGER PRIMARY KEY) STRICT;

      CREATE TABLE problem (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL, severity TEXT NOT NULL, file_id INTEGER, item_key TEXT,
        file TEXT NOT NULL, line INTEGER NOT NULL, field TEXT,
        reason TEXT NOT NULL, action TEXT NOT NULL, raw TEXT
      ) STRICT;
      CREATE INDEX problem_in_order ON problem (severity, kind, file, line, id);
    `);
    this.#addProblem = this.db.prepare(
      `INSERT INTO problem (kind, severity, file_id, item_key, file, line, field, reason, action, raw)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.db.exec('BEGIN');
  }

  /** Call it now and then while writing: without a journal, one endless transaction keeps all dirty. */
  written(rows: number): void {
    this.#transactionRows += rows;
    if (this.#transactionRows < 20_000) return;
    this.#transactionRows = 0;
    this.db.exec('COMMIT; BEGIN');
  }

  /** Counts a problem, and keeps it unless there are very many of its kind. */
  report(problem: FoundProblem): void {
    const count = (this.problemCounts.get(problem.kind) ?? 0) + 1;
    this.problemCounts.set(problem.kind, count);
    if (count > STORED_PER_KIND) return;
    const isLastStored = count === STORED_PER_KIND;
    this.#addProblem.run(
      problem.kind,
      problem.severity,
      problem.fileId ?? null,
      problem.itemKey ?? null,
      problem.file ?? '',
      problem.line ?? 0,
      problem.field ?? null,
      isLastStored
        ? `${problem.reason} (more of this kind follow and are only counted)`
        : problem.reason,
      problem.action,
      problem.raw?.slice(0, RAW_LENGTH) ?? null,
    );
    this.written(1);
  }

  close(): void {
    this.db.close();
  }
}
