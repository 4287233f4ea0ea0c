/** A set of items of one catalog as one byte an id: quick to fill, to combine and to ask. */
export class ItemMask {
  readonly #first: number;
  readonly #bytes: Uint8Array;

  /** @param first The smallest id it can hold. @param last The largest. */
  constructor(first: number, last: number) {
    this.#first = first;
    this.#bytes = new Uint8Array(Math.max(0, last - first + 1));
  }

  /** Ids outside the range it was made for are passed over. */
  add(ids: Iterable<number>): this {
    for (const id of ids) this.#bytes[id - this.#first] = 1;
    return this;
  }

  has(id: number): boolean {
    return this.#bytes[id - this.#first] === 1;
  }

  /** Keeps only what the other mask, of the same range, holds too. */
  keep(other: ItemMask): this {
    for (let at = 0; at < this.#bytes.length; at += 1) this.#bytes[at]! &= other.#bytes[at]!;
    return this;
  }

  count(ids: Int32Array): number {
    let sum = 0;
    for (const id of ids) sum += this.#bytes[id - this.#first] ?? 0;
    return sum;
  }
}
