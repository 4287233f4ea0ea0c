import { setTimeout as delay } from 'node:timers/promises';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';

interface Spent {
  readonly vectors: number;
  /** Until when it counts. */
  until: number;
}

const SECOND_MS = 1_000;
/** How much later than it was sent a request may be counted by the service. */
const JITTER_MS = 100;

/**
 * Keeps writes to one index within the service's limits of requests and vectors a second. A request
 * counts from when it is sent until a second after it was answered, or after it must have arrived:
 * whenever in between the service counts it, no second of its clock holds too many.
 */
export class WriteRate {
  readonly #vectorsPerSecond: number;
  readonly #requestsPerSecond: number;
  readonly #now: () => number;
  #spent: Spent[] = [];
  /** One after another: who came first goes first. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({
    vectorsPerSecond = S3_VECTORS_LIMITS.vectorsPerSecond,
    requestsPerSecond = S3_VECTORS_LIMITS.writeRequestsPerSecond,
    now = () => performance.now(),
  }: { vectorsPerSecond?: number; requestsPerSecond?: number; now?: () => number } = {}) {
    this.#vectorsPerSecond = vectorsPerSecond;
    this.#requestsPerSecond = requestsPerSecond;
    this.#now = now;
  }

  /** How long a request of so many vectors has to wait from now. */
  waitMs(vectors: number): number {
    const now = this.#now();
    this.#spent = this.#spent.filter(({ until }) => until > now);
    let inWindow = this.#spent.reduce((sum, spent) => sum + spent.vectors, 0);
    let requests = this.#spent.length;
    if (this.#fits(inWindow + vectors, requests + 1)) return 0;
    for (const spent of this.#spent.toSorted((a, b) => a.until - b.until)) {
      inWindow -= spent.vectors;
      requests -= 1;
      if (this.#fits(inWindow + vectors, requests + 1)) return spent.until - now;
    }
    return 0;
  }

  /**
   * Waits until a request of so many vectors may be sent. Call the returned function when it is
   * answered. Resolves to null when the signal fires first.
   */
  async admit(vectors: number, signal: AbortSignal): Promise<(() => void) | null> {
    const turn = this.#turn.then(async () => {
      for (;;) {
        if (signal.aborted) return null;
        const waitMs = this.waitMs(vectors);
        if (waitMs <= 0) break;
        await delay(Math.ceil(waitMs), undefined, { signal }).catch(() => undefined);
      }
      const sentAt = this.#now();
      const spent = { vectors, until: sentAt + JITTER_MS + SECOND_MS };
      this.#spent.push(spent);
      return () => {
        spent.until = Math.min(spent.until, this.#now() + SECOND_MS);
      };
    });
    this.#turn = turn;
    return turn;
  }

  #fits(vectors: number, requests: number): boolean {
    return vectors <= this.#vectorsPerSecond && requests <= this.#requestsPerSecond;
  }
}
