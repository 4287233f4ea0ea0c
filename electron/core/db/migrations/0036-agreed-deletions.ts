import type { Migration } from './migration.ts';

/** The yes to deleting a notable share of an index outlives the process it was given to. */
export const agreedDeletions: Migration = {
  version: 36,
  up(db) {
    db.exec(`
      -- JSON { image, text }: so many vectors may be deleted; null without a yes of its own
      ALTER TABLE cloud_link ADD COLUMN agreed_deletions TEXT`);
  },
};
