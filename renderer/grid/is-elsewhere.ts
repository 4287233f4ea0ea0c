import type { ItemTile } from '../../shared/contract/catalog.ts';

/** Whether only an index in the cloud knows an item: there is no more of it than its tile. */
export function isElsewhere(item: Pick<ItemTile, 'badges'>): boolean {
  return item.badges.includes('not-here');
}
