const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const POINT_AFTER_ZERO = 0x2e30; // "0.", the first byte lowest
const FOUR_ZEROS = 0x30303030;

/** JavaScript writes numbers below 1e21 without an exponent: -100000000000000000000. */
export const MAX_FLOAT_LENGTH = 24;

/** Biased exponents of the floats from 2^-16 up to 1, nearly all of a unit vector. */
const FIRST_BINADE = 127 - 16;
const LAST_BINADE = 126;

/**
 * For each biased exponent, `DECIMALS`: the fewest places at which some decimal always reads back,
 * because their unit is not larger than the gap between floats. One place less `SCALE` turns a float
 * into units of the last place, and `REACH` is half the gap in those units.
 */
const DECIMALS = new Int32Array(256);
const SCALE = new Float64Array(256);
const REACH = new Float64Array(256);
for (let binade = FIRST_BINADE; binade <= LAST_BINADE; binade++) {
  const halfGap = 2 ** (binade - 127 - 24);
  let decimals = 1;
  while (halfGap * Number(`1e${decimals}`) < 0.5) decimals += 1;
  const scale = Number(`1e${decimals - 1}`);
  DECIMALS[binade] = decimals;
  SCALE[binade] = scale;
  REACH[binade] = halfGap * scale;
}

/** "0000" to "9999" as little-endian words of ASCII. */
const FOUR_DIGITS = Uint32Array.from({ length: 10_000 }, (_, number) =>
  Buffer.from(String(number).padStart(4, '0')).readUInt32LE(),
);

/**
 * Writes numbers as a JSON list without its brackets into `out` at `at`, as ASCII, each as the shortest
 * decimal that reads back as the same float32; returns the place behind. There must be room for
 * MAX_FLOAT_LENGTH + 1 bytes a number.
 *
 * A decimal reads back if it is nearer to the float than half the gap to its neighbours. For a float
 * from 2^-16 up to 1 that can be told without a doubt: with at most 12 places its multiple of a power
 * of ten has at most 52 bits, so that every double below is exact, and no decimal of so few places
 * lies so near to the middle of two floats that reading it as a double first would move it there. Of
 * the shorter decimals at most one is near enough, so a still shorter one is that one without its
 * zeros. At powers of two the gap below is only half of that above: they go the slow way.
 *
 * @param numbers finite
 */
export function writeFloats(out: DataView, at: number, numbers: Float32Array): number {
  const patterns = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  for (let index = 0; index < numbers.length; index++) {
    if (index > 0) out.setUint8(at++, COMMA);
    const pattern = patterns[index]!;
    const binade = (pattern >>> 23) & 0xff;
    if (binade < FIRST_BINADE || binade > LAST_BINADE || (pattern & 0x7fffff) === 0) {
      at = writeText(out, at, shortestText(numbers[index]!));
      continue;
    }
    const scaled = Math.abs(numbers[index]!) * SCALE[binade]!;
    const shorter = (scaled + 0.5) | 0;
    const longer = (scaled * 10 + 0.5) | 0;
    // Reckoned, not branched: which of the two it is no processor can guess.
    const isShorter = Number(Math.abs(shorter - scaled) < REACH[binade]!);
    const digits = longer - Math.imul(longer - shorter, isShorter);
    out.setUint8(at, MINUS);
    at += pattern >>> 31;
    // Nine digits from the end, then what stands before them: it writes over zeros that are too many.
    let end = at + 2 + DECIMALS[binade]! - isShorter;
    const first = (digits / 100_000_000) | 0;
    const eight = digits - first * 100_000_000;
    const upper = (eight / 10_000) | 0;
    out.setUint32(at + 2, FOUR_ZEROS, true);
    out.setUint8(end - 9, ZERO + first);
    out.setUint32(end - 8, FOUR_DIGITS[upper]!, true);
    out.setUint32(end - 4, FOUR_DIGITS[eight - upper * 10_000]!, true);
    out.setUint16(at, POINT_AFTER_ZERO, true);
    while (out.getUint8(end - 1) === ZERO) end -= 1;
    at = end;
  }
  return at;
}

const single = new Float32Array(1);

/** One number of `writeFloats`. @param value a float32 already */
export function writeFloat(out: Uint8Array, at: number, value: number): number {
  single[0] = value;
  return writeFloats(new DataView(out.buffer, out.byteOffset, out.byteLength), at, single);
}

/** The slow way, for numbers that are rare in unit vectors: zero, 1, large, tiny, subnormal. */
function shortestText(value: number): string {
  // -0 as a fraction: a reader may take "-0" for an integer, which has no sign at zero.
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0';
  for (let precision = 1; precision < 9; precision++) {
    const decimal = Number(value.toPrecision(precision));
    if (Math.fround(decimal) === value) return String(decimal);
  }
  return String(Number(value.toPrecision(9)));
}

function writeText(out: DataView, at: number, text: string): number {
  for (let index = 0; index < text.length; index++)
    out.setUint8(at + index, text.charCodeAt(index));
  return at + text.length;
}
