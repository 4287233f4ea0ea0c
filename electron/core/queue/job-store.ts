import type { Statement } from 'better-sqlite3';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';

export type JobKind = 'scan' | 'plan' | 'embed-image' | 'embed-text' | 'publish';

/** Jobs that run although their catalog is paused: pausing is about embedding. */
const UNPAUSED = `job.kind IN ('scan', 'publish')`;

/** A claimed job. Its payload is only what it is about: whoever runs it reads the state again. */
export interface Job {
  readonly id: number;
  readonly kind: JobKind;
  readonly catalogId: number;
  readonly itemId: number | null;
  /** How often it has been started, this time included. */
  readonly attempts: number;
}

export interface NewJob {
  readonly kind: JobKind;
  readonly catalogId: number;
  readonly itemId?: number;
}

export interface JobCounts {
  readonly queued: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
}

const NO_JOBS: JobCounts = { queued: 0, running: 0, done: 0, failed: 0 };

/** The queue at rest: one row a job, unique by what it is about. */
export class JobStore {
  readonly #db: Db;
  #endStatement: Statement | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Queues jobs in one transaction. A job that waits already stays as it is; one that is done or
   * failed starts over. A scan or plan that runs may be past what is new: it runs once more. Returns
   * how many were queued.
   */
  enqueue(jobs: Iterable<NewJob>, now: number): number {
    const insert = this.#db.prepare(`
      INSERT INTO job (kind, catalog_id, item_id, dedupe, state, updated_at)
      VALUES (@kind, @catalogId, @itemId, @dedupe, 'queued', @now)
      ON CONFLICT (dedupe) DO UPDATE SET
        state = 'queued', attempts = 0, not_before = 0, last_error = NULL,
        updated_at = excluded.updated_at
      WHERE job.state IN ('done', 'failed')`);
    // While a job runs, `not_before` is 0 unless it was asked for again meanwhile.
    const runAgain = this.#db.prepare(
      `UPDATE job SET not_before = @now WHERE dedupe = @dedupe AND state = 'running'`,
    );
    return this.#db
      .transaction(() => {
        let queued = 0;
        for (const { kind, catalogId, itemId } of jobs) {
          const dedupe = `${kind}:${itemId === undefined ? `catalog ${catalogId}` : `item ${itemId}`}`;
          const { changes } = insert.run({
            kind,
            catalogId,
            itemId: itemId ?? null,
            dedupe,
            now,
          });
          queued += changes;
          // A unit job looks again by itself before it writes.
          if (changes === 0 && itemId === undefined) runAgain.run({ dedupe, now });
        }
        return queued;
      })
      .immediate();
  }

  /**
   * Takes up to `limit` due jobs of a kind, in the order they came, whose catalog is not among
   * `exceptCatalogs`. A paused catalog is still scanned and published when asked.
   */
  claim(
    kind: JobKind,
    options: { limit: number; owner: string; now: number; exceptCatalogs?: readonly number[] },
  ): Job[] {
    const rows = prepared<unknown[], Job>(
      this.#db,
      `UPDATE job SET state = 'running', owner = @owner, attempts = attempts + 1,
           not_before = 0, updated_at = @now
         WHERE id IN (
           SELECT job.id FROM job JOIN catalog ON catalog.id = job.catalog_id
           WHERE job.state = 'queued' AND job.kind = @kind AND job.not_before <= @now
             AND (catalog.paused = 0 OR ${UNPAUSED})
             AND job.catalog_id NOT IN (SELECT value FROM json_each(@except))
           ORDER BY job.id LIMIT @limit)
         RETURNING id, kind, catalog_id AS catalogId, item_id AS itemId, attempts`,
    ).all({ kind, ...options, except: JSON.stringify(options.exceptCatalogs ?? []) });
    return rows.toSorted((a, b) => a.id - b.id);
  }

  finish(id: number, now: number): void {
    this.#end(id, { state: 'done', error: null, now });
  }

  fail(id: number, options: { error: string; now: number }): void {
    this.#end(id, { ...options, state: 'failed' });
  }

  #end(id: number, ending: { state: 'done' | 'failed'; error: string | null; now: number }): void {
    // Prepared once: a batch ends hundreds of jobs in one turn of the event loop.
    this.#endStatement ??= this.#db.prepare(
      `UPDATE job SET state = iif(not_before > 0, 'queued', @state),
         attempts = iif(not_before > 0, 0, attempts),
         owner = NULL, last_error = @error, updated_at = @now WHERE id = @id`,
    );
    this.#endStatement.run({ id, ...ending });
  }

  /** Puts a job back; it is due again at `notBefore`. */
  putBack(
    id: number,
    options: { error: string | null; notBefore: number; countAttempt: boolean },
  ): void {
    this.#db
      .prepare(
        `UPDATE job SET state = 'queued', owner = NULL, last_error = ?, not_before = ?,
           attempts = attempts - ? WHERE id = ?`,
      )
      .run(options.error, options.notBefore, options.countAttempt ? 0 : 1, id);
  }

  /** Gives back what these owners were running when they ended; returns how many jobs. */
  recover(owners: readonly string[]): number {
    const update = this.#db.prepare(
      `UPDATE job SET state = 'queued', owner = NULL WHERE state = 'running' AND owner = ?`,
    );
    return this.#db.transaction(() =>
      owners.reduce((n, owner) => n + update.run(owner).changes, 0),
    )();
  }

  /** Who holds running jobs. */
  owners(): string[] {
    return this.#db
      .prepare<[], string>(
        `SELECT DISTINCT owner FROM job WHERE state = 'running' AND owner IS NOT NULL`,
      )
      .pluck()
      .all();
  }

  /** Whether somebody, in whichever process, is at a job of this kind. */
  isRunning(kind: JobKind): boolean {
    return (
      this.#db
        .prepare<[string], number>(`SELECT 1 FROM job WHERE state = 'running' AND kind = ? LIMIT 1`)
        .pluck()
        .get(kind) !== undefined
    );
  }

  /**
   * Forgets the ingest of a catalog that has not started, and a plan that runs, so that it plans no
   * more. Units and scans under way are finished.
   */
  cancel(catalogId: number): number {
    this.#db
      .prepare(`UPDATE job SET not_before = 0 WHERE catalog_id = ? AND state = 'running'`)
      .run(catalogId);
    return this.#db
      .prepare(`DELETE FROM job WHERE catalog_id = ? AND kind <> 'publish'
           AND (state = 'queued' OR kind = 'plan')`)
      .run(catalogId).changes;
  }

  /** Whether a job that was claimed is still wanted. */
  stands(id: number): boolean {
    return (
      this.#db
        .prepare<[number], number>(`SELECT 1 FROM job WHERE id = ? AND state = 'running'`)
        .pluck()
        .get(id) !== undefined
    );
  }

  counts(catalogId: number, kind: JobKind): JobCounts {
    const rows = this.#db
      .prepare<unknown[], { state: keyof JobCounts; n: number }>(
        `SELECT state, count(*) AS n FROM job WHERE catalog_id = ? AND kind = ? GROUP BY state`,
      )
      .all(catalogId, kind);
    return rows.reduce((counts, { state, n }) => ({ ...counts, [state]: n }), NO_JOBS);
  }

  lastError(catalogId: number, kind: JobKind): string | null {
    return (
      this.#db
        .prepare<unknown[], string | null>(
          `SELECT last_error FROM job WHERE catalog_id = ? AND kind = ? AND last_error IS NOT NULL
           ORDER BY updated_at DESC LIMIT 1`,
        )
        .pluck()
        .get(catalogId, kind) ?? null
    );
  }

  /**
   * When the next waiting job of a kind is due; null when none waits outside `exceptCatalogs` in a
   * catalog that is not paused.
   */
  nextDueAt(kind: JobKind, exceptCatalogs: readonly number[] = []): number | null {
    return (
      this.#db
        .prepare<unknown[], number | null>(
          `SELECT min(job.not_before) FROM job JOIN catalog ON catalog.id = job.catalog_id
           WHERE job.state = 'queued' AND job.kind = ?
             AND (catalog.paused = 0 OR ${UNPAUSED})
             AND job.catalog_id NOT IN (SELECT value FROM json_each(?))`,
        )
        .pluck()
        .get(kind, JSON.stringify(exceptCatalogs)) ?? null
    );
  }

  /**
   * Whether a job is running, or waits in a catalog that is not paused. Stops at the first: counting
   * takes 13 ms where 70,000 wait, and who waits for the queue asks twenty times a second.
   */
  hasPending(kinds: readonly JobKind[], catalogId?: number): boolean {
    const inCatalog = catalogId === undefined ? '' : 'AND job.catalog_id = @catalogId';
    const pending = this.#db.prepare<unknown[], number>(
      `SELECT 1 FROM job JOIN catalog ON catalog.id = job.catalog_id
       WHERE job.state = @state AND job.kind = @kind ${inCatalog}
         AND (job.state = 'running' OR catalog.paused = 0 OR ${UNPAUSED})
       LIMIT 1`,
    );
    // One transaction sees one state: another process may move a job between two looks.
    return this.#db.transaction(() =>
      kinds.some((kind) =>
        ['running', 'queued'].some(
          (state) => pending.get({ kind, state, catalogId: catalogId ?? null }) !== undefined,
        ),
      ),
    )();
  }
}
