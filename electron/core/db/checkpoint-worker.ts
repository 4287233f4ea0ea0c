import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Runs in a thread of its own: see checkpointer.ts. */
const EVERY_MS = 500;
/** While others write without a pause. */
const AT_LEAST_EVERY_MS = 20_000;

const { file } = workerData as { file: string };
const db = new Database(file);
let seen: unknown;
let checkpointedAt = performance.now();

/**
 * The first write after a complete checkpoint begins the log anew and waits for the disk to have its
 * header, in whatever thread it is made. So the log is emptied when nobody writes, and seldom otherwise.
 */
const timer = setInterval(() => {
  const version = db.pragma('data_version', { simple: true });
  const isWritten = version !== seen;
  seen = version;
  if (isWritten && performance.now() - checkpointedAt < AT_LEAST_EVERY_MS) return;
  // PASSIVE never waits for readers or writers: what is in use now is for the next time.
  db.pragma('wal_checkpoint(PASSIVE)');
  checkpointedAt = performance.now();
}, EVERY_MS);

parentPort?.once('message', () => {
  clearInterval(timer);
  db.close();
});
