import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  type UIEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { copyItemPicture } from '../app/copy.ts';
import { toggleCollected } from '../collections/collect.ts';
import { isCommand } from '../commands/keys.ts';
import { moveInGrid } from './grid-keys.ts';
import { type GridLayout, type RowHeights, topOfRow } from './grid-layout.ts';
import type { ItemMenuActions } from './item-actions.ts';
import type { ItemMenuState } from './item-menu.tsx';
import { usePainted } from './use-painted.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';

/** Rows drawn beyond the view, so that scrolling finds their pictures there. */
const OVERSCAN = 3;

/** What any grid of items is given, however it draws them. */
export interface ItemGridProps extends ItemMenuActions {
  readonly label: string;
  readonly count: number;
  /** The item at a place, or undefined while its page is on the way. */
  readonly itemAt: (index: number) => ItemTile | undefined;
  /** Where an item stands, if it is among those known. */
  readonly placeOf: (id: number) => number | undefined;
  /** Sections of the list in its order, each under a heading. */
  readonly groups?: readonly GridGroup[] | null | undefined;
  readonly selectedId: number | null;
  /** Told which places are in view, so that their pages can be fetched. */
  readonly onRange?: ((first: number, last: number) => void) | undefined;
  /** Told whether the first row is in view. */
  readonly onTop?: ((atTop: boolean) => void) | undefined;
  /** Another value scrolls back to the top: it stands for another list. */
  readonly listId: string;
  /** Below the last row. */
  readonly foot?: ReactNode;
  /** A place to bring into view; told when that is done. */
  readonly reveal?: { readonly index: number; readonly onDone: () => void } | undefined;
}

export interface GridGroup {
  readonly title: string;
  readonly count: number;
}

interface GridMeasures {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly layout: GridLayout;
  readonly heights: RowHeights;
  /** Height of what stays above the rows. */
  readonly head: number;
}

/** The part of a grid that is the same for tiles and lists: what is in view, keys, focus, menu. */
export function useItemGrid(
  props: ItemGridProps,
  { scroller, layout, heights, head }: GridMeasures,
) {
  const { itemAt, placeOf, selectedId, onRange, onTop, listId, reveal } = props;
  const { columns, count } = layout;
  const onScrolled = useSteadyScroll({
    scroller,
    layout,
    heights,
    itemAt,
    placeOf,
    selectedId,
    listId,
  });
  const [active, setActive] = useState(0);
  const [menu, setMenu] = useState<ItemMenuState | null>(null);
  const [topGroup, setTopGroup] = useState<number | null>(null);
  const wantsFocus = useRef(false);
  const hasFocus = useRef(false);
  const activeId = useRef<number | null>(null);
  const grouped = props.groups !== null && props.groups !== undefined;

  const isPainted = usePainted(listId) === listId;
  // oxlint-disable-next-line react/incompatible-library -- not compiled, so nothing is memoized wrongly
  const virtualizer = useVirtualizer({
    count: layout.rows,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => (layout.rowAt(row).kind === 'heading' ? heights.heading : heights.items),
    paddingStart: head,
    scrollPaddingStart: head + (grouped ? heights.heading : 0),
    overscan: isPainted ? OVERSCAN : 0,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, layout, heights.items]);

  useLayoutEffect(() => {
    activeId.current = null;
    setActive(0);
    setTopGroup(null);
    scroller.current?.scrollTo({ top: 0 });
  }, [scroller, listId]);

  const shown = virtualizer.getVirtualItems();
  const [first, last] = placesIn(layout, shown[0]?.index, shown.at(-1)?.index);
  useEffect(() => onRange?.(first, last), [onRange, first, last]);

  const current = Math.min(active, Math.max(0, count - 1));
  const currentId = itemAt(current)?.id;
  useLayoutEffect(() => {
    // The focused item went elsewhere in the list, and the focus goes with it.
    const moved =
      activeId.current !== null && currentId !== activeId.current && hasFocus.current
        ? placeOf(activeId.current)
        : undefined;
    if (moved !== undefined && moved !== current) setActive(moved);
    else activeId.current = currentId ?? null;
    if (moved !== undefined) wantsFocus.current = true;
  }, [current, currentId, placeOf]);

  // Another number of columns draws the cells anew, and the focused one would lose its focus.
  useLayoutEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) wantsFocus.current = true;
  }, [columns]);

  useEffect(() => {
    if (!wantsFocus.current) return;
    const target = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!target) return;
    // A cell whose item is on the way is drawn anew when it comes, and then focused once more.
    wantsFocus.current = currentId === undefined;
    target.focus({ preventScroll: true });
  });

  const activeAt = useRef(current);
  useLayoutEffect(() => {
    activeAt.current = current;
  }, [current]);
  const activate = useCallback((index: number) => {
    // What is active already is known by its id, which nothing would bring back: nothing is drawn.
    if (index === activeAt.current) return;
    activeId.current = null;
    setActive(index);
  }, []);
  const goTo = (index: number, align: 'auto' | 'center') => {
    wantsFocus.current = true;
    activate(index);
    virtualizer.scrollToIndex(layout.rowOf(index), { align });
  };

  const revealed = useRef<number | null>(null);
  useEffect(() => {
    if (reveal === undefined) {
      revealed.current = null;
    } else if (layout.rows > 0 && revealed.current !== reveal.index) {
      revealed.current = reveal.index;
      goTo(reveal.index, 'center');
      reveal.onDone();
    }
  });

  // What is opened from elsewhere, such as the details, is brought into view, and the keys go on there.
  const follow = useEffectEvent((id: number) => {
    const place = placeOf(id);
    if (place === undefined || place === current) return;
    activate(place);
    virtualizer.scrollToIndex(layout.rowOf(place), { align: 'auto' });
  });
  useEffect(() => {
    if (selectedId !== null) follow(selectedId);
  }, [selectedId]);

  const openMenu = (cell: Element | null | undefined, at?: { x: number; y: number }) => {
    const index = Number(cell?.getAttribute('data-place') ?? Number.NaN);
    const item = Number.isNaN(index) ? undefined : itemAt(index);
    if (!cell || item === undefined) return false;
    const box = cell.getBoundingClientRect();
    setMenu({ item, ...(at ?? { x: box.left + 24, y: box.top + Math.min(48, box.height) }) });
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const cell = document.activeElement?.closest('[data-place]');
    const press = event.nativeEvent;
    const onCell = document.activeElement?.hasAttribute('data-index') === true;
    const item = onCell ? itemAt(current) : undefined;
    const act = (action: (item: ItemTile) => void) => {
      if (item === undefined) return;
      event.preventDefault();
      action(item);
    };
    if (isCommand(press, 'itemMenu')) {
      if (openMenu(cell)) event.preventDefault();
      return;
    }
    if (isCommand(press, 'openDetails')) return act(props.onOpen);
    if (isCommand(press, 'findSimilar')) return act(props.onFindSimilar);
    if (isCommand(press, 'collect')) return act(toggleCollected);
    if (isCommand(press, 'uncollect') && props.inCollection) {
      return act(props.inCollection.onRemove);
    }
    if (isCommand(press, 'copyPicture') && window.getSelection()?.isCollapsed !== false) {
      if (item?.imagePath !== null) act((chosen) => void copyItemPicture(chosen));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const height = (scroller.current?.clientHeight ?? 0) - head;
    const pageRows = Math.max(1, Math.floor(height / heights.items));
    const next = moveInGrid(event.key, current, { layout, pageRows });
    if (next === null) return;
    event.preventDefault();
    goTo(next, 'auto');
    if (next === 0) scroller.current?.scrollTo({ top: 0 });
    // With the panel open, looking through the grid looks through the details.
    const nextItem = itemAt(next);
    if (selectedId !== null && nextItem) props.onOpen(nextItem);
  };

  return {
    shown,
    current,
    activate,
    topGroup,
    menu,
    closeMenu: () => {
      // Back to where it was opened, unless the focus has gone elsewhere already.
      const at = document.activeElement;
      wantsFocus.current = at === document.body || at?.closest('[role="menu"]') !== null;
      setMenu(null);
    },
    height: head + topOfRow(layout, layout.rows, heights),
    topOf: (row: number) => head + topOfRow(layout, row, heights),
    onScroll: (event: UIEvent<HTMLElement>) => {
      const { scrollTop } = event.currentTarget;
      onTop?.(scrollTop < heights.items / 2);
      onScrolled();
      const row = grouped
        ? virtualizer.getVirtualItemForOffset(scrollTop + head)?.index
        : undefined;
      const shows = row !== undefined && row < layout.rows && scrollTop > 0;
      setTopGroup(shows ? layout.rowAt(row).group : null);
    },
    handlers: {
      onKeyDown,
      onFocus: () => {
        hasFocus.current = true;
      },
      onBlur: (event: FocusEvent) => {
        if (event.relatedTarget === null || scroller.current?.contains(event.relatedTarget)) return;
        hasFocus.current = false;
        wantsFocus.current = false;
      },
      onContextMenu: (event: MouseEvent) => {
        const cell =
          event.target instanceof Element ? event.target.closest('[data-place]') : undefined;
        // The Menu key comes without a pointer.
        const at = event.button === 2 ? { x: event.clientX, y: event.clientY } : undefined;
        if (openMenu(cell, at)) event.preventDefault();
      },
    },
  };
}

/** The first and the last place in the rows from `from` to `to`. */
function placesIn(
  layout: GridLayout,
  from: number | undefined,
  to: number | undefined,
): [first: number, last: number] {
  if (from === undefined || to === undefined) return [0, 0];
  const head = layout.rowAt(from);
  const start = head.kind === 'items' ? head : layout.rowAt(from + 1);
  const tail = layout.rowAt(to);
  const end = tail.kind === 'items' ? tail : layout.rowAt(Math.max(0, to - 1));
  const first = start.kind === 'items' ? start.start : 0;
  return [first, end.kind === 'items' ? Math.max(first, end.start + end.length - 1) : first];
}
