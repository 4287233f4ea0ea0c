import type { Priority } from './protocol.ts';

/**
 * Decodes handed to libuv's threads at once. They work through them in order and nothing can overtake
 * there, so this is what a query's decode waits behind; yet while a run holds the thread no more can
 * be handed over, so it must be enough for the next batch.
 */
const MAX_HANDED_OVER = 16;

/** Lets decodes through to libuv's threads, queries at once, the others as room appears. */
export class DecodeGate {
  readonly #waiting: (() => void)[] = [];
  #handedOver = 0;

  async run<Result>(priority: Priority, decode: () => Promise<Result>): Promise<Result> {
    if (priority === 'ingest' && this.#handedOver >= MAX_HANDED_OVER) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#handedOver++;
    try {
      return await decode();
    } finally {
      this.#handedOver--;
      if (this.#handedOver < MAX_HANDED_OVER) this.#waiting.shift()?.();
    }
  }
}
