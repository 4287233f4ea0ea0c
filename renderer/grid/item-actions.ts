import type { ItemTile } from '../../shared/contract/catalog.ts';

/** What can be done with an item in any grid. */
export interface ItemActions {
  /** A click or Enter. */
  readonly onOpen: (item: ItemTile) => void;
  readonly onFindSimilar: (item: ItemTile) => void;
  /** Search in a part of the picture. */
  readonly onCrop: (item: ItemTile) => void;
}

/** What can be done with an item in a collection that is looked at. */
export interface InCollectionActions {
  readonly onRemove: (item: ItemTile) => void;
  /** Moves it by one place, back (1) or forward (-1). */
  readonly onMove: (item: ItemTile, by: 1 | -1) => void;
}

/** What its menu can do besides. */
export interface ItemMenuActions extends ItemActions {
  /** Where opening means something else than showing the details. */
  readonly onDetails?: ((item: ItemTile) => void) | undefined;
  readonly onShowInBrowse?: ((item: ItemTile) => void) | undefined;
  /** Where a collection is looked at. */
  readonly inCollection?: InCollectionActions | undefined;
}
