import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMemoryDatabase, type Db } from '../db/database.ts';
import { JobRunner, type JobHandler } from './job-runner.ts';
import { JobStore } from './job-store.ts';

let db: Db;
let store: JobStore;
let current: JobRunner | undefined;

beforeEach(() => {
  db = openMemoryDatabase();
  store = new JobStore(db);
  for (const id of [1, 2]) {
    db.prepare(
      `INSERT INTO catalog (id, name, root, options, created_at) VALUES (?, ?, ?, '{}', 0)`,
    ).run(id, `catalog ${id}`, `/${id}`);
  }
  for (let id = 1; id <= 20; id++) {
    db.prepare('INSERT INTO item (id, catalog_id, key) VALUES (?, ?, ?)').run(
      id,
      id <= 10 ? 1 : 2,
      `${id}`,
    );
  }
});

afterEach(async () => {
  await current?.stop();
  current = undefined;
  db.close();
});

function queueItems(ids: readonly number[]): number {
  return store.enqueue(
    ids.map((itemId) => ({
      kind: 'embed-image' as const,
      catalogId: itemId <= 10 ? 1 : 2,
      itemId,
    })),
    Date.now(),
  );
}

function claimItems(limit: number, owner = 'me'): (number | null)[] {
  return store.claim('embed-image', { limit, owner, now: Date.now() }).map((job) => job.itemId);
}

function run(handler: Pick<JobHandler, 'run'> & Partial<JobHandler>): JobRunner {
  current = new JobRunner({
    db,
    store,
    owner: 'me',
    log: () => undefined,
    handlers: [
      { kind: 'embed-image', batchSize: 4, concurrency: 2, giveUp: () => undefined, ...handler },
    ],
  });
  current.start();
  return current;
}

describe('the store', () => {
  test('asking twice for the same thing is one job, and asking again after it is done starts over', () => {
    expect(queueItems([1, 2, 1])).toBe(2);
    expect(queueItems([1, 2])).toBe(0);
    const [first] = store.claim('embed-image', { limit: 1, owner: 'me', now: Date.now() });
    expect(queueItems([1])).toBe(0); // running
    store.finish(first!.id, Date.now());
    expect(queueItems([1])).toBe(1);
    expect(store.counts(1, 'embed-image')).toEqual({ queued: 2, running: 0, done: 0, failed: 0 });
  });

  test('a plan asked for while it runs runs once more, unless that is cancelled', () => {
    const plan = () => store.enqueue([{ kind: 'plan', catalogId: 1 }], Date.now());
    const claimPlan = () => store.claim('plan', { limit: 1, owner: 'me', now: Date.now() })[0];
    plan();
    const first = claimPlan()!;
    expect([plan(), plan()]).toEqual([0, 0]);
    store.finish(first.id, Date.now());
    const second = claimPlan()!;
    expect(second.attempts).toBe(1);
    store.finish(second.id, Date.now());
    expect(claimPlan()).toBeUndefined();
    plan();
    const third = claimPlan()!;
    plan();
    store.cancel(1);
    store.fail(third.id, { error: 'no folder', now: Date.now() });
    expect(store.counts(1, 'plan')).toEqual({ queued: 0, running: 0, done: 0, failed: 0 });
  });

  test('claims in the order they came, each job once', () => {
    queueItems([3, 9]);
    queueItems([1]);
    expect(claimItems(2)).toEqual([3, 9]);
    expect(claimItems(9)).toEqual([1]);
    expect(claimItems(9)).toEqual([]);
  });

  test('leaves paused catalogs and jobs that are not due alone', () => {
    queueItems([1, 11]);
    db.prepare('UPDATE catalog SET paused = 1 WHERE id = 1').run();
    const [job] = store.claim('embed-image', { limit: 9, owner: 'me', now: Date.now() });
    expect(job?.itemId).toBe(11);
    store.putBack(job!.id, { error: 'later', notBefore: Date.now() + 60_000, countAttempt: true });
    expect(claimItems(9)).toEqual([]);
    expect(store.nextDueAt('embed-image')).toBeGreaterThan(Date.now() + 50_000);
  });

  test('gives back what a gone owner was running, and only that', () => {
    queueItems([1, 2, 3]);
    claimItems(1, 'gone');
    claimItems(1, 'here');
    expect(store.recover(['gone'])).toBe(1);
    expect(claimItems(9, 'here')).toEqual([1, 3]);
  });

  test('cancel forgets what waits in one catalog', () => {
    queueItems([1, 2, 11]);
    claimItems(1);
    expect(store.cancel(1)).toBe(1);
    expect(store.counts(1, 'embed-image')).toEqual({ queued: 0, running: 1, done: 0, failed: 0 });
    expect(store.counts(2, 'embed-image').queued).toBe(1);
  });
});

describe('the runner', () => {
  test('runs everything in batches, never more at once than allowed', async () => {
    queueItems([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    let inFlight = 0;
    let most = 0;
    const seen: number[] = [];
    const runner = run({
      async run(jobs) {
        most = Math.max(most, ++inFlight);
        await delay(5);
        inFlight -= 1;
        seen.push(...jobs.map((job) => job.itemId ?? 0));
        return { outcomes: jobs.map(() => ({ status: 'done' })) };
      },
    });
    await runner.whenIdle();
    expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(most).toBe(2);
    expect(store.counts(1, 'embed-image').done).toBe(10);
  });

  test('tries again with backoff, counts attempts, and gives up after five', async () => {
    queueItems([1]);
    const attempts: number[] = [];
    const told: string[] = [];
    const runner = run({
      async run(jobs) {
        attempts.push(...jobs.map((job) => job.attempts));
        return { outcomes: jobs.map(() => ({ status: 'retry', error: 'busy', afterMs: 1 })) };
      },
      giveUp(job, error) {
        // In the transaction that ends the job: it is still running to everyone else.
        expect(db.inTransaction).toBe(true);
        told.push(`${job.itemId} after ${job.attempts}: ${error}`);
      },
    });
    await runner.whenIdle();
    expect(attempts).toEqual([1, 2, 3, 4, 5]);
    expect(told).toEqual(['1 after 5: busy']);
    expect(store.counts(1, 'embed-image').failed).toBe(1);
    expect(store.lastError(1, 'embed-image')).toBe('busy');
  });

  test('a handler that throws costs no job', async () => {
    queueItems([1, 2]);
    let throws = true;
    const runner = run({
      async run(jobs) {
        if (throws) {
          throws = false;
          throw new Error('a bug');
        }
        return { outcomes: jobs.map(() => ({ status: 'done' })) };
      },
    });
    await runner.whenIdle();
    expect(store.counts(1, 'embed-image').done).toBe(2);
  });

  test('results and job states are written together or not at all', async () => {
    queueItems([1, 2]);
    let tries = 0;
    const runner = run({
      async run(jobs) {
        tries += 1;
        return {
          outcomes: jobs.map(() => ({ status: 'done' })),
          commit() {
            db.prepare(`UPDATE item SET name = name || 'x' WHERE id = 1`).run();
            if (tries === 1) throw new Error('disk full');
          },
        };
      },
    });
    await runner.whenIdle();
    expect(tries).toBe(2);
    expect(db.prepare('SELECT name FROM item WHERE id = 1').pluck().get()).toBe('x');
  });

  test('a database that cannot be written for a while ends nothing and loses nothing', async () => {
    queueItems([1, 2]);
    let runs = 0;
    const runner = run({
      async run(jobs) {
        runs += 1;
        // Stands for a full disk: every write is refused, for longer than one look at the queue.
        if (runs === 1) {
          db.pragma('query_only = ON');
          setTimeout(() => db.pragma('query_only = OFF'), 1_200);
        }
        return { outcomes: jobs.map(() => ({ status: 'done' })) };
      },
    });
    await runner.whenIdle();
    expect(runs).toBe(2);
    expect(store.counts(1, 'embed-image')).toEqual({ queued: 0, running: 0, done: 2, failed: 0 });
  });

  test('blocked jobs wait without losing an attempt, and go on when unblocked', async () => {
    queueItems([1]);
    let isBlocked = true;
    const attempts: number[] = [];
    const runner = run({
      async run(jobs) {
        attempts.push(...jobs.map((job) => job.attempts));
        return isBlocked
          ? { outcomes: jobs.map(() => ({ status: 'blocked', error: 'no model', pauseMs: 1_000 })) }
          : { outcomes: jobs.map(() => ({ status: 'done' })) };
      },
    });
    await delay(50);
    isBlocked = false;
    runner.unblock();
    await runner.whenIdle();
    expect(attempts).toEqual([1, 1]);
  });

  test('jobs blocked for their catalog do not hold up another, and that much is enough to end', async () => {
    queueItems([1, 2, 3, 4, 5, 11, 12]);
    const done: (number | null)[] = [];
    const runner = run({
      async run(jobs) {
        return {
          outcomes: jobs.map(({ catalogId, itemId }) => {
            if (catalogId === 1) {
              return { status: 'blocked', error: 'away', pauseMs: 60_000, isCatalogOnly: true };
            }
            done.push(itemId);
            return { status: 'done' };
          }),
        };
      },
    });
    await runner.whenIdle({ catalogId: 2 });
    expect(done).toEqual([11, 12]);
    await runner.whenIdle({ catalogId: 1, isBlockedEnough: true });
    expect(store.counts(1, 'embed-image').queued).toBe(5);
  });

  test('stop aborts what runs and puts it back', async () => {
    queueItems([1, 2]);
    const runner = run({
      run: (jobs, { signal }) =>
        new Promise((_, reject) => {
          expect(jobs).toHaveLength(2);
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    await delay(20);
    expect(store.counts(1, 'embed-image').running).toBe(2);
    await runner.stop();
    expect(store.counts(1, 'embed-image')).toEqual({ queued: 2, running: 0, done: 0, failed: 0 });
  });
});
