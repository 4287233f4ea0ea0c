import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Primitive } from '../../shared/contract/filter.ts';
import { type Selection, toggleValue } from '../search/selection.ts';

export interface BrowseSort {
  /** `name`, `key`, or `field:` and the name of a field. */
  readonly by: string;
  readonly direction: 'asc' | 'desc';
}

export type BrowseView = 'grid' | 'list';

export interface BrowseState {
  readonly view: BrowseView;
  /** The catalog browsed last; null before the first. */
  readonly catalogId: number | null;
  /** The collection looked at; null for the items of the catalog. */
  readonly collectionId: number | null;
  readonly folder: string;
  readonly selection: Selection;
  readonly contains: string;
  readonly sort: BrowseSort;
  /** The field whose equal values stand together. */
  readonly groupBy: string | null;
  readonly openId: number | null;
  /** An item to bring into view. */
  readonly revealId: number | null;
}

const START: Omit<BrowseState, 'view'> = {
  catalogId: null,
  collectionId: null,
  folder: '',
  selection: {},
  contains: '',
  sort: { by: 'name', direction: 'asc' },
  groupBy: null,
  openId: null,
  revealId: null,
};

/** What Browse shows; it outlives the screen, and the view a restart. */
export const useBrowseState = create<BrowseState>()(
  persist((): BrowseState => ({ ...START, view: 'grid' }), {
    name: 'vitrine.browse',
    version: 1,
    partialize: ({ view }) => ({ view }),
  }),
);

export function setBrowse(change: Partial<BrowseState>): void {
  useBrowseState.setState(change);
}

export function toggleBrowseValue(field: string, value: Primitive): void {
  useBrowseState.setState((state) => ({ selection: toggleValue(state.selection, field, value) }));
}

/** Shows everything again, in the order it is in. */
export function clearBrowse(): void {
  useBrowseState.setState({ collectionId: null, folder: '', selection: {}, contains: '' });
}

/** Sorts by a column; by the same one again, the other way round. */
export function sortBrowse(by: string): void {
  useBrowseState.setState(({ sort }) => ({
    sort: { by, direction: sort.by === by && sort.direction === 'asc' ? 'desc' : 'asc' },
  }));
}

/** Opens an item where it stands among all the others of its catalog. */
export function revealInBrowse(catalogId: number, itemId: number): void {
  enterBrowse(catalogId);
  clearBrowse();
  useBrowseState.setState({ openId: itemId, revealId: itemId });
}

/** Turns to a catalog: folders and fields of another mean nothing there. */
export function enterBrowse(catalogId: number): void {
  if (useBrowseState.getState().catalogId === catalogId) return;
  useBrowseState.setState({ ...START, catalogId });
}
