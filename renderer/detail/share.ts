import type { Place, SearchOutput, SearchResult } from '../../shared/contract/search.ts';

export interface Contribution {
  readonly side: 'image' | 'text';
  readonly rank: number;
  readonly distance: number;
  readonly weight: number;
  /** weight / (k + rank): what this side adds to the fused score. */
  readonly score: number;
}

/** What each side adds to a fused result; a side that did not find it adds nothing. */
export function contributionsOf(
  result: SearchResult,
  output: Pick<SearchOutput, 'k' | 'weights'>,
): Contribution[] {
  const side = (name: 'image' | 'text', place: Place | null, weight: number): Contribution[] =>
    place === null
      ? []
      : [{ side: name, ...place, weight, score: weight / (output.k + place.rank) }];
  return [
    ...side('image', result.image, output.weights.image),
    ...side('text', result.text, output.weights.text),
  ];
}

/** The sum as one writes it: `1/(60+2) + 1/(60+4) = 0.0318`. */
export function formulaOf(contributions: readonly Contribution[], k: number): string {
  const terms = contributions.map(({ weight, rank }) => `${weight}/(${k}+${rank})`);
  const sum = contributions.reduce((total, { score }) => total + score, 0);
  return `${terms.join(' + ')} = ${sum.toFixed(4)}`;
}
