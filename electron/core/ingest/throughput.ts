const WINDOW_MS = 5_000;

/** Counts what was finished lately, to tell a rate that follows what really happens. */
export class Throughput {
  readonly #now: () => number;
  #events: { at: number; count: number }[] = [];
  #startedAt: number | null = null;
  #workedMs = 0;
  #lastAt = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Notes `count` finished items that took `ms` of working time until now. */
  note(count: number, ms: number): void {
    const now = this.#now();
    // Batches overlap: only time not yet counted is working time.
    const from = Math.max(now - ms, this.#lastAt);
    this.#workedMs += Math.max(0, now - from);
    this.#lastAt = now;
    this.#startedAt ??= now - ms;
    if (this.#events.length === 0) this.#startedAt = now - ms;
    this.#events.push({ at: now, count });
    this.#forgetOld(now);
  }

  /** Items a second over the last five seconds; null when nothing finished in them. */
  ratePerSecond(): number | null {
    const now = this.#now();
    this.#forgetOld(now);
    if (this.#events.length === 0 || this.#startedAt === null) return null;
    const total = this.#events.reduce((sum, event) => sum + event.count, 0);
    const spanMs = Math.max(50, Math.min(WINDOW_MS, now - this.#startedAt));
    return (total * 1000) / spanMs;
  }

  /** Working time in seconds; null before anything was finished. */
  seconds(): number | null {
    return this.#startedAt === null ? null : this.#workedMs / 1000;
  }

  #forgetOld(now: number): void {
    while (this.#events[0] !== undefined && this.#events[0].at < now - WINDOW_MS)
      this.#events.shift();
  }
}
