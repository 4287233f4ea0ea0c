import type { Field } from '../../../../shared/contract/catalog.ts';

/**
 * Decides the type of each column over all of its values: `number` only when every value that is not
 * empty is a number that loses nothing as a float64, so not 007, +1, 1e5 or seventeen digits.
 */
export class ColumnTypes {
  // 0: empty so far, 1: numbers only, 2: something else.
  readonly #state: Uint8Array;

  constructor(width: number) {
    this.#state = new Uint8Array(width);
  }

  add(cells: readonly string[]): void {
    for (let column = 0; column < this.#state.length; column++) {
      if (this.#state[column] === 2) continue;
      const cell = cells[column]!;
      if (cell !== '') this.#state[column] = isCanonicalNumber(cell) ? 1 : 2;
    }
  }

  typeOf(column: number): Field['type'] {
    return this.#state[column] === 1 ? 'number' : 'string';
  }
}

/** Digits without leading zeros, at most 15 of them, perhaps with a sign and decimals. */
export function isCanonicalNumber(text: string): boolean {
  // Fifteen significant digits are what every float64 keeps (DBL_DIG of IEEE 754 binary64).
  return (
    text.length <= 17 && /^(?!-0*\.?0*$)-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && digits(text) <= 15
  );
}

function digits(text: string): number {
  return text.length - (text.includes('.') ? 1 : 0) - (text.startsWith('-') ? 1 : 0);
}
