import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describeError, VitrineError } from '../errors.ts';
import { migrate } from './migrate.ts';

export type Db = Database.Database;

/**
 * Opens (creating and migrating if need be) the one database of a data folder.
 *
 * @throws VitrineError DATA_FOLDER_UNUSABLE when the folder cannot be written or the file is no database.
 */
export function openDatabase(dataDir: string): Db {
  const file = path.join(dataDir, 'vitrine.sqlite');
  try {
    mkdirSync(dataDir, { recursive: true });
    const db = new Database(file);
    configure(db);
    migrate(db, { backupFile: `${file}.backup` });
    return db;
  } catch (error) {
    throw new VitrineError(
      'DATA_FOLDER_UNUSABLE',
      `The data folder ${dataDir} cannot be used: ${describeError(error)}`,
      {
        action: 'Choose another with --data-dir or VITRINE_DATA_DIR.',
        subject: file,
        cause: error,
      },
    );
  }
}

/** A database that lives in memory, for tests. */
export function openMemoryDatabase(): Db {
  const db = new Database(':memory:');
  configure(db);
  migrate(db);
  return db;
}

function configure(db: Db): void {
  // The command line may read and write beside a running window.
  db.pragma('busy_timeout = 5000');
  db.pragma('journal_mode = WAL');
  // Safe against kill -9 in WAL mode; only a power cut may take the last transactions, never the file.
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
}
