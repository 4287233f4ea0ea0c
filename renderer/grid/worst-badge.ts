import type { ItemTile } from '../../shared/contract/catalog.ts';

const WORST_FIRST = [
  'gone',
  'not-here',
  'missing',
  'problem',
  'not-embedded',
  'published',
] as const;

/** One badge is enough: what is missing or wrong is also why it is not embedded, or not published. */
export function worstBadge(item: ItemTile): ItemTile['badges'][number] | undefined {
  return WORST_FIRST.find((entry) => item.badges.includes(entry));
}
