import { setImmediate } from 'node:timers/promises';
import { VitrineError } from './errors.ts';

// A stall of 50 ms is felt; one slice of work must leave room for the rest of a turn.
const SLICE_MS = 8;

/**
 * Cuts long work on the main thread into slices, and stops it when it is cancelled:
 * `if (pacer.isDue) await pacer.breathe()` after each small piece lets the event loop run about every
 * 8 ms.
 */
export class Pacer {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether this turn has worked long enough. */
  get isDue(): boolean {
    return performance.now() - this.#since >= SLICE_MS;
  }

  /**
   * Lets everything else run first.
   *
   * @throws VitrineError CANCELLED
   */
  async breathe(): Promise<void> {
    this.check();
    await setImmediate();
    this.check();
    this.#since = performance.now();
  }

  /** @throws VitrineError CANCELLED */
  check(): void {
    if (this.#signal?.aborted === true) {
      throw new VitrineError('CANCELLED', 'It was cancelled.', { cause: this.#signal.reason });
    }
  }
}
