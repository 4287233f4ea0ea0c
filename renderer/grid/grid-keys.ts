export interface GridShape {
  readonly columns: number;
  readonly count: number;
  /** Whole rows that fit the view. */
  readonly pageRows: number;
}

/**
 * Where a key leads from `index` in a grid, after the ARIA grid pattern; null when the key does not
 * move. A move past the last row ends on the last item instead of going nowhere.
 */
export function moveInGrid(key: string, index: number, shape: GridShape): number | null {
  const last = shape.count - 1;
  if (last < 0) return null;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return index - shape.columns < 0 ? index : index - shape.columns;
    case 'ArrowDown':
      return Math.min(last, index + shape.columns);
    case 'PageUp':
      return Math.max(index % shape.columns, index - shape.columns * shape.pageRows);
    case 'PageDown':
      return Math.min(last, index + shape.columns * shape.pageRows);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
