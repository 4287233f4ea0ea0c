import type { FinishedBatch } from '../queue/job-runner.ts';

/** Counts what this process has embedded and given up on. */
export class IngestTotals {
  #image = 0;
  #text = 0;
  #failed = 0;

  noteBatch({ kind, outcomes }: FinishedBatch): void {
    if (kind !== 'embed-image' && kind !== 'embed-text') return;
    for (const outcome of outcomes) {
      if (outcome.status === 'failed') this.#failed += 1;
      if (outcome.status !== 'done' || outcome.hadNothingToDo === true) continue;
      if (kind === 'embed-image') this.#image += 1;
      else this.#text += 1;
    }
  }

  get embedded(): { image: number; text: number } {
    return { image: this.#image, text: this.#text };
  }

  get failed(): number {
    return this.#failed;
  }
}
