/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual grid stand where they are put; a table's cannot */
import type { ReactNode, RefObject } from 'react';
import type { GridLayout } from './grid-layout.ts';
import styles from './grid-frame.module.css';
import { GroupTitle } from './group-title.tsx';
import { ItemMenu } from './item-menu.tsx';
import type { ItemGridProps, useItemGrid } from './use-item-grid.ts';

interface GridFrameProps {
  readonly props: ItemGridProps;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly grid: ReturnType<typeof useItemGrid>;
  readonly layout: GridLayout;
  readonly columns: number;
  readonly innerRef: RefObject<HTMLDivElement | null> | ((node: HTMLDivElement | null) => void);
  /** The row of column names, and how high it is. */
  readonly head?: { readonly row: ReactNode; readonly height: number };
  /** Draws a line of items, placed `top` pixels down. */
  readonly renderItems: (line: {
    start: number;
    length: number;
    top: number;
    row: number;
  }) => ReactNode;
}

/** The scrolling frame around the rows in view, with the headings between and what floats above. */
export function GridFrame(frame: GridFrameProps) {
  const { props, scroller, grid, layout, columns, innerRef, head, renderItems } = frame;
  const groups = props.groups ?? [];
  const top = grid.topGroup === null ? undefined : groups[grid.topGroup];
  const firstRow = head === undefined ? 1 : 2;
  return (
    <div ref={scroller} className={styles.scroller} onScroll={grid.onScroll}>
      <div
        ref={innerRef}
        role="grid"
        tabIndex={-1}
        aria-label={props.label}
        aria-rowcount={layout.rows + firstRow - 1}
        aria-colcount={columns}
        className={styles.grid}
        style={{ height: grid.height }}
        {...grid.handlers}
      >
        {head?.row}
        {top && (
          <div className={styles.floating} style={{ top: head?.height ?? 0 }} aria-hidden>
            <GroupTitle group={top} />
          </div>
        )}
        {grid.shown.map(({ index }) => {
          const line = layout.rowAt(index);
          const at = grid.topOf(index);
          if (line.kind === 'items') {
            return renderItems({
              start: line.start,
              length: line.length,
              top: at,
              row: index + firstRow,
            });
          }
          const group = groups[line.group];
          return (
            group && (
              <div
                key={`heading-${line.group}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={index + firstRow}
                className={styles.heading}
                style={{ transform: `translateY(${at}px)` }}
              >
                <div role="rowheader" tabIndex={-1} aria-colspan={columns}>
                  <GroupTitle group={group} />
                </div>
              </div>
            )
          );
        })}
      </div>
      {props.foot}
      {grid.menu && (
        <ItemMenu
          menu={grid.menu}
          onClose={grid.closeMenu}
          onOpen={props.onOpen}
          onDetails={props.onDetails}
          onFindSimilar={props.onFindSimilar}
          onCrop={props.onCrop}
          onShowInBrowse={props.onShowInBrowse}
          inCollection={props.inCollection}
        />
      )}
    </div>
  );
}
