import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Log } from '../ports.ts';
import type { Db } from './database.ts';

/** Where the thread's file lies in a checkout; a bundle says where its own lies. */
const SOURCE = new URL('checkpoint-worker.ts', import.meta.url);
/** 200 MB: while the thread works, the main one never gets there; without it, it helps itself. */
const BACKSTOP_PAGES = 50_000;

/**
 * Moves what was written from the write-ahead log into the database in a thread of its own. SQLite
 * would do it inside a commit, where its fsync held the main thread for 30 ms and more (measured).
 */
export class Checkpointer {
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;

  constructor(db: Db, { entry = SOURCE, log }: { entry?: URL | string | undefined; log: Log }) {
    db.pragma(`wal_autocheckpoint = ${BACKSTOP_PAGES}`);
    this.#worker = new Worker(entry, { workerData: { file: db.name } });
    this.#worker.unref();
    this.#worker.on('error', (error) => {
      db.pragma('wal_autocheckpoint = 1000');
      log('warn', 'Checkpoints run in the main thread', { error: error.message });
    });
    this.#ended = once(this.#worker, 'exit').catch(() => undefined);
  }

  /** Ends the thread; closing the last connection writes what is left. */
  async stop(): Promise<void> {
    // Waiting for it must keep the process alive, which the thread alone does not.
    this.#worker.ref();
    this.#worker.postMessage('stop');
    await this.#ended;
  }
}
