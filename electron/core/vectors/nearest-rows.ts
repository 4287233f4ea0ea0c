import { compareKeys } from '../../../shared/rrf.ts';

export interface NearRow {
  readonly row: number;
  readonly distance: number;
}

/**
 * Keeps the `limit` nearest of the rows it is shown, equal distances by key. A heap with the worst
 * on top, so that most rows cost one comparison.
 */
export class NearestRows {
  readonly #limit: number;
  readonly #keys: readonly string[];
  readonly #rows: number[] = [];
  readonly #distances: number[] = [];

  /** @param keys The key of each row. */
  constructor(limit: number, keys: readonly string[]) {
    this.#limit = limit;
    this.#keys = keys;
  }

  offer(row: number, distance: number): void {
    if (this.#rows.length < this.#limit) {
      this.#rows.push(row);
      this.#distances.push(distance);
      this.#rise(this.#rows.length - 1);
    } else if (this.#limit > 0 && distance <= this.#distances[0]!) {
      if (distance === this.#distances[0]! && this.#compare(row, distance, 0) > 0) return;
      this.#rows[0] = row;
      this.#distances[0] = distance;
      this.#sink();
    }
  }

  /** What was kept, nearest first. */
  sorted(): NearRow[] {
    return this.#rows
      .map((row, at) => ({ row, distance: this.#distances[at]! }))
      .toSorted(
        (a, b) =>
          a.distance - b.distance || compareKeys(this.#keys[a.row] ?? '', this.#keys[b.row] ?? ''),
      );
  }

  /** Above zero when (row, distance) is farther than what stands at `at`. */
  #compare(row: number, distance: number, at: number): number {
    return (
      distance - this.#distances[at]! ||
      compareKeys(this.#keys[row] ?? '', this.#keys[this.#rows[at]!] ?? '')
    );
  }

  #rise(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#compare(this.#rows[at]!, this.#distances[at]!, parent) <= 0) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (
          child < this.#rows.length &&
          this.#compare(this.#rows[child]!, this.#distances[child]!, worst) > 0
        ) {
          worst = child;
        }
      }
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #swap(a: number, b: number): void {
    [this.#rows[a], this.#rows[b]] = [this.#rows[b]!, this.#rows[a]!];
    [this.#distances[a], this.#distances[b]] = [this.#distances[b]!, this.#distances[a]!];
  }
}
