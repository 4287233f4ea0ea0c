import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../db/database.ts';
import { assertNever, describeError } from '../errors.ts';
import type { Log } from '../ports.ts';
import type { Job, JobKind, JobStore } from './job-store.ts';

/** What became of one job. Throwing instead is a bug path: logged, tried again with backoff. */
export type JobOutcome =
  | {
      readonly status: 'done';
      /** There was nothing to do (any more): no work to be proud of. */
      readonly hadNothingToDo?: boolean;
    }
  | { readonly status: 'failed'; readonly error: string; readonly isGivenUp?: boolean }
  | { readonly status: 'retry'; readonly error: string; readonly afterMs?: number }
  /** Not this job's fault: all jobs of its kind wait (a model is missing). */
  | {
      readonly status: 'blocked';
      readonly error: string;
      readonly pauseMs: number;
      /** Only those of its catalog wait (a drive is unplugged). */
      readonly isCatalogOnly?: boolean;
    };

/** Whether the job will not run again. */
export function isSettled(outcome: JobOutcome | undefined): boolean {
  return outcome?.status === 'done' || outcome?.status === 'failed';
}

export interface BatchResult {
  /** One outcome a job, in order. */
  readonly outcomes: readonly JobOutcome[];
  /** Writes the results, in the transaction that also marks the jobs: both happen, or neither. */
  readonly commit?: () => void;
  /** Told once that transaction holds. */
  readonly onCommitted?: () => void;
}

export interface JobHandler {
  readonly kind: JobKind;
  /** How many jobs one call takes. */
  readonly batchSize: number;
  /** How many calls run at once. */
  readonly concurrency: number;
  run(jobs: readonly Job[], options: { signal: AbortSignal }): Promise<BatchResult>;
  /**
   * Tells the user of a job that failed too often to be tried again by itself; called in the
   * transaction that ends it.
   */
  giveUp(job: Job, error: string): void;
}

export interface JobRunnerOptions {
  readonly db: Db;
  readonly store: JobStore;
  readonly owner: string;
  readonly handlers: readonly JobHandler[];
  readonly log: Log;
  /** Called after every batch, with what it did. */
  readonly onBatch?: (batch: FinishedBatch) => void;
}

export interface FinishedBatch {
  readonly kind: JobKind;
  readonly jobs: readonly Job[];
  /** One a job, in order. */
  readonly outcomes: readonly JobOutcome[];
  readonly ms: number;
}

const MAX_ATTEMPTS = 5;
const FIRST_RETRY_MS = 500;
/** Another process may queue jobs; it cannot wake this one. */
const POLL_MS = 1_000;

interface Lane {
  readonly handler: JobHandler;
  inFlight: number;
  blockedUntil: number;
  /** Until when the jobs of single catalogs wait. */
  readonly blockedCatalogs: Map<number, number>;
}

/** Runs the jobs of the queue: claims in batches, retries with backoff, stops cleanly. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #lanes: readonly Lane[];
  readonly #running = new Set<Promise<void>>();
  #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #started = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    this.#lanes = options.handlers.map((handler) => ({
      handler,
      inFlight: 0,
      blockedUntil: 0,
      blockedCatalogs: new Map(),
    }));
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#abort = new AbortController();
    this.kick();
  }

  /** Stops claiming, aborts what runs, waits for it; its jobs go back into the queue. */
  async stop(): Promise<void> {
    this.#started = false;
    clearTimeout(this.#timer);
    this.#abort.abort();
    await Promise.allSettled(this.#running);
    this.#options.store.recover([this.#options.owner]);
  }

  /** Looks for work now. Called after enqueueing, after every batch and by the timer. */
  kick(): void {
    if (!this.#started) return;
    clearTimeout(this.#timer);
    let wakeAt = Date.now() + POLL_MS;
    try {
      wakeAt = Math.min(wakeAt, this.#claimDue());
    } catch (error) {
      // A full disk, or a process that holds the database for long, may pass: the timer looks again.
      this.#options.log('error', 'No jobs could be taken', { error: describeError(error) });
    }
    this.#timer = setTimeout(() => this.kick(), Math.max(0, wakeAt - Date.now()));
  }

  /** Starts what is due and has room; returns when there may be more. */
  #claimDue(): number {
    const now = Date.now();
    let wakeAt = Number.POSITIVE_INFINITY;
    for (const lane of this.#lanes) {
      if (lane.blockedUntil > now) {
        wakeAt = Math.min(wakeAt, lane.blockedUntil);
        continue;
      }
      const exceptCatalogs = catalogsBlocked(lane, now);
      while (lane.inFlight < lane.handler.concurrency) {
        const jobs = this.#options.store.claim(lane.handler.kind, {
          limit: lane.handler.batchSize,
          owner: this.#options.owner,
          now,
          exceptCatalogs,
        });
        if (jobs.length === 0) break;
        this.#runBatch(lane, jobs);
      }
      if (lane.inFlight === 0) {
        const dueAt = this.#options.store.nextDueAt(lane.handler.kind, exceptCatalogs);
        if (dueAt !== null) wakeAt = Math.min(wakeAt, Math.max(dueAt, now + 10));
      }
    }
    return wakeAt;
  }

  /**
   * Resolves when no job of these kinds (all this process runs, by default) waits or runs; paused
   * catalogs do not count. With `catalogId` and `isBlockedEnough` also when all that is left of that
   * catalog is blocked.
   */
  async whenIdle(
    options: {
      kinds?: readonly JobKind[];
      catalogId?: number;
      isBlockedEnough?: boolean;
      signal?: AbortSignal;
    } = {},
  ): Promise<void> {
    const { catalogId, signal } = options;
    const all = options.kinds ?? this.#lanes.map((lane) => lane.handler.kind);
    for (;;) {
      if (signal?.aborted === true) return;
      const kinds =
        options.isBlockedEnough === true
          ? all.filter((kind) => !this.#isBlocked(kind, catalogId))
          : all;
      if (!this.#options.store.hasPending(kinds, catalogId)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Lets a blocked kind try again at once, after the user has mended the cause. */
  unblock(): void {
    for (const lane of this.#lanes) {
      lane.blockedUntil = 0;
      lane.blockedCatalogs.clear();
    }
    this.kick();
  }

  #isBlocked(kind: JobKind, catalogId: number | undefined): boolean {
    const now = Date.now();
    const lane = this.#lanes.find(({ handler }) => handler.kind === kind);
    if (lane === undefined) return false;
    const untilOfCatalog = catalogId === undefined ? 0 : (lane.blockedCatalogs.get(catalogId) ?? 0);
    return lane.inFlight === 0 && Math.max(lane.blockedUntil, untilOfCatalog) > now;
  }

  #runBatch(lane: Lane, jobs: readonly Job[]): void {
    lane.inFlight += 1;
    const batch = this.#settleBatch(lane, jobs).finally(() => {
      lane.inFlight -= 1;
      this.#running.delete(batch);
      this.kick();
    });
    this.#running.add(batch);
  }

  async #settleBatch(lane: Lane, jobs: readonly Job[]): Promise<void> {
    const { db, store, log, onBatch } = this.#options;
    const { kind } = lane.handler;
    const startedAt = performance.now();
    let result: BatchResult;
    try {
      result = await lane.handler.run(jobs, { signal: this.#abort.signal });
    } catch (error) {
      if (this.#abort.signal.aborted) return; // stop() gives the jobs back
      log('error', `${kind} jobs threw`, { error: describeError(error), jobs: jobs.length });
      result = { outcomes: jobs.map(() => ({ status: 'retry', error: describeError(error) })) };
    }
    if (this.#abort.signal.aborted && result.commit === undefined) return;
    const now = Date.now();
    let outcomes: readonly JobOutcome[];
    try {
      outcomes = jobs.map((job, index) => limitTries(job, result.outcomes[index]));
      db.transaction(() => {
        result.commit?.();
        for (const [index, job] of jobs.entries()) {
          const outcome = outcomes[index]!;
          settle({ store, handler: lane.handler }, { job, outcome, now });
          if (outcome.status === 'blocked') block(lane, { job, outcome, now });
        }
      }).immediate();
      result.onCommitted?.();
    } catch (error) {
      const message = describeError(error);
      log('error', `${kind} results could not be written`, { error: message, jobs: jobs.length });
      outcomes = await this.#putBack(lane, jobs, message);
    }
    onBatch?.({ kind, jobs, outcomes, ms: performance.now() - startedAt });
  }

  /** What kept results from being written may keep this from it too: the lane waits until it passes. */
  async #putBack(lane: Lane, jobs: readonly Job[], error: string): Promise<readonly JobOutcome[]> {
    const { db, store, log } = this.#options;
    const outcomes = jobs.map((job) => limitTries(job, { status: 'retry', error }));
    while (!this.#abort.signal.aborted) {
      try {
        const now = Date.now();
        db.transaction(() => {
          for (const [index, job] of jobs.entries()) {
            settle({ store, handler: lane.handler }, { job, outcome: outcomes[index]!, now });
          }
        }).immediate();
        break;
      } catch (cause) {
        log('error', 'Jobs could not be put back', { error: describeError(cause) });
        // stop() gives them back.
        await delay(POLL_MS, undefined, { signal: this.#abort.signal }).catch(() => undefined);
      }
    }
    return outcomes;
  }
}

/** What failed too often fails for good. */
function limitTries(job: Job, outcome: JobOutcome | undefined): JobOutcome {
  if (outcome === undefined) throw new Error(`Job ${job.id} got no outcome`);
  if (outcome.status !== 'retry' || job.attempts < MAX_ATTEMPTS) return outcome;
  return { status: 'failed', error: outcome.error, isGivenUp: true };
}

function block(
  lane: Lane,
  options: { job: Job; outcome: Extract<JobOutcome, { status: 'blocked' }>; now: number },
): void {
  const { job, outcome, now } = options;
  const until = now + outcome.pauseMs;
  if (outcome.isCatalogOnly === true) lane.blockedCatalogs.set(job.catalogId, until);
  else lane.blockedUntil = until;
}

/** Catalogs whose jobs wait now; forgets those whose time is up. */
function catalogsBlocked(lane: Lane, now: number): number[] {
  for (const [catalogId, until] of lane.blockedCatalogs) {
    if (until <= now) lane.blockedCatalogs.delete(catalogId);
  }
  return [...lane.blockedCatalogs.keys()];
}

function settle(
  { store, handler }: { store: JobStore; handler: JobHandler },
  { job, outcome, now }: { job: Job; outcome: JobOutcome; now: number },
): void {
  switch (outcome.status) {
    case 'done':
      return store.finish(job.id, now);
    case 'failed':
      if (outcome.isGivenUp === true) handler.giveUp(job, outcome.error);
      return store.fail(job.id, { error: outcome.error, now });
    case 'retry': {
      const afterMs = outcome.afterMs ?? FIRST_RETRY_MS * 2 ** (job.attempts - 1);
      return store.putBack(job.id, {
        error: outcome.error,
        notBefore: now + afterMs,
        countAttempt: true,
      });
    }
    case 'blocked':
      // The lane waits, not the job: what unblocks the lane lets the job go at once.
      return store.putBack(job.id, { error: outcome.error, notBefore: 0, countAttempt: false });
    default:
      return assertNever(outcome);
  }
}
