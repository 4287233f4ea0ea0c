import type Database from 'better-sqlite3';

/** One step of the schema, forward only. Numbers are spaced so that branches can fit between. */
export interface Migration {
  readonly version: number;
  readonly up: (db: Database.Database) => void;
}
