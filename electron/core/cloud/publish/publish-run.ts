import type { Modality } from '../../../../shared/contract/models.ts';
import { Throughput } from '../../ingest/throughput.ts';

/** What one publishing has done so far, as the command line prints it. */
export interface PublishTally {
  readonly sent: { readonly image: number; readonly text: number };
  readonly deleted: { readonly image: number; readonly text: number };
  readonly quarantined: number;
  /** PutVectors and DeleteVectors requests, those tried again included. */
  readonly requests: number;
  readonly retries: number;
  /** Bytes of bodies sent. */
  readonly bytes: number;
  readonly seconds: number;
}

/** Counts one publishing of a catalog, for its progress and its last word. */
export class PublishRun {
  readonly #sent = { image: 0, text: 0 };
  readonly #deleted = { image: 0, text: 0 };
  readonly #totals = { image: 0, text: 0 };
  readonly #done = { image: 0, text: 0 };
  readonly #throughput = { image: new Throughput(), text: new Throughput() };
  readonly #onChange: () => void;
  #quarantined = 0;
  #requests = 0;
  #retries = 0;
  #bytes = 0;
  #startedAt: number | null = null;
  #endedAt: number | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Begins, or goes on after a pause, with so much left to do. */
  begin(left: { readonly image: number; readonly text: number }): void {
    this.#startedAt ??= performance.now();
    this.#endedAt = null;
    for (const side of ['image', 'text'] as const) {
      this.#totals[side] = this.#done[side] + left[side];
    }
    this.#onChange();
  }

  end(): void {
    this.#endedAt = performance.now();
    this.#onChange();
  }

  noteRequest(bytes: number, { isRetry }: { isRetry: boolean }): void {
    this.#requests += 1;
    this.#bytes += bytes;
    if (isRetry) this.#retries += 1;
  }

  noteSent(side: Modality, count: number, ms: number): void {
    this.#sent[side] += count;
    this.#note(side, count, ms);
  }

  noteDeleted(side: Modality, count: number, ms: number): void {
    this.#deleted[side] += count;
    this.#note(side, count, ms);
  }

  noteQuarantined(side: Modality, count: number): void {
    this.#quarantined += count;
    this.#note(side, count, 0);
  }

  side(side: Modality): { done: number; total: number; ratePerSecond: number | null } {
    return {
      done: this.#done[side],
      total: Math.max(this.#totals[side], this.#done[side]),
      ratePerSecond: this.#endedAt === null ? this.#throughput[side].ratePerSecond() : null,
    };
  }

  tally(): PublishTally {
    const until = this.#endedAt ?? performance.now();
    const seconds = this.#startedAt === null ? 0 : (until - this.#startedAt) / 1000;
    return {
      sent: { ...this.#sent },
      deleted: { ...this.#deleted },
      quarantined: this.#quarantined,
      requests: this.#requests,
      retries: this.#retries,
      bytes: this.#bytes,
      seconds: Number(seconds.toFixed(3)),
    };
  }

  #note(side: Modality, count: number, ms: number): void {
    this.#done[side] += count;
    this.#throughput[side].note(count, ms);
    this.#onChange();
  }
}
