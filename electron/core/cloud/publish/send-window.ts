import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';

const MOST_REQUESTS = 8;
const FEWEST_VECTORS = 50;
const { vectorsPerPut, vectorsPerSecond } = S3_VECTORS_LIMITS;

/**
 * How many requests are under way at once and how many vectors each carries. Only as many as it takes
 * to reach the service's rate at the latency seen: on a quick connection that is one, so that a
 * process killed at any moment leaves one batch in doubt. Refusals halve, successes restore slowly.
 */
export class SendWindow {
  #cap = MOST_REQUESTS;
  #needed = 1;
  #latencyMs: number | null = null;
  #vectors: number = vectorsPerPut;

  get requests(): number {
    return Math.max(1, Math.min(this.#needed, Math.floor(this.#cap)));
  }

  get vectors(): number {
    return Math.floor(this.#vectors);
  }

  /** A request of so many vectors was answered after so long. */
  noteSuccess(vectors: number, ms: number): void {
    this.#latencyMs = this.#latencyMs === null ? ms : this.#latencyMs * 0.7 + ms * 0.3;
    // Little's law: requests under way = requests a second x seconds each.
    const perSecond = vectorsPerSecond / Math.max(1, vectors);
    this.#needed = Math.ceil((this.#latencyMs / 1000) * perSecond);
    this.#cap = Math.min(MOST_REQUESTS, this.#cap + 1 / this.#cap);
    this.#vectors = Math.min(vectorsPerPut, this.#vectors * 1.25);
  }

  /** 429: too many requests. */
  noteThrottled(): void {
    this.#cap = Math.max(1, this.#cap / 2);
  }

  /** 503: more in one request than the service can take now. */
  noteOverloaded(): void {
    this.#vectors = Math.max(FEWEST_VECTORS, this.#vectors / 2);
  }
}
