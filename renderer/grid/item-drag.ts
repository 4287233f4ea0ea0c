import { type DragEvent, useState } from 'react';
import { type ItemTile, itemTileSchema } from '../../shared/contract/catalog.ts';
import { desktopBridge } from '../api/host.ts';

const ITEM_DRAG_TYPE = 'application/x-vitrine-item';

/** The item whose picture the system drags for us; while it does, the pointer tells us nothing. */
let handedOver: ItemTile | null = null;
window.addEventListener('pointermove', ({ buttons }) => {
  if (buttons === 0) handedOver = null;
});

/**
 * Begins to drag an item: in a desktop window its picture as a file, for any program; in a browser
 * the item itself, for this window.
 */
export function startItemDrag(event: DragEvent, item: ItemTile): void {
  const bridge = desktopBridge();
  if (bridge === null) {
    event.dataTransfer.setData(ITEM_DRAG_TYPE, JSON.stringify(item));
    event.dataTransfer.effectAllowed = 'copy';
    return;
  }
  // The system's drag takes the place of the page's.
  event.preventDefault();
  handedOver = item;
  bridge.startDrag(item.id);
}

/** Whether what is dragged over this window is an item of it, as far as one can tell. */
export function isItemDrag(data: DataTransfer): boolean {
  return data.types.includes(ITEM_DRAG_TYPE) || handedOver !== null;
}

/** The item of a drop on this window, also when it comes back as the file it was dragged out as. */
export function droppedItem(data: DataTransfer): ItemTile | null {
  const carried = data.getData(ITEM_DRAG_TYPE);
  if (carried !== '') return itemTileSchema.parse(JSON.parse(carried));
  const name = data.files[0]?.name;
  const own = name !== undefined && handedOver?.imagePath?.split('/').at(-1) === name;
  return own ? handedOver : null;
}

/** Takes items that are dropped on an element. */
export function useItemDrop(onItem: (item: ItemTile) => void) {
  const [over, setOver] = useState(false);
  return {
    over,
    onDragOver: (event: DragEvent) => {
      if (!isItemDrag(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      const { relatedTarget, currentTarget } = event;
      if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
      setOver(false);
    },
    onDrop: (event: DragEvent) => {
      setOver(false);
      const item = droppedItem(event.dataTransfer);
      if (item === null) return;
      event.preventDefault();
      onItem(item);
    },
  };
}
