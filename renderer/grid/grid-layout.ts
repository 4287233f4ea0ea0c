/** One line of a grid: the heading of a group, or items side by side. */
export type GridRow =
  | { readonly kind: 'heading'; readonly group: number }
  | {
      readonly kind: 'items';
      readonly group: number;
      /** Place of its first item in the list. */
      readonly start: number;
      readonly length: number;
    };

/** Which items stand in which line. */
export interface GridLayout {
  readonly columns: number;
  readonly count: number;
  readonly rows: number;
  rowAt(row: number): GridRow;
  /** The line an item stands in. */
  rowOf(index: number): number;
}

interface Span {
  /** Its first line and its first item. */
  readonly row: number;
  readonly start: number;
  readonly size: number;
}

/**
 * Lays `count` items out in lines of `columns`. With `groups` (their sizes, in the order of the
 * list) each group begins with a heading on a line of its own.
 */
export function layOutGrid(
  count: number,
  columns: number,
  groups: readonly number[] | null = null,
): GridLayout {
  const headings = groups === null ? 0 : 1;
  const spans: Span[] = [];
  let row = 0;
  let start = 0;
  for (const size of groups ?? [count]) {
    spans.push({ row, start, size });
    row += headings + Math.ceil(size / columns);
    start += size;
  }
  return {
    columns,
    count,
    rows: row,
    rowAt(at) {
      const group = Math.max(
        0,
        spans.findLastIndex((span) => span.row <= at),
      );
      const span = spans[group] ?? { row: 0, start: 0, size: 0 };
      const line = at - span.row - headings;
      if (line < 0) return { kind: 'heading', group };
      const before = line * columns;
      const length = Math.max(0, Math.min(columns, span.size - before));
      return { kind: 'items', group, start: span.start + before, length };
    },
    rowOf(index) {
      const span = spans.findLast((entry) => entry.start <= index && entry.size > 0);
      if (span === undefined) return 0;
      return span.row + headings + Math.floor((index - span.start) / columns);
    },
  };
}

export interface RowHeights {
  readonly items: number;
  readonly heading: number;
}

/** Pixels from the top of the grid to a line. */
export function topOfRow(layout: GridLayout, row: number, heights: RowHeights): number {
  const { kind, group } = layout.rowAt(row);
  const grouped = layout.rows > 0 && layout.rowAt(0).kind === 'heading';
  const headings = grouped ? group + (kind === 'items' ? 1 : 0) : 0;
  return headings * heights.heading + (row - headings) * heights.items;
}
