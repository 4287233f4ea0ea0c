import { expect, test } from 'vitest';
import { overlapAt } from './overlap.ts';

test.each([
  [3, 'abc', 'cab', { common: 3, of: 3 }],
  [2, 'abc', 'cab', { common: 1, of: 2 }],
  [10, 'abc', 'xb', { common: 1, of: 3 }],
  [10, '', 'x', { common: 0, of: 1 }],
  [10, '', '', { common: 0, of: 0 }],
])('at %i, %s and %s', (k, a, b, expected) => {
  expect(overlapAt(k, a.split(''), b.split(''))).toEqual(expected);
});
