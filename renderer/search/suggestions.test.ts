import { describe, expect, it } from 'vitest';
import { spread, suggestWords } from './suggestions.ts';

describe('spread', () => {
  it('takes evenly from the whole list, and all of a short one', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5)).toEqual([0, 2, 4, 6, 8]);
    expect(spread([1, 2], 5)).toEqual([1, 2]);
  });
});

describe('suggestWords', () => {
  it('suggests short names of different kinds', () => {
    expect(
      suggestWords([
        'Red Striped Shirt',
        'Blue Striped Shirt',
        'Green Bag',
        'Hat',
        'A Very Long Name That Nobody Would Type At All',
        'SKU-1 2013',
      ]),
    ).toEqual(['red striped shirt', 'green bag']);
  });

  it('suggests nothing from names that are file names', () => {
    expect(suggestWords(['10001', '10002', ''])).toEqual([]);
  });
});
