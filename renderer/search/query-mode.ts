import type { Mode, Weights } from '../../shared/contract/search.ts';

export interface GivenSides {
  readonly picture: boolean;
  readonly words: boolean;
}

/**
 * The mode a query runs in: the one the user chose, otherwise the one that uses what is given.
 * With nothing given it is text, since typing is the next thing one can do anywhere.
 */
export function effectiveMode(given: GivenSides, chosen: Mode | null): Mode {
  if (chosen !== null) return chosen;
  if (given.picture && given.words) return 'fused';
  return given.picture ? 'image' : 'text';
}

/** Which side a mode lacks, so that the window can say what to add; null when it can run. */
export function missingSide(mode: Mode, given: GivenSides): 'picture' | 'words' | 'both' | null {
  const needsPicture = mode !== 'text' && !given.picture;
  const needsWords = mode !== 'image' && !given.words;
  if (needsPicture && needsWords) return 'both';
  if (needsPicture) return 'picture';
  return needsWords ? 'words' : null;
}

/**
 * The weights of the two sides for a slider from 0 (only the picture counts) to 1 (only the words).
 * In the middle both are 1, as in plain RRF.
 */
export function weightsOf(balance: number): Weights {
  return { image: hundredths(2 * (1 - balance)), text: hundredths(2 * balance) };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
