import type { ItemTile } from '../../shared/contract/catalog.ts';

/**
 * Whether an item is not in the catalog, because only an index in the cloud knows it or because it
 * has left: there is no more of it than its tile.
 */
export function isElsewhere(item: Pick<ItemTile, 'badges'>): boolean {
  return item.badges.includes('not-here') || hasLeft(item);
}

/** Whether an item of a collection has left the catalog: nothing is known of it but its key. */
export function hasLeft(item: Pick<ItemTile, 'badges'>): boolean {
  return item.badges.includes('gone');
}
