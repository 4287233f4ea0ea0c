import type { IndexLook } from '../../../../shared/contract/cloud/look.ts';

/**
 * Medians from here on are those of the same model. Preprocessing by another library costs below 0.001
 * for usual pictures, weights of 8 bits instead of 32 a hundredth or two.
 */
const SAME = 0.98;
/** Two models have nothing to do with each other: their cosines lie around 0, seldom above 0.3. */
const NEAR = 0.7;

/** Cosines of pairs of vectors by one number each; null without any that can be compared. */
export function compareVectors(
  pairs: readonly { readonly there: readonly number[]; readonly here: Float32Array }[],
): IndexLook['vectors'] {
  const cosines = pairs
    .map(({ there, here }) => cosine(there, here))
    .filter((value) => Number.isFinite(value))
    .toSorted((a, b) => a - b);
  const [lowest] = cosines;
  // The lower of two in the middle: some pictures may have changed since, most have not.
  const median = cosines[Math.floor((cosines.length - 1) / 2)];
  if (lowest === undefined || median === undefined) return null;
  const verdict = median >= SAME ? 'same' : median >= NEAR ? 'near' : 'other';
  return { compared: cosines.length, median, lowest, verdict };
}

/** From -1 to 1, whatever the lengths; NaN for a vector of none, or of another dimension. */
function cosine(a: readonly number[], b: Float32Array): number {
  if (a.length !== b.length) return Number.NaN;
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (const [index, value] of a.entries()) {
    const other = b[index]!;
    dot += value * other;
    squareA += value * value;
    squareB += other * other;
  }
  return dot / Math.sqrt(squareA * squareB);
}
