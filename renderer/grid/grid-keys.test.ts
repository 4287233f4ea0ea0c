import { describe, expect, it } from 'vitest';
import { moveInGrid } from './grid-keys.ts';

const shape = { columns: 4, count: 10, pageRows: 2 };

describe('moveInGrid', () => {
  it('moves by one and by a row', () => {
    expect(moveInGrid('ArrowRight', 2, shape)).toBe(3);
    expect(moveInGrid('ArrowLeft', 4, shape)).toBe(3);
    expect(moveInGrid('ArrowDown', 1, shape)).toBe(5);
    expect(moveInGrid('ArrowUp', 5, shape)).toBe(1);
  });

  it('stays inside', () => {
    expect(moveInGrid('ArrowLeft', 0, shape)).toBe(0);
    expect(moveInGrid('ArrowRight', 9, shape)).toBe(9);
    expect(moveInGrid('ArrowUp', 3, shape)).toBe(3);
    expect(moveInGrid('ArrowDown', 7, shape)).toBe(9);
    expect(moveInGrid('PageUp', 6, shape)).toBe(2);
  });

  it('jumps by pages and to the ends', () => {
    expect(moveInGrid('PageDown', 1, shape)).toBe(9);
    expect(moveInGrid('Home', 7, shape)).toBe(0);
    expect(moveInGrid('End', 0, shape)).toBe(9);
  });

  it('leaves other keys alone, and an empty grid', () => {
    expect(moveInGrid('a', 0, shape)).toBeNull();
    expect(moveInGrid('Home', 0, { ...shape, count: 0 })).toBeNull();
  });
});
