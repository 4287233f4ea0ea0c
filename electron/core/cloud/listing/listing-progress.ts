import type { ListingSide } from '../../../../shared/contract/cloud/listing.ts';
import type { Modality } from '../../../../shared/contract/models.ts';
import { Throughput } from '../../ingest/throughput.ts';

class Side {
  readonly throughput = new Throughput();
  listed = 0;
  restored = 0;
  expected: number | null = null;
  isDone = false;
}

/** Counts how far the two indexes of a catalog are read. */
export class ListingProgress {
  readonly #sides = new Map<Modality, Side>();
  readonly #onChange: () => void;

  constructor(onChange: () => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** @param expected how many vectors there may be; null when nobody knows. */
  begin(modality: Modality, expected: number | null = null): void {
    const side = new Side();
    side.expected = expected;
    this.#sides.set(modality, side);
    this.#onChange();
  }

  /** It has become known how many there may be. */
  expect(modality: Modality, expected: number): void {
    this.#side(modality).expected = expected;
    this.#onChange();
  }

  /** A page was read in so many milliseconds. */
  note(modality: Modality, page: { listed: number; restored?: number; ms: number }): void {
    const side = this.#side(modality);
    side.listed += page.listed;
    side.restored += page.restored ?? 0;
    side.throughput.note(page.listed, page.ms);
    this.#onChange();
  }

  /** An index is read to its end. */
  end(modality: Modality): void {
    this.#side(modality).isDone = true;
    this.#onChange();
  }

  sides(): ListingSide[] {
    // Both indexes are of the same products: where one has ended, the other holds about as many.
    const ended = [...this.#sides.values()].find(({ isDone }) => isDone)?.listed ?? null;
    return [...this.#sides].map(([modality, side]) => {
      const { listed, restored, isDone } = side;
      const expected = side.expected ?? ended;
      return {
        modality,
        listed,
        restored,
        about: isDone ? listed : expected === null ? null : Math.max(expected, listed),
        ratePerSecond: isDone ? null : side.throughput.ratePerSecond(),
        isDone,
      };
    });
  }

  /** Until both are read; null while that cannot be told. */
  etaSeconds(): number | null {
    const etas = this.sides()
      .filter(({ isDone }) => !isDone)
      .map(({ listed, about, ratePerSecond }) =>
        about === null || about === listed ? Infinity : (about - listed) / (ratePerSecond ?? 0),
      );
    const longest = Math.max(...etas);
    return Number.isFinite(longest) ? longest : null;
  }

  #side(modality: Modality): Side {
    const side = this.#sides.get(modality);
    if (side === undefined) throw new Error(`The listing of ${modality} has not begun`);
    return side;
  }
}
