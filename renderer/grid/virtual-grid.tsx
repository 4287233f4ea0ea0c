/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual grid stand where they are put; a table's cannot */
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { moveInGrid } from './grid-keys.ts';
import { Tile, type TileActions } from './tile.tsx';
import styles from './virtual-grid.module.css';

const MIN_CELL = 150;
const GAP = 10;
/** Padding of the tile and name: what a cell is taller than wide, without its line of facts. */
const NAME_HEIGHT = 50;
const FACTS_HEIGHT = 24;

interface VirtualGridProps extends TileActions {
  readonly label: string;
  readonly count: number;
  /** The item at a place, or undefined while its page is on the way. */
  readonly itemAt: (index: number) => ItemTile | undefined;
  /** The line below the name; left out, the tiles are that much shorter. */
  readonly renderMeta?: ((index: number) => ReactNode) | undefined;
  readonly selectedId: number | null;
  readonly onEscape?: (() => void) | undefined;
  /** Told which places are in view, so that their pages can be fetched. */
  readonly onRange?: ((first: number, last: number) => void) | undefined;
  /** Told whether the first row is in view. */
  readonly onTop?: ((atTop: boolean) => void) | undefined;
  /** Another value scrolls back to the top: it stands for another list. */
  readonly listId: string;
}

/** Any number of tiles, of which only those in view are drawn. Keys after the ARIA grid pattern. */
export function VirtualGrid(props: VirtualGridProps) {
  const { label, count, itemAt, renderMeta, selectedId, onEscape, onRange, onTop, listId } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // The inner element: what is left after padding and scroll bar.
  const { ref: innerRef, width } = useElementSize<HTMLDivElement>();
  const [active, setActive] = useState(0);
  const wantsFocus = useRef(false);
  const hasFocus = useRef(false);

  const columns = Math.max(1, Math.floor((width + GAP) / (MIN_CELL + GAP)));
  const cell = Math.floor((width - GAP * (columns - 1)) / columns);
  const rowHeight = cell + NAME_HEIGHT + (renderMeta === undefined ? 0 : FACTS_HEIGHT) + GAP;
  const rows = width === 0 ? 0 : Math.ceil(count / columns);

  // oxlint-disable-next-line react/incompatible-library -- not compiled, so nothing is memoized wrongly
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 3,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  useLayoutEffect(() => {
    setActive(0);
    scroller.current?.scrollTo({ top: 0 });
  }, [listId]);

  const shown = virtualizer.getVirtualItems();
  const first = (shown[0]?.index ?? 0) * columns;
  const last = Math.min(count - 1, ((shown.at(-1)?.index ?? 0) + 1) * columns - 1);
  useEffect(() => onRange?.(first, last), [onRange, first, last]);

  // Another number of columns draws the cells anew, and the focused one would lose its focus.
  useLayoutEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) wantsFocus.current = true;
  }, [columns]);

  const current = Math.min(active, Math.max(0, count - 1));
  useEffect(() => {
    if (!wantsFocus.current) return;
    const target = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!target) return;
    wantsFocus.current = false;
    target.focus({ preventScroll: true });
  });

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const item = itemAt(current);
      if (event.key === 'Enter' && item) {
        event.preventDefault();
        if (event.shiftKey) props.onFindSimilar(item);
        else props.onOpen(item);
        return;
      }
      if (event.key === 'Escape') {
        onEscape?.();
        return;
      }
      const height = scroller.current?.clientHeight ?? 0;
      const pageRows = Math.max(1, Math.floor(height / rowHeight));
      const next = moveInGrid(event.key, current, { columns, count, pageRows });
      if (next === null) return;
      event.preventDefault();
      wantsFocus.current = true;
      setActive(next);
      virtualizer.scrollToIndex(Math.floor(next / columns), { align: 'auto' });
      // With the panel open, looking through the grid looks through the details.
      const nextItem = itemAt(next);
      if (selectedId !== null && nextItem) props.onOpen(nextItem);
    },
    [columns, count, current, itemAt, onEscape, props, rowHeight, selectedId, virtualizer],
  );

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      onScroll={(event) => onTop?.(event.currentTarget.scrollTop < rowHeight / 2)}
    >
      <div
        ref={innerRef}
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={rows}
        aria-colcount={columns}
        className={styles.grid}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={() => {
          hasFocus.current = true;
        }}
        onBlur={(event) => {
          if (event.relatedTarget !== null) hasFocus.current = false;
        }}
      >
        {shown.map((row) => (
          <div
            key={row.index}
            role="row"
            tabIndex={-1}
            aria-rowindex={row.index + 1}
            className={styles.row}
            style={{
              transform: `translateY(${row.start}px)`,
              height: rowHeight - GAP,
              gridTemplateColumns: `repeat(${columns}, ${cell}px)`,
              columnGap: GAP,
            }}
          >
            {placesOf(row.index, columns, count).map((index) => {
              const item = itemAt(index);
              return (
                <div
                  key={item?.id ?? `empty-${index}`}
                  role="gridcell"
                  aria-colindex={(index % columns) + 1}
                  aria-selected={item !== undefined && item.id === selectedId}
                  aria-labelledby={`${gridId}-${index}-name ${gridId}-${index}-facts`}
                  tabIndex={index === current ? 0 : -1}
                  data-index={index}
                  className={styles.cell}
                  onFocus={() => setActive(index)}
                  onClick={() => item && props.onOpen(item)}
                  onKeyDown={() => undefined}
                >
                  {item ? (
                    <Tile
                      item={item}
                      selected={item.id === selectedId}
                      labelId={`${gridId}-${index}`}
                      pictureSize={cell - 30}
                      meta={renderMeta?.(index)}
                      onOpen={props.onOpen}
                      onFindSimilar={props.onFindSimilar}
                      onCrop={props.onCrop}
                    />
                  ) : (
                    <div className={styles.waiting} style={{ height: cell - 16 }} />
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function placesOf(row: number, columns: number, count: number): number[] {
  const start = row * columns;
  return Array.from({ length: Math.min(columns, count - start) }, (_, column) => start + column);
}
