import { describe, expect, it } from 'vitest';
import { layOutGrid, topOfRow } from './grid-layout.ts';

describe('layOutGrid', () => {
  it('fills line after line', () => {
    const layout = layOutGrid(10, 4);
    expect(layout.rows).toBe(3);
    expect(layout.rowAt(1)).toEqual({ kind: 'items', group: 0, start: 4, length: 4 });
    expect(layout.rowAt(2)).toEqual({ kind: 'items', group: 0, start: 8, length: 2 });
    expect([0, 3, 4, 9].map((index) => layout.rowOf(index))).toEqual([0, 0, 1, 2]);
  });

  it('begins a group with its heading, and on a new line', () => {
    const layout = layOutGrid(8, 3, [4, 1, 3]);
    const lines = Array.from({ length: layout.rows }, (_, row) => {
      const line = layout.rowAt(row);
      return line.kind === 'heading' ? `# ${line.group}` : `${line.start}+${line.length}`;
    });
    expect(lines).toEqual(['# 0', '0+3', '3+1', '# 1', '4+1', '# 2', '5+3']);
    expect([0, 3, 4, 5, 7].map((index) => layout.rowOf(index))).toEqual([1, 2, 4, 6, 6]);
  });

  it('puts every item in the line that holds it', () => {
    const layout = layOutGrid(23, 4, [9, 4, 1, 9]);
    for (let index = 0; index < 23; index += 1) {
      const line = layout.rowAt(layout.rowOf(index));
      expect(line.kind).toBe('items');
      if (line.kind !== 'items') continue;
      expect(index).toBeGreaterThanOrEqual(line.start);
      expect(index).toBeLessThan(line.start + line.length);
    }
  });

  it('has no lines for nothing', () => {
    expect(layOutGrid(0, 4).rows).toBe(0);
    expect(layOutGrid(0, 4, []).rows).toBe(0);
    expect(layOutGrid(0, 4, []).rowOf(0)).toBe(0);
  });
});

describe('topOfRow', () => {
  it('adds up headings and lines of items', () => {
    const heights = { items: 100, heading: 40 };
    const layout = layOutGrid(8, 3, [4, 1, 3]);
    const tops = Array.from({ length: layout.rows }, (_, row) => topOfRow(layout, row, heights));
    expect(tops).toEqual([0, 40, 140, 240, 280, 380, 420]);
    expect(topOfRow(layOutGrid(10, 4), 2, heights)).toBe(200);
  });
});
