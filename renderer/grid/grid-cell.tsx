/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual grid stand where they are put; a table's cannot */
import { memo, type ReactNode } from 'react';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import type { ItemActions } from './item-actions.ts';
import { Tile } from './tile.tsx';
import styles from './virtual-grid.module.css';

/** What a cell is called by, of which only the name is always there. */
const LABELS = ['name', 'facts', 'collected', 'badge', 'missing'] as const;

interface GridCellProps {
  readonly item: ItemTile | undefined;
  /** Its place in the list. */
  readonly index: number;
  readonly column: number;
  readonly gridId: string;
  /** Pixels; a cell is as wide as its picture is high. */
  readonly size: number;
  readonly selected: boolean;
  readonly current: boolean;
  readonly renderMeta: ((item: ItemTile, index: number) => ReactNode) | undefined;
  readonly actions: ItemActions;
  readonly onFocus: (index: number) => void;
}

/** One cell of a grid, drawn again only when something of it changes: scrolling draws what comes in. */
export const GridCell = memo(function GridCell(props: GridCellProps) {
  const { item, index, column, gridId, size, selected, current, renderMeta, actions } = props;
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={selected}
      aria-labelledby={LABELS.map((part) => `${gridId}-${index}-${part}`).join(' ')}
      tabIndex={current ? 0 : -1}
      data-index={index}
      data-place={index}
      className={styles.cell}
      onFocus={() => props.onFocus(index)}
      onClick={() => item && actions.onOpen(item)}
      onKeyDown={() => undefined}
    >
      {item ? (
        <Tile
          item={item}
          selected={selected}
          current={current}
          labelId={`${gridId}-${index}`}
          pictureSize={size - 30}
          meta={renderMeta?.(item, index)}
          {...actions}
        />
      ) : (
        <div className={styles.waiting} style={{ height: size - 16 }} />
      )}
    </div>
  );
});
