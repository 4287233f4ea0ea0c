interface Work<Result> {
  readonly promise: Promise<Result>;
  readonly abort: AbortController;
  waiters: number;
}

/**
 * Lets those who ask for the same thing at the same time share the work. It is aborted when the last
 * of them has left.
 */
export class SharedWork<Result> {
  readonly #underWay = new Map<string, Work<Result>>();

  async run(
    key: string,
    start: (signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    signal?.throwIfAborted();
    const work = this.#underWay.get(key) ?? this.#start(key, start);
    work.waiters++;
    const left = Promise.withResolvers<never>();
    const leave = (): void => left.reject(signal?.reason);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([work.promise, left.promise]);
    } finally {
      signal?.removeEventListener('abort', leave);
      work.waiters--;
      if (work.waiters === 0) {
        work.abort.abort();
        // Whoever comes now must not be handed what was just given up.
        if (this.#underWay.get(key) === work) this.#underWay.delete(key);
      }
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<Result>): Work<Result> {
    const abort = new AbortController();
    const work = { promise: start(abort.signal), abort, waiters: 0 };
    // When everyone has left, nobody is there to hear that it was aborted.
    work.promise.catch(() => {});
    this.#underWay.set(key, work);
    return work;
  }
}
