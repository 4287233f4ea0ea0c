const KEYS_SHOWN = 20;

/** Counts keys and keeps the first. */
export class KeyList {
  #count = 0;
  readonly #first: string[] = [];

  add(keys: readonly string[]): void {
    this.#count += keys.length;
    this.#first.push(...keys.slice(0, KEYS_SHOWN - this.#first.length));
  }

  json(): { count: number; keys: string[] } {
    return { count: this.#count, keys: [...this.#first].toSorted() };
  }
}
