import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { BucketSettings, Index, IndexSettings } from './resources.ts';
import type { VectorRecord } from './vector-index.ts';

const FILE = 'practice-cloud.sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, settings TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS vector_index (
    id INTEGER PRIMARY KEY,
    bucket TEXT NOT NULL REFERENCES bucket (name),
    settings TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS vector (
    index_id INTEGER NOT NULL REFERENCES vector_index (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    data BLOB NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (index_id, key)
  );
`;

/**
 * The account on disk. A call is written in one transaction before it is answered, so whoever kills
 * the process finds every answered call again, and none by half.
 */
export class Journal {
  readonly #db: Database.Database;
  readonly #put: (id: number, records: readonly VectorRecord[]) => void;
  readonly #delete: (id: number, keys: readonly string[]) => void;

  /** @throws Error when the folder cannot be used, or another practice cloud uses it. */
  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    const db = new Database(path.join(dataDir, FILE), { timeout: 1000 });
    try {
      // Two processes over one file would answer from two different memories.
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('journal_mode = WAL');
      // A killed process loses nothing by it; only a power cut may, and this is practice.
      db.pragma('synchronous = OFF');
      db.pragma('foreign_keys = ON');
      db.exec(SCHEMA);
    } catch (error) {
      db.close();
      if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
      throw new Error(
        `Another practice cloud uses ${dataDir}: stop it, or choose another data folder`,
        { cause: error },
      );
    }
    const put = db.prepare(
      `INSERT INTO vector (index_id, key, data, metadata) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET data = excluded.data, metadata = excluded.metadata`,
    );
    const remove = db.prepare('DELETE FROM vector WHERE index_id = ? AND key = ?');
    this.#db = db;
    this.#put = db.transaction((id: number, records: readonly VectorRecord[]) => {
      for (const { key, data, metadata } of records) {
        const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
        put.run(id, key, bytes, JSON.stringify(metadata));
      }
    });
    this.#delete = db.transaction((id: number, keys: readonly string[]) => {
      for (const key of keys) remove.run(id, key);
    });
  }

  buckets(): BucketSettings[] {
    const rows = this.#db.prepare<[], string>('SELECT settings FROM bucket').pluck().all();
    return rows.map((row) => JSON.parse(row));
  }

  indexes(): { id: number; bucket: string; settings: IndexSettings }[] {
    const rows = this.#db
      .prepare<[], { id: number; bucket: string; settings: string }>(
        'SELECT id, bucket, settings FROM vector_index',
      )
      .all();
    return rows.map((row) => ({ ...row, settings: JSON.parse(row.settings) }));
  }

  *vectors(indexId: number): Generator<VectorRecord> {
    const rows = this.#db
      .prepare<[number], { key: string; data: Buffer; metadata: string }>(
        'SELECT key, data, metadata FROM vector WHERE index_id = ? ORDER BY rowid',
      )
      .iterate(indexId);
    for (const { key, data, metadata } of rows) {
      // Copied: a Buffer of a pool may not be aligned to four bytes.
      yield { key, data: new Float32Array(data.slice().buffer), metadata: JSON.parse(metadata) };
    }
  }

  saveBucket(settings: BucketSettings): void {
    this.#db
      .prepare(
        'INSERT INTO bucket VALUES (?, ?) ON CONFLICT DO UPDATE SET settings = excluded.settings',
      )
      .run(settings.name, JSON.stringify(settings));
  }

  deleteBucket(name: string): void {
    this.#db.prepare('DELETE FROM bucket WHERE name = ?').run(name);
  }

  saveIndex({ id, bucket, settings }: Pick<Index, 'id' | 'bucket' | 'settings'>): void {
    this.#db
      .prepare(
        'INSERT INTO vector_index VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET settings = excluded.settings',
      )
      .run(id, bucket, JSON.stringify(settings));
  }

  /** Its vectors go with it. */
  deleteIndex(id: number): void {
    this.#db.prepare('DELETE FROM vector_index WHERE id = ?').run(id);
  }

  putVectors(indexId: number, records: readonly VectorRecord[]): void {
    this.#put(indexId, records);
  }

  deleteVectors(indexId: number, keys: readonly string[]): void {
    this.#delete(indexId, keys);
  }

  close(): void {
    this.#db.close();
  }
}
