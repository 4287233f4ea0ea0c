import type { Limits } from './limits.ts';
import { ServiceError } from './wire/service-error.ts';

/** Tokens that come back at a steady rate, and never more of them than one second brings. */
class Bucket {
  readonly #perSecond: number;
  #tokens: number;
  #at: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#at = now;
  }

  has(cost: number, now: number): boolean {
    if (this.#perSecond === Infinity) return true;
    const earned = ((now - this.#at) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + earned);
    this.#at = now;
    // A single request over the limit waits for a full bucket, not for ever.
    return this.#tokens >= Math.min(cost, this.#perSecond);
  }

  take(cost: number): void {
    this.#tokens -= cost;
  }
}

/**
 * The write limits of one index: requests and vectors a second, whichever is reached first. A token
 * bucket of one second, because a client that keeps the pace must not be refused for the jitter of a
 * network; the counters tell what really came in any one second.
 */
export class RateLimiter {
  readonly #requests: Bucket;
  readonly #vectors: Bucket;

  constructor(limits: Limits, now: number) {
    this.#requests = new Bucket(limits.writeRequestsPerSecond, now);
    this.#vectors = new Bucket(limits.writeVectorsPerSecond, now);
  }

  /** @throws ServiceError TooManyRequestsException; what is refused costs nothing. */
  take(vectors: number, now: number): void {
    const isFree = this.#requests.has(1, now) && this.#vectors.has(vectors, now);
    if (!isFree) {
      throw new ServiceError('TooManyRequestsException', 'Please reduce your request rate');
    }
    this.#requests.take(1);
    this.#vectors.take(vectors);
  }
}
