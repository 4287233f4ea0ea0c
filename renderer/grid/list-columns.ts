import type { ItemTile } from '../../shared/contract/catalog.ts';

export interface ListColumn {
  readonly id: string;
  readonly title: string;
  /** What sorts by it. */
  readonly by: string;
  readonly read: (item: ItemTile) => string;
}

/** Room for the picture, the name and the actions. */
const NAME_WIDTH = 370;
const VALUE_WIDTH = 122;
/** More than can be taken in at a glance is no help. */
const MOST_VALUES = 7;

/** The first columns that fit `width` pixels beside the name, which always does. */
export function columnsThatFit(
  columns: readonly [ListColumn, ...ListColumn[]],
  width: number,
): [ListColumn, ...ListColumn[]] {
  const [name, ...others] = columns;
  const room = Math.floor((width - NAME_WIDTH) / VALUE_WIDTH);
  return [name, ...others.slice(0, Math.max(0, Math.min(MOST_VALUES, room)))];
}
