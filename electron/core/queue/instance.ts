import { randomUUID } from 'node:crypto';
import type { Db } from '../db/database.ts';
import type { JobStore } from './job-store.ts';

const HEARTBEAT_MS = 2_000;
/** Longer than any pause of a living process short of a suspended machine. */
const STALE_MS = 30_000;

/**
 * This process as an owner of jobs. A window and a command line may run jobs of one database; each
 * job belongs to one of them, and goes back into the queue when its owner is gone (kill -9 too).
 */
export class Instance {
  readonly id = randomUUID();
  readonly #db: Db;
  readonly #store: JobStore;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Db, store: JobStore) {
    this.#db = db;
    this.#store = store;
  }

  /** Registers this process and gives back the jobs of those that are gone; returns how many. */
  start(): number {
    this.#beat();
    const recovered = this.recoverJobs();
    this.#timer = setInterval(() => {
      try {
        this.#beat();
        this.recoverJobs();
      } catch {
        // A full disk or a busy database: one beat missed does no harm, and the runner's log tells.
      }
    }, HEARTBEAT_MS);
    this.#timer.unref();
    return recovered;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#store.recover([this.id]);
    this.#db.prepare('DELETE FROM instance WHERE id = ?').run(this.id);
  }

  /** Whether a process is registered that runs jobs: this one or another. */
  isAnyAlive(): boolean {
    const ids = this.#db.prepare<[], string>('SELECT id FROM instance').pluck().all();
    return ids.some((id) => this.#isAlive(id));
  }

  recoverJobs(): number {
    const gone = this.#store.owners().filter((owner) => owner !== this.id && !this.#isAlive(owner));
    if (gone.length === 0) return 0;
    const forget = this.#db.prepare('DELETE FROM instance WHERE id = ?');
    for (const owner of gone) forget.run(owner);
    return this.#store.recover(gone);
  }

  #beat(): void {
    this.#db
      .prepare(
        `INSERT INTO instance (id, pid, heartbeat_at) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at`,
      )
      .run(this.id, process.pid, Date.now());
  }

  #isAlive(owner: string): boolean {
    const row = this.#db
      .prepare<[string], { pid: number; heartbeat_at: number }>(
        'SELECT pid, heartbeat_at FROM instance WHERE id = ?',
      )
      .get(owner);
    if (row === undefined) return false;
    // The number alone is not enough: after a restart another program may have it.
    return isRunning(row.pid) && Date.now() - row.heartbeat_at < STALE_MS;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
