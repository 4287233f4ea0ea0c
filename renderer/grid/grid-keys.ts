import type { GridLayout } from './grid-layout.ts';

export interface GridShape {
  readonly layout: GridLayout;
  /** Whole rows that fit the view. */
  readonly pageRows: number;
}

/**
 * Where a key leads from `index` in a grid, after the ARIA grid pattern; null when the key does not
 * move. Headings are passed over; a move past the last row ends on the last item instead of going
 * nowhere.
 */
export function moveInGrid(key: string, index: number, shape: GridShape): number | null {
  const { layout, pageRows } = shape;
  const last = layout.count - 1;
  if (last < 0) return null;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return moveByRows(layout, index, -1);
    case 'ArrowDown':
      return moveByRows(layout, index, 1);
    case 'PageUp':
      return moveByRows(layout, index, -pageRows);
    case 'PageDown':
      return moveByRows(layout, index, pageRows);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The item in the same column so many lines on, or the last of that line when it is shorter. */
function moveByRows(layout: GridLayout, index: number, rows: number): number {
  const from = layout.rowOf(index);
  const here = layout.rowAt(from);
  if (here.kind === 'heading') return index;
  if (from + rows >= layout.rows) return layout.count - 1;
  const target = Math.max(0, from + rows);
  // Past a heading in the direction of the move; above the first one there is nothing.
  const step = rows < 0 && target > 0 ? -1 : 1;
  const line = layout.rowAt(target);
  const there = line.kind === 'items' ? line : layout.rowAt(target + step);
  if (there.kind === 'heading') return index;
  return there.start + Math.min(index - here.start, there.length - 1);
}
