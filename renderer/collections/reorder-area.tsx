import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { droppedItem, isItemDrag } from '../grid/item-drag.ts';
import styles from './reorder-area.module.css';

interface ReorderAreaProps {
  /** Whether items stand side by side or one below the other. */
  readonly flow: 'row' | 'column';
  readonly onMove: (key: string, slot: number) => void;
  readonly children: ReactNode;
}

interface Gap {
  /** The place that the dragged item would take the entry of, before it has moved. */
  readonly slot: number;
  readonly left: number;
  readonly top: number;
  readonly length: number;
}

/** Lets items be dragged to another place of the grid or list within, and shows where they go. */
export function ReorderArea({ flow, onMove, children }: ReorderAreaProps) {
  const area = useRef<HTMLDivElement>(null);
  const [gap, setGap] = useState<Gap | null>(null);
  const onDragOver = (event: DragEvent) => {
    if (!isItemDrag(event.dataTransfer)) return;
    event.preventDefault();
    const cell = event.target instanceof Element ? event.target.closest('[data-place]') : null;
    if (cell === null || area.current === null) return;
    setGap(gapAt(event, { cell, area: area.current, flow }));
  };
  const onDrop = (event: DragEvent) => {
    setGap(null);
    const item = droppedItem(event.dataTransfer);
    if (item === null || gap === null) return;
    event.preventDefault();
    onMove(item.key, gap.slot);
  };
  const onDragLeave = ({ relatedTarget }: DragEvent) => {
    if (relatedTarget instanceof Node && area.current?.contains(relatedTarget) === true) return;
    setGap(null);
  };
  return (
    <div
      ref={area}
      className={styles.area}
      role="presentation"
      onDragOver={onDragOver}
      onDragLeave={onDragLeave}
      onDrop={onDrop}
      onDragEnd={() => setGap(null)}
    >
      {children}
      {gap && (
        <span
          className={styles.gap}
          data-flow={flow}
          style={{
            left: gap.left,
            top: gap.top,
            [flow === 'row' ? 'height' : 'width']: gap.length,
          }}
        />
      )}
    </div>
  );
}

interface GapOptions {
  /** What the pointer is over. */
  readonly cell: Element;
  readonly area: Element;
  readonly flow: ReorderAreaProps['flow'];
}

/** The edge of a cell that the pointer is nearer to, in the area's own pixels. */
function gapAt({ clientX, clientY }: DragEvent, { cell, area, flow }: GapOptions): Gap {
  const box = cell.getBoundingClientRect();
  const frame = area.getBoundingClientRect();
  const isRow = flow === 'row';
  const isAfter = isRow ? clientX > box.left + box.width / 2 : clientY > box.top + box.height / 2;
  const edge = isRow ? (isAfter ? box.right : box.left) : isAfter ? box.bottom : box.top;
  return {
    slot: Number(cell.getAttribute('data-place')) + (isAfter ? 1 : 0),
    left: (isRow ? edge : box.left) - frame.left,
    top: (isRow ? box.top : edge) - frame.top,
    length: isRow ? box.height : box.width,
  };
}
