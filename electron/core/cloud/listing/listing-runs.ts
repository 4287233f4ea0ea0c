import type { Listing } from '../../../../shared/contract/cloud/listing.ts';
import { describeError, VitrineError } from '../../errors.ts';
import { ListingProgress } from './listing-progress.ts';

/** What a listing is given to count with and to be stopped by. */
export interface ListingRun {
  readonly progress: ListingProgress;
  readonly signal: AbortSignal;
}

interface Entry<Report> extends ListingRun {
  readonly controller: AbortController;
  state: Listing['state'];
  failure: Listing['failure'];
  report: Report | null;
  ended: Promise<void>;
}

export type ListingState<Report> = Omit<Listing, 'kind' | 'report'> & { report: Report | null };

/**
 * Listings of one kind, one a catalog, that go on whoever looks. What came of the last one of each
 * catalog is kept until it is forgotten or this process ends.
 */
export class ListingRuns<Report> {
  readonly #entries = new Map<number, Entry<Report>>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @throws VitrineError BUSY while another one of the catalog runs */
  start(catalogId: number, list: (run: ListingRun) => Promise<Report>): void {
    this.assertIdle(catalogId);
    const controller = new AbortController();
    const { signal } = controller;
    const progress = new ListingProgress(this.#onChange);
    const entry: Entry<Report> = {
      controller,
      signal,
      progress,
      state: 'running',
      failure: null,
      report: null,
      ended: Promise.resolve(),
    };
    entry.ended = this.#follow(entry, list({ progress, signal }));
    this.#entries.set(catalogId, entry);
    this.#onChange();
  }

  /** @throws VitrineError BUSY while one of the catalog runs */
  assertIdle(catalogId: number): void {
    if (!this.isRunning(catalogId)) return;
    throw new VitrineError('BUSY', 'The indexes of this catalog are being listed already.', {
      action: 'Wait until that has ended, or stop it.',
    });
  }

  isRunning(catalogId: number): boolean {
    return this.#entries.get(catalogId)?.state === 'running';
  }

  /** It ends soon; what it has done stays done. */
  stop(catalogId: number): void {
    this.#entries.get(catalogId)?.controller.abort();
  }

  /** Drops what came of one that has ended. */
  forget(catalogId: number): void {
    if (this.isRunning(catalogId)) return;
    if (this.#entries.delete(catalogId)) this.#onChange();
  }

  /** Stops and forgets the one of a catalog; resolves when it writes no more. */
  async drop(catalogId: number): Promise<void> {
    this.stop(catalogId);
    await this.#entries.get(catalogId)?.ended;
    this.forget(catalogId);
  }

  states(): ListingState<Report>[] {
    return [...this.#entries].map(([catalogId, { state, progress, failure, report }]) => ({
      catalogId,
      state,
      sides: progress.sides(),
      etaSeconds: state === 'running' ? progress.etaSeconds() : null,
      failure,
      report,
    }));
  }

  /** Stops all, and resolves when none writes any more. */
  async stopAll(): Promise<void> {
    const running = [...this.#entries.values()];
    for (const { controller } of running) controller.abort();
    await Promise.all(running.map(({ ended }) => ended));
  }

  async #follow(entry: Entry<Report>, listing: Promise<Report>): Promise<void> {
    try {
      entry.report = await listing;
      entry.state = 'done';
    } catch (error) {
      entry.state = isCancelled(error) ? 'stopped' : 'failed';
      entry.failure = entry.state === 'failed' ? describe(error) : null;
    }
    this.#onChange();
  }
}

function isCancelled(error: unknown): boolean {
  return error instanceof VitrineError && error.code === 'CANCELLED';
}

function describe(error: unknown): NonNullable<Listing['failure']> {
  const { code, data } =
    error instanceof VitrineError ? error : { code: 'INTERNAL' as const, data: {} };
  const { action = null, command = null } = data;
  return { code, message: describeError(error), action, command };
}
