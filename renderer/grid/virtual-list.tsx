/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual grid stand where they are put; a table's cannot */
import { useElementSize } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type DragEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { titleWhenClipped } from '../app/title-when-clipped.ts';
import { CollectedMark } from '../collections/collected-mark.tsx';
import { Badge } from './badge.tsx';
import { GridFrame } from './grid-frame.tsx';
import { ItemButtons } from './item-buttons.tsx';
import { startItemDrag } from './item-drag.ts';
import { columnsThatFit, type ListColumn } from './list-columns.ts';
import { Picture } from './picture.tsx';
import { useGridLayout } from './use-grid-layout.ts';
import { type ItemGridProps, useItemGrid } from './use-item-grid.ts';
import styles from './virtual-list.module.css';

const ROW = 60;
const HEAD = 36;

export interface ListSort {
  /** The `by` of the column the list is sorted by. */
  readonly by: string;
  readonly direction: 'asc' | 'desc';
  readonly onSort: (by: string) => void;
}

interface VirtualListProps extends ItemGridProps {
  /** Most important first: what does not fit is left out. The first one is the name. */
  readonly columns: readonly [ListColumn, ...ListColumn[]];
  readonly sort: ListSort;
}

/** The same items as lines of a table: a small picture, the name and what is known of each. */
export function VirtualList(props: VirtualListProps) {
  const { count, itemAt, selectedId, groups, sort } = props;
  const { t } = useTranslation();
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: innerRef, width } = useElementSize<HTMLDivElement>();
  const [name, ...others] = columnsThatFit(props.columns, width);
  const { layout, heights } = useGridLayout({
    count: width === 0 ? 0 : count,
    columns: 1,
    groups: width === 0 ? null : groups,
    rowHeight: ROW,
  });
  const grid = useItemGrid(props, { scroller, layout, heights, head: HEAD });
  const template = `minmax(0, ${others.length > 0 ? 2.4 : 1}fr) repeat(${others.length}, minmax(0, 1fr)) 72px`;

  const head = (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      className={styles.head}
      style={{ gridTemplateColumns: template, height: HEAD }}
    >
      {[name, ...others].map((column, at) => (
        <div
          key={column.id}
          role="columnheader"
          tabIndex={-1}
          aria-colindex={at + 1}
          aria-sort={
            column.by !== sort.by ? 'none' : sort.direction === 'asc' ? 'ascending' : 'descending'
          }
        >
          <button
            type="button"
            title={t('browse.sortBy', { field: column.title })}
            onClick={() => sort.onSort(column.by)}
          >
            <span>{column.title}</span>
            {column.by === sort.by &&
              (sort.direction === 'asc' ? (
                <IconArrowUp size={14} stroke={1.8} aria-hidden />
              ) : (
                <IconArrowDown size={14} stroke={1.8} aria-hidden />
              ))}
          </button>
        </div>
      ))}
    </div>
  );

  return (
    <GridFrame
      props={props}
      scroller={scroller}
      grid={grid}
      layout={layout}
      columns={others.length + 2}
      innerRef={innerRef}
      head={{ row: head, height: HEAD }}
      renderItems={({ start, top, row }) => renderRow(start, top, row)}
    />
  );

  function renderRow(index: number, top: number, row: number) {
    const item = itemAt(index);
    return (
      <div
        key={item?.id ?? `empty-${index}`}
        role="row"
        tabIndex={-1}
        aria-rowindex={row}
        aria-selected={item !== undefined && item.id === selectedId}
        data-place={index}
        className={styles.row}
        style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
        draggable={item !== undefined && item.imagePath !== null}
        onDragStart={(event: DragEvent) => item && startItemDrag(event, item)}
        onClick={() => item && props.onOpen(item)}
        onKeyDown={() => undefined}
      >
        <div
          role="gridcell"
          aria-colindex={1}
          aria-labelledby={`${listId}-${index}`}
          tabIndex={index === grid.current ? 0 : -1}
          data-index={index}
          className={styles.name}
          onFocus={() => grid.activate(index)}
        >
          {item && <NameCell item={item} labelId={`${listId}-${index}`} />}
        </div>
        {others.map((column, at) => {
          const text = item ? column.read(item) : '';
          return (
            <div
              key={column.id}
              role="gridcell"
              tabIndex={-1}
              aria-colindex={at + 2}
              className={styles.value}
              dir="auto"
              title={text}
            >
              {text}
            </div>
          );
        })}
        <div role="gridcell" tabIndex={-1} aria-colindex={others.length + 2}>
          {item && (
            <ItemButtons
              item={item}
              onOpen={props.onOpen}
              onFindSimilar={props.onFindSimilar}
              onCrop={props.onCrop}
            />
          )}
        </div>
      </div>
    );
  }
}

function NameCell({ item, labelId }: { readonly item: ItemTile; readonly labelId: string }) {
  return (
    <>
      <span className={styles.picture}>
        <Picture item={item} width={46} alt="" small />
      </span>
      <span id={labelId} className={styles.title} dir="auto" onPointerEnter={titleWhenClipped}>
        {item.name || item.key}
      </span>
      <CollectedMark itemKey={item.key} />
      <Badge item={item} />
    </>
  );
}
