import type { ItemTile } from '../../shared/contract/catalog.ts';
import type { ListColumn } from '../grid/list-columns.ts';
import type { ListSort } from '../grid/virtual-list.tsx';

type Sort = Pick<ListSort, 'by' | 'direction'>;

/** The order that a collection was given. */
export const OWN_ORDER: Sort = { by: 'place', direction: 'asc' };

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * Items by what a column shows, those that show nothing last either way; equal ones stay as they are.
 * In their own order the list itself is returned.
 */
export function sortItems(
  items: readonly ItemTile[],
  { by, direction, columns }: Sort & { readonly columns: readonly ListColumn[] },
): readonly ItemTile[] {
  if (by === OWN_ORDER.by) return direction === 'asc' ? items : items.toReversed();
  const column = columns.find((entry) => entry.by === by);
  if (column === undefined) return items;
  const turn = direction === 'asc' ? 1 : -1;
  return items
    .map((item) => ({ item, text: column.read(item) }))
    .toSorted((a, b) =>
      a.text === '' || b.text === ''
        ? Number(a.text === '') - Number(b.text === '')
        : turn * collator.compare(a.text, b.text),
    )
    .map(({ item }) => item);
}
