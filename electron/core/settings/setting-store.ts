import type { z } from 'zod';
import type { Db } from '../db/database.ts';

/**
 * Settings as JSON by key, in the database: one file to back up, and the command line and a window
 * see each other's changes at once. What was written by another version and does not parse any more
 * counts as not set.
 */
export class SettingStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  read<T>(key: string, schema: z.ZodType<T>): T | null {
    const text = this.#db
      .prepare<[string], string>('SELECT value FROM setting WHERE key = ?')
      .pluck()
      .get(key);
    if (text === undefined) return null;
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  write(key: string, value: unknown): void {
    this.#db
      .prepare('REPLACE INTO setting (key, value) VALUES (?, ?)')
      .run(key, JSON.stringify(value));
  }

  remove(key: string): void {
    this.#db.prepare('DELETE FROM setting WHERE key = ?').run(key);
  }
}
