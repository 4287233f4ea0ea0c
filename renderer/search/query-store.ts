import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import type { Crop, Engine, Mode } from '../../shared/contract/search.ts';
import type { Primitive } from '../../shared/contract/filter.ts';
import { client } from '../api/client.ts';
import { notifyFailure } from '../app/notify.ts';
import { holdFile } from './handed-over.ts';
import { type Selection, toggleValue, withoutField } from './selection.ts';

/** The picture asked with: a file handed over, or an item of the catalog. */
export type QueryPictureChoice =
  | {
      readonly kind: 'picture';
      readonly pictureId: string;
      readonly url: string;
      readonly name: string;
      readonly crop: Crop | null;
    }
  | { readonly kind: 'item'; readonly item: ItemTile; readonly crop: Crop | null };

/** How many results can be asked for. */
export const TOPS = [20, 50, 100, 200, 500, 1000] as const;

/** Where to search; both stand side by side. */
export type EngineChoice = Engine | 'both';

export interface QueryState {
  /** The catalog asked last; null before the first. */
  readonly catalogId: number | null;
  readonly picture: QueryPictureChoice | null;
  /** True while a picture is handed over. */
  readonly taking: boolean;
  readonly text: string;
  /** What the user chose; null follows what is given. */
  readonly mode: Mode | null;
  /** 0 only the picture counts, 1 only the words. */
  readonly balance: number;
  readonly top: number;
  readonly engine: EngineChoice;
  readonly selection: Selection;
  /** The item in the detail panel. */
  readonly openId: number | null;
}

const EMPTY: QueryState = {
  catalogId: null,
  picture: null,
  taking: false,
  text: '',
  mode: null,
  balance: 0.5,
  top: 100,
  engine: 'local',
  selection: {},
  openId: null,
};

/**
 * The query as it stands in the bar. It outlives the screen and a reload of this tab; only a picture
 * handed over does not, since the page that held it is gone.
 */
export const useQueryState = create<QueryState>()(
  persist(() => EMPTY, {
    name: 'vitrine.query',
    version: 1,
    storage: createJSONStorage(() => sessionStorage),
    partialize: ({ catalogId, picture, text, mode, balance, top, engine, selection }) => ({
      catalogId,
      picture: picture?.kind === 'item' ? picture : null,
      text,
      mode,
      balance,
      top,
      engine,
      selection,
    }),
  }),
);

export function setText(text: string): void {
  useQueryState.setState({ text });
}

export function setMode(mode: Mode): void {
  useQueryState.setState({ mode });
}

export function setBalance(balance: number): void {
  useQueryState.setState({ balance });
}

export function setTop(top: number): void {
  useQueryState.setState({ top });
}

export function setEngine(engine: EngineChoice): void {
  useQueryState.setState({ engine });
}

export function openItem(openId: number | null): void {
  useQueryState.setState({ openId });
}

export function toggleFilter(field: string, value: Primitive): void {
  useQueryState.setState((state) => ({ selection: toggleValue(state.selection, field, value) }));
}

export function clearFilter(field?: string): void {
  useQueryState.setState((state) => ({
    selection: field === undefined ? {} : withoutField(state.selection, field),
  }));
}

/** Hands a dropped, pasted or picked file over and asks with it. */
export async function askWithFile(file: File): Promise<void> {
  useQueryState.setState({ taking: true });
  try {
    const { pictureId } = await client.search.addPicture({ file });
    const url = holdFile(pictureId, file);
    setPicture({ kind: 'picture', pictureId, url, name: file.name, crop: null });
  } catch (error) {
    notifyFailure(error);
  } finally {
    useQueryState.setState({ taking: false });
  }
}

/** Asks with an item's own picture: only the look counts, so the words are put aside. */
export function askLike(item: ItemTile, crop: Crop | null = null): void {
  setPicture({ kind: 'item', item, crop }, { text: '', openId: null });
}

/** Asks with words that come from elsewhere: a mode that would not look at them is given up. */
export function askWithWords(text: string): void {
  useQueryState.setState({ text, mode: null, openId: null });
}

/** Adds an item's picture to the query as it is. */
export function askWithItem(item: ItemTile): void {
  setPicture({ kind: 'item', item, crop: null });
}

export function clearPicture(): void {
  setPicture(null);
}

export function setCrop(crop: Crop | null): void {
  const { picture } = useQueryState.getState();
  if (picture !== null) useQueryState.setState({ picture: { ...picture, crop } });
}

/**
 * Turns to a catalog. Words and a picture of one's own are asked there too; filters, an open item
 * and another catalog's picture mean nothing there.
 */
export function enterCatalog(catalogId: number): void {
  const { catalogId: before, picture } = useQueryState.getState();
  if (before === catalogId) return;
  if (before === null) useQueryState.setState({ catalogId });
  else {
    const elsewhere = { catalogId, selection: {}, openId: null };
    setPicture(picture?.kind === 'item' ? null : picture, elsewhere);
  }
}

/** Puts the query aside: no picture, no words, no filters. False when there is nothing to put aside. */
export function clearQuery(): boolean {
  const { picture, text, selection } = useQueryState.getState();
  if (picture === null && text === '' && Object.keys(selection).length === 0) return false;
  setPicture(null, { text: '', selection: {}, openId: null });
  return true;
}

/** In one change with what goes with it, so that it is undone in one step. */
function setPicture(picture: QueryPictureChoice | null, rest: Partial<QueryState> = {}): void {
  const { mode } = useQueryState.getState();
  // A choice made for other sides would only stand in the way now.
  const fits = picture === null ? mode === 'text' : mode !== 'text';
  useQueryState.setState({ ...rest, picture, mode: fits ? mode : null });
}
