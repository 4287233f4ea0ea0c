import { useMemo } from 'react';
import { type GridLayout, layOutGrid, type RowHeights } from './grid-layout.ts';
import type { GridGroup } from './use-item-grid.ts';

const HEADING = 40;

interface GridLayoutInput {
  readonly count: number;
  readonly columns: number;
  readonly groups: readonly GridGroup[] | null | undefined;
  readonly rowHeight: number;
}

/** The lines of a grid and their heights, the same objects for as long as nothing changes. */
export function useGridLayout(input: GridLayoutInput): {
  readonly layout: GridLayout;
  readonly heights: RowHeights;
} {
  const { count, columns, groups, rowHeight } = input;
  const sizes = groups ? groups.map((group) => group.count).join(' ') : null;
  const layout = useMemo(
    () =>
      layOutGrid(
        count,
        columns,
        sizes === null ? null : sizes.split(' ').filter(Boolean).map(Number),
      ),
    [count, columns, sizes],
  );
  const heights = useMemo(() => ({ items: rowHeight, heading: HEADING }), [rowHeight]);
  return { layout, heights };
}
