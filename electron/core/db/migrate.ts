import type Database from 'better-sqlite3';
import { initial } from './migrations/0010-initial.ts';
import { problemsByModality } from './migrations/0015-problems-by-modality.ts';
import { cloud } from './migrations/0020-cloud.ts';
import { itemsWithout } from './migrations/0025-items-without.ts';
import { collections } from './migrations/0030-collections.ts';
import { agreedDeletions } from './migrations/0036-agreed-deletions.ts';
import type { Migration } from './migrations/migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  initial,
  problemsByModality,
  cloud,
  itemsWithout,
  collections,
  agreedDeletions,
];

/**
 * Brings the schema to `target` (the newest by default), one transaction a step.
 *
 * @throws Error when the file was written by a newer Vitrine.
 */
export function migrate(
  db: Database.Database,
  options: { target?: number; backupFile?: string } = {},
): void {
  const current = db.pragma('user_version', { simple: true }) as number;
  const newest = MIGRATIONS.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new Error(
      `its schema ${current} is newer than this Vitrine knows (${newest}): update Vitrine`,
    );
  }
  const target = options.target ?? newest;
  const pending = MIGRATIONS.filter((step) => step.version > current && step.version <= target);
  if (pending.length > 0 && current > 0 && options.backupFile !== undefined) {
    db.prepare('VACUUM INTO ?').run(freshName(options.backupFile, current));
  }
  for (const step of pending) {
    // IMMEDIATE and a second look: a window and a command line may start at the same moment.
    db.transaction(() => {
      if ((db.pragma('user_version', { simple: true }) as number) >= step.version) return;
      step.up(db);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
}

function freshName(file: string, version: number): string {
  return `${file}-${version}-${Date.now()}`;
}
