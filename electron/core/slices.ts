import { setImmediate } from 'node:timers/promises';

/** How long reading may hold the thread before others get their turn. */
const SLICE_MS = 8;

/**
 * Cuts long work on the main thread into slices: `if (slices.over) await slices.next()` after each
 * small piece lets the event loop run about every 8 ms.
 */
export class Slices {
  #began = performance.now();

  get over(): boolean {
    return performance.now() - this.#began >= SLICE_MS;
  }

  async next(): Promise<void> {
    await setImmediate();
    this.#began = performance.now();
  }
}
