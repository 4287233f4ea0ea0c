export interface LruLimits<V> {
  /** How many entries. */
  readonly entries: number;
  /** How large they may be together; the newest is kept whatever its size. */
  readonly size?: number;
  readonly sizeOf?: (value: V) => number;
}

/** A map that forgets what was not used for longest when it grows beyond its limits. */
export class LruMap<K, V> {
  readonly #limits: Required<LruLimits<V>>;
  readonly #entries = new Map<K, V>();
  #size = 0;

  constructor(limits: LruLimits<V>) {
    this.#limits = { size: Infinity, sizeOf: () => 0, ...limits };
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      // A Map keeps the order of insertion: put back, it is the youngest.
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: K, value: V): void {
    this.delete(key);
    this.#entries.set(key, value);
    this.#size += this.#limits.sizeOf(value);
    for (const oldest of this.#entries.keys()) {
      const isWithin =
        this.#entries.size <= this.#limits.entries && this.#size <= this.#limits.size;
      if (isWithin || this.#entries.size === 1) return;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#size -= this.#limits.sizeOf(value);
  }
}
