import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { type GridLayout, type RowHeights, topOfRow } from './grid-layout.ts';

interface SteadyScrollOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly layout: GridLayout;
  readonly heights: RowHeights;
  readonly itemAt: (index: number) => ItemTile | undefined;
  /** Where an item stands now, if that is known. */
  readonly placeOf: (id: number) => number | undefined;
  readonly selectedId: number | null;
  /** Another value stands for another list, which begins at its top. */
  readonly listId: string;
}

interface Anchor {
  readonly id: number;
  readonly index: number;
  /** Pixels from the top of the list to its line … */
  readonly top: number;
  /** … and from the top of the view. */
  readonly offset: number;
}

/**
 * Keeps what is being looked at in its place on the screen while the same list gets other columns or
 * is read anew: the selected item if it is in view, otherwise the first one that is. At the top of
 * the list the top stays. Returns what to call when the list was scrolled.
 */
export function useSteadyScroll(options: SteadyScrollOptions): () => void {
  const { scroller, layout, heights, itemAt, placeOf, selectedId, listId } = options;
  const anchor = useRef<Anchor | null>(null);
  const list = useRef(listId);

  const onScrolled = () => {
    const view = scroller.current;
    if (view === null || layout.count === 0) return;
    const take = (index: number | undefined): boolean => {
      const item = index === undefined ? undefined : itemAt(index);
      if (index === undefined || item === undefined) return false;
      const top = topOfRow(layout, layout.rowOf(index), heights);
      const offset = top - view.scrollTop;
      if (offset < -heights.items || offset > view.clientHeight) return false;
      anchor.current = { id: item.id, index, top, offset };
      return true;
    };
    if (selectedId !== null && take(placeOf(selectedId))) return;
    anchor.current = null;
    if (view.scrollTop >= heights.items / 2) {
      take(firstInView(layout, heights, view.scrollTop));
    }
  };

  useLayoutEffect(() => {
    const view = scroller.current;
    const before = anchor.current;
    if (view !== null && before !== null && list.current === listId) {
      const known = itemAt(before.index)?.id === before.id;
      const index = known ? before.index : placeOf(before.id);
      const top = index === undefined ? null : topOfRow(layout, layout.rowOf(index), heights);
      // Only what moved within the list is followed: a scroll under way is the user's.
      if (top !== null && top !== before.top) view.scrollTo({ top: top - before.offset });
    }
    list.current = listId;
    onScrolled();
  });

  return onScrolled;
}

function firstInView(layout: GridLayout, heights: RowHeights, scrollTop: number): number {
  let low = 0;
  let high = layout.count - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (topOfRow(layout, layout.rowOf(middle), heights) + heights.items <= scrollTop)
      low = middle + 1;
    else high = middle;
  }
  return low;
}
