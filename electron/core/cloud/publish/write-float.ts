const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const ZERO = 48;
const MINUS = 45;
const POINT = 46;

/** JavaScript writes numbers below 1e21 without an exponent: -100000000000000000000. */
export const MAX_FLOAT_LENGTH = 24;

/**
 * Writes the shortest decimal that reads back as the same float32 into `out` at `at`, as ASCII, and
 * returns the place behind it. Nine digits always suffice; most numbers of unit vectors need eight.
 *
 * @param value finite, and a float32 already
 */
export function writeFloat(out: Uint8Array, at: number, value: number): number {
  const size = Math.abs(value);
  // -0 as a fraction: a reader may take "-0" for an integer, which has no sign at zero.
  if (size === 0) return writeText(out, at, Object.is(value, -0) ? '-0.0' : '0');
  if (size >= 1 || size < 1e-5) return writeText(out, at, shortestText(value));
  const lead = size >= 0.1 ? 0 : size >= 0.01 ? 1 : size >= 0.001 ? 2 : size >= 0.0001 ? 3 : 4;
  let decimals = lead + 8;
  let digits = digitsOf(size, decimals);
  if (digits === 0) {
    decimals = lead + 9;
    digits = digitsOf(size, decimals);
    if (digits === 0) return writeText(out, at, shortestText(value));
  } else {
    for (let fewer = digitsOf(size, decimals - 1); fewer !== 0;) {
      digits = fewer;
      decimals -= 1;
      fewer = decimals === 1 ? 0 : digitsOf(size, decimals - 1);
    }
  }
  if (value < 0) out[at++] = MINUS;
  out[at++] = ZERO;
  out[at++] = POINT;
  for (let place = at + decimals - 1; place >= at; place--) {
    const rest = Math.floor(digits / 10);
    out[place] = ZERO + digits - rest * 10;
    digits = rest;
  }
  return at + decimals;
}

/**
 * `size` in units of 10^-decimals, or 0 when that does not read back. Both are exact as doubles, so
 * their quotient is the double nearest to the decimal, which is what a reader makes of its text.
 */
function digitsOf(size: number, decimals: number): number {
  const power = POWERS_OF_TEN[decimals]!;
  const digits = Math.round(size * power);
  return Math.fround(digits / power) === size ? digits : 0;
}

/** The slow way, for numbers that are rare in unit vectors: large, tiny, subnormal. */
function shortestText(value: number): string {
  for (let precision = 1; precision < 9; precision++) {
    const decimal = Number(value.toPrecision(precision));
    if (Math.fround(decimal) === value) return String(decimal);
  }
  return String(Number(value.toPrecision(9)));
}

function writeText(out: Uint8Array, at: number, text: string): number {
  for (let index = 0; index < text.length; index++) out[at + index] = text.charCodeAt(index);
  return at + text.length;
}
