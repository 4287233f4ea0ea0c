import { expect, it } from 'vitest';
import { moveTo } from './move-item.ts';

const list = ['a', 'b', 'c', 'd'];

it.each([
  [0, 4, 'bcda'],
  [0, 2, 'bacd'],
  [3, 0, 'dabc'],
  [2, 1, 'acbd'],
  [1, 1, 'abcd'],
  [1, 2, 'abcd'],
  [-1, 0, 'abcd'],
])('moves the entry at %i before %i', (from, slot, expected) => {
  expect(moveTo(list, from, slot).join('')).toBe(expected);
});
