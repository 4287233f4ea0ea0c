import { describe, expect, it } from 'vitest';
import { moveInGrid } from './grid-keys.ts';
import { layOutGrid } from './grid-layout.ts';

const shape = { layout: layOutGrid(10, 4), pageRows: 2 };

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
    expect(moveInGrid('ArrowDown', 8, shape)).toBe(9);
    expect(moveInGrid('PageUp', 6, shape)).toBe(2);
  });

  it('jumps by pages and to the ends', () => {
    expect(moveInGrid('PageDown', 1, shape)).toBe(9);
    expect(moveInGrid('Home', 7, shape)).toBe(0);
    expect(moveInGrid('End', 0, shape)).toBe(9);
  });

  it('leaves other keys alone, and an empty grid', () => {
    expect(moveInGrid('a', 0, shape)).toBeNull();
    expect(moveInGrid('Home', 0, { layout: layOutGrid(0, 4), pageRows: 2 })).toBeNull();
  });

  it('passes over headings and keeps the column where the row is long enough', () => {
    // # 0, 0-2, 3, # 1, 4, # 2, 5-7
    const grouped = { layout: layOutGrid(8, 3, [4, 1, 3]), pageRows: 3 };
    expect(moveInGrid('ArrowDown', 2, grouped)).toBe(3);
    expect(moveInGrid('ArrowDown', 3, grouped)).toBe(4);
    expect(moveInGrid('ArrowDown', 4, grouped)).toBe(5);
    expect(moveInGrid('ArrowUp', 7, grouped)).toBe(4);
    expect(moveInGrid('ArrowUp', 4, grouped)).toBe(3);
    expect(moveInGrid('ArrowUp', 1, grouped)).toBe(1);
    expect(moveInGrid('PageUp', 4, grouped)).toBe(0);
    expect(moveInGrid('PageDown', 1, grouped)).toBe(4);
    expect(moveInGrid('PageUp', 5, { ...grouped, pageRows: 1 })).toBe(4);
  });
});
