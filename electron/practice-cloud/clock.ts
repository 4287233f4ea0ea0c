/** The time of a practice cloud: it runs as time does, and tests may put it forward. */
export class Clock {
  #ahead: number;

  /** @param startsAt What it shows now, in epoch milliseconds. */
  constructor(startsAt: number = Date.now()) {
    this.#ahead = startsAt - performance.now();
  }

  /** Epoch milliseconds with a fraction; never runs backwards. */
  readonly now = (): number => performance.now() + this.#ahead;

  advance(ms: number): void {
    this.#ahead += ms;
  }
}
