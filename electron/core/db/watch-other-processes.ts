import type { Db } from './database.ts';

const EVERY_MS = 1_000;

/** The command line may change the database beside a window: SQLite tells by its data version. */
export function watchOtherProcesses(db: Db, onChange: () => void): NodeJS.Timeout {
  let seen = db.pragma('data_version', { simple: true });
  const timer = setInterval(() => {
    const version = db.pragma('data_version', { simple: true });
    if (version !== seen) onChange();
    seen = version;
  }, EVERY_MS);
  timer.unref();
  return timer;
}
