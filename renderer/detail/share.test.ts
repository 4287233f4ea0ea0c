import { describe, expect, it } from 'vitest';
import type { SearchResult } from '../../shared/contract/search.ts';
import { contributionsOf, formulaOf } from './share.ts';

const result: SearchResult = {
  rank: 1,
  score: 0.031_754,
  image: { rank: 2, distance: 0.147 },
  text: { rank: 4, distance: 0.113 },
  item: {
    id: 1,
    key: '17289',
    name: 'Green polo',
    imagePath: null,
    imageVersion: '',
    metadata: {},
    badges: [],
  },
};

describe('why a result is where it is', () => {
  it('adds up to the fused score', () => {
    const parts = contributionsOf(result, { k: 60, weights: { image: 1, text: 1 } });
    expect(formulaOf(parts, 60)).toBe('1/(60+2) + 1/(60+4) = 0.0318');
    expect(parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(result.score, 5);
  });

  it('shows the weights, and only the sides that found it', () => {
    const parts = contributionsOf(
      { ...result, text: null },
      { k: 60, weights: { image: 1.5, text: 0.5 } },
    );
    expect(formulaOf(parts, 60)).toBe('1.5/(60+2) = 0.0242');
  });
});
