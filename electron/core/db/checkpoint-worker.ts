import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Runs in a thread of its own: see checkpointer.ts. */
const EVERY_MS = 500;

const { file } = workerData as { file: string };
const db = new Database(file);
// PASSIVE never waits for readers or writers: what is in use now is for the next time.
const timer = setInterval(() => db.pragma('wal_checkpoint(PASSIVE)'), EVERY_MS);

parentPort?.once('message', () => {
  clearInterval(timer);
  db.close();
});
