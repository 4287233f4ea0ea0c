import { create } from 'zustand';
import type { Primitive } from '../../shared/contract/filter.ts';
import { type Selection, toggleValue } from '../search/selection.ts';

export interface BrowseSort {
  /** `name`, `key`, or `field:` and the name of a field. */
  readonly by: string;
  readonly direction: 'asc' | 'desc';
}

export interface BrowseState {
  /** The catalog browsed last; null before the first. */
  readonly catalogId: number | null;
  readonly folder: string;
  readonly selection: Selection;
  readonly contains: string;
  readonly sort: BrowseSort;
  readonly openId: number | null;
}

const START: BrowseState = {
  catalogId: null,
  folder: '',
  selection: {},
  contains: '',
  sort: { by: 'name', direction: 'asc' },
  openId: null,
};

/** What Browse shows; it outlives the screen. */
export const useBrowseState = create<BrowseState>(() => START);

export function setBrowse(change: Partial<BrowseState>): void {
  useBrowseState.setState(change);
}

export function toggleBrowseValue(field: string, value: Primitive): void {
  useBrowseState.setState((state) => ({ selection: toggleValue(state.selection, field, value) }));
}

/** Shows everything again. */
export function clearBrowse(): void {
  const { catalogId } = useBrowseState.getState();
  useBrowseState.setState({ ...START, catalogId });
}

/** Turns to a catalog: folders and fields of another mean nothing there. */
export function enterBrowse(catalogId: number): void {
  if (useBrowseState.getState().catalogId === catalogId) return;
  useBrowseState.setState({ ...START, catalogId });
}
