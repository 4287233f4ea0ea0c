import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Priority } from './protocol.ts';

/** Something that has runs to do: asked for the next one whenever the graph is free. */
export interface RunSource {
  readonly priority: Priority;
  /** The next run, ready to start, or undefined while nothing is ready. Must not throw. */
  take(): (() => Promise<void>) | undefined;
  /** Whether inputs are on their way to becoming ready. */
  isPreparing(): boolean;
}

/**
 * One run at a time, queries first, ingest sources in turn. Between runs the event loop gets a turn:
 * a run holds the thread, so only there can messages arrive and finished decodes move on.
 */
export class Scheduler {
  readonly #sources: RunSource[] = [];
  #isRunning = false;

  add(source: RunSource): void {
    this.#sources.push(source);
  }

  remove(source: RunSource): void {
    const at = this.#sources.indexOf(source);
    if (at !== -1) this.#sources.splice(at, 1);
  }

  /** To be called whenever a source may have become ready. */
  wake(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#loop();
  }

  async #loop(): Promise<void> {
    for (;;) {
      await nextTurn();
      const run = this.#next();
      if (run === undefined) break;
      await run();
    }
    this.#isRunning = false;
  }

  #next(): (() => Promise<void>) | undefined {
    const query = this.#takeFrom('query');
    if (query !== undefined) return query;
    // Reading and decoding take a few turns of the event loop: with a run in each of them, a query
    // would take as many runs to get ready. It wakes us when it is.
    const isExpected = this.#sources.some((one) => one.priority === 'query' && one.isPreparing());
    return isExpected ? undefined : this.#takeFrom('ingest');
  }

  #takeFrom(priority: Priority): (() => Promise<void>) | undefined {
    for (const source of this.#sources) {
      if (source.priority !== priority) continue;
      const run = source.take();
      if (run === undefined) continue;
      // To the end of the line, so that two models in use take turns.
      this.#sources.splice(this.#sources.indexOf(source), 1);
      this.#sources.push(source);
      return run;
    }
    return undefined;
  }
}
