import { setTimeout as delay } from 'node:timers/promises';

/** Tells its listeners that something changed, no more often than each wants to know. */
export class Pulse {
  #waiters = new Set<() => void>();
  #count = 0;

  notify(): void {
    this.#count += 1;
    for (const wake of this.#waiters) wake();
  }

  /**
   * Yields `read()` now, and again after changes whenever it differs, at most once in `everyMs`,
   * until aborted.
   */
  async *watch<T>(
    read: () => T,
    { everyMs, signal }: { everyMs: number; signal: AbortSignal | undefined },
  ): AsyncGenerator<T, void> {
    let last: string | undefined;
    for (;;) {
      if (signal?.aborted === true) return;
      const seen = this.#count;
      const value = read();
      const text = JSON.stringify(value);
      if (text !== last) {
        last = text;
        yield value;
      }
      try {
        await delay(everyMs, undefined, signal === undefined ? {} : { signal });
      } catch {
        return; // aborted
      }
      if (this.#count === seen) await this.#next(signal);
    }
  }

  #next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiters.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiters.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
