/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual grid stand where they are put; a table's cannot */
import { useElementSize } from '@mantine/hooks';
import { memo, type ReactNode, useId, useMemo, useRef } from 'react';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { GridCell } from './grid-cell.tsx';
import { GridFrame } from './grid-frame.tsx';
import { useGridLayout } from './use-grid-layout.ts';
import { type ItemGridProps, useItemGrid } from './use-item-grid.ts';
import { useLatestActions } from './use-latest-actions.ts';
import styles from './virtual-grid.module.css';

/** A cell is at least this wide … */
const MIN_CELL = 150;
/** … and on a wide screen so much that no more than this many stand side by side. */
const MOST_COLUMNS = 11;
const GAP = 10;
/** Padding of the tile and name: what a cell is taller than wide, without its line of facts. */
const NAME_HEIGHT = 50;
const FACTS_HEIGHT = 24;

interface VirtualGridProps extends ItemGridProps {
  /**
   * The line below the name; left out, the tiles are that much shorter. Another function draws every
   * tile anew.
   */
  readonly renderMeta?: ((item: ItemTile, index: number) => ReactNode) | undefined;
}

/**
 * Any number of tiles, of which only those in view are drawn. Keys after the ARIA grid pattern. Drawn
 * again only when something it is given changes.
 */
export const VirtualGrid = memo(function VirtualGrid(props: VirtualGridProps) {
  const { count, itemAt, renderMeta, selectedId, groups } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // The inner element: what is left after padding and scroll bar.
  const { ref: innerRef, width } = useElementSize<HTMLDivElement>();
  const columns = Math.max(1, Math.min(MOST_COLUMNS, Math.floor((width + GAP) / (MIN_CELL + GAP))));
  const cell = Math.floor((width - GAP * (columns - 1)) / columns);
  const rowHeight = cell + NAME_HEIGHT + (renderMeta === undefined ? 0 : FACTS_HEIGHT) + GAP;
  const { layout, heights } = useGridLayout({
    count: width === 0 ? 0 : count,
    columns,
    groups: width === 0 ? null : groups,
    rowHeight,
  });
  const grid = useItemGrid(props, { scroller, layout, heights, head: 0 });
  const actions = useLatestActions(props);
  const rowStyle = useMemo(
    () => ({
      height: rowHeight - GAP,
      gridTemplateColumns: `repeat(${columns}, ${cell}px)`,
      columnGap: GAP,
    }),
    [rowHeight, columns, cell],
  );

  return (
    <GridFrame
      props={props}
      scroller={scroller}
      grid={grid}
      layout={layout}
      columns={columns}
      innerRef={innerRef}
      renderItems={({ start, length, top, row }) => (
        <div
          key={row}
          role="row"
          tabIndex={-1}
          aria-rowindex={row}
          className={styles.row}
          style={{ ...rowStyle, transform: `translateY(${top}px)` }}
        >
          {Array.from({ length }, (_, column) => renderCell(start + column, column))}
        </div>
      )}
    />
  );

  function renderCell(index: number, column: number) {
    const item = itemAt(index);
    return (
      <GridCell
        key={item?.id ?? `empty-${index}`}
        item={item}
        index={index}
        column={column}
        gridId={gridId}
        size={cell}
        selected={item !== undefined && item.id === selectedId}
        current={index === grid.current}
        renderMeta={renderMeta}
        actions={actions}
        onFocus={grid.activate}
      />
    );
  }
});
