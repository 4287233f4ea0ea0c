import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { Engine, QueryPicture, SearchInput } from '../../shared/contract/search.ts';
import { client } from '../api/client.ts';
import { useProgress } from '../app/catalog-choice.ts';
import { useFreshness } from '../app/use-freshness.ts';
import { useSettled } from '../app/use-settled.ts';
import { isElsewhere } from '../grid/is-elsewhere.ts';
import { handingOver, heldFile } from './handed-over.ts';
import { effectiveMode, missingSide, weightsOf } from './query-mode.ts';
import { type QueryPictureChoice, type QueryState, useQueryState } from './query-store.ts';
import { toFilter } from './selection.ts';

/** A question is asked at once; the next one, of someone typing or sliding, this much later. */
const BETWEEN_MS = 50;
/** The same for requests that cross a network and are paid for. */
const BETWEEN_REQUESTS_MS = 250;
/** How long an answer of the cloud is taken as it was: others may publish there. */
const FRESH_MS = 60_000;
/** How often results are asked for again while a catalog is being embedded and there are none yet. */
const FIRST_MS = 400;

/**
 * Runs the query in the bar on an engine; on none, nothing is asked. The answer before stays until the next one is there, and a query that
 * is overtaken is cancelled down to the core. With `hold` the results stand still while a catalog
 * grows: the user is reading them.
 */
export function useSearch(
  catalog: Catalog,
  { engine, hold }: { readonly engine: Engine | null; readonly hold: boolean },
) {
  const query = useQueryState(useShallow(questionOf));
  const wanted = useMemo(
    () => (engine === null ? null : toInput(catalog.id, engine, query)),
    [catalog.id, engine, query],
  );
  const isRemote = engine === 's3vectors';
  const input = useSettled(wanted, isRemote ? BETWEEN_REQUESTS_MS : BETWEEN_MS);
  const freshness = useFreshness(catalog, hold);
  // What is embedded here changes nothing there.
  const stamp = isRemote ? '' : freshness;
  const growing = useProgress(catalog.id)?.state === 'running';
  const search = useQuery({
    queryKey: ['search', input, stamp],
    queryFn: input === null ? skipToken : ({ signal }) => run(input, signal),
    staleTime: isRemote ? FRESH_MS : Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      growing && !isRemote && (state.data?.output.results.length ?? 0) === 0 ? FIRST_MS : false,
    placeholderData: (before) => (before?.output.catalogId === catalog.id ? before : undefined),
  });
  return { input, ...search };
}

/** A query's answers as they come. */
export type Search = ReturnType<typeof useSearch>;

/**
 * An answer with the query it answers: the list starts at the top only when it is another's. More
 * of the same answers are the same list.
 */
async function run(input: SearchInput, signal: AbortSignal) {
  const { picture } = input;
  const file = picture?.kind === 'picture' ? heldFile(picture.pictureId) : undefined;
  const output = await handingOver(
    () => client.search.run(input, { signal }),
    file && (() => client.search.addPicture({ file }, { signal })),
  );
  return { output, input, listId: JSON.stringify({ ...input, engine: '', top: 0, candidates: 0 }) };
}

/** What of the bar is asked; the rest of it changes nothing here. */
type Question = Pick<QueryState, 'picture' | 'text' | 'mode' | 'balance' | 'top' | 'selection'>;

function questionOf({ picture, text, mode, balance, top, selection }: QueryState): Question {
  return { picture, text, mode, balance, top, selection };
}

/** The query as the contract wants it; null while it lacks a side. */
export function toInput(catalogId: number, engine: Engine, query: Question): SearchInput | null {
  const text = query.text.trim();
  const given = { picture: query.picture !== null, words: text !== '' };
  const mode = effectiveMode(given, query.mode);
  if (missingSide(mode, given) !== null) return null;
  const filter = toFilter(query.selection);
  return {
    catalogId,
    engine,
    mode,
    ...(mode !== 'text' && query.picture !== null ? { picture: toPicture(query.picture) } : {}),
    ...(mode === 'image' ? {} : { text }),
    ...(filter === undefined ? {} : { filter }),
    top: query.top,
    // Filtered lists are short, and a fusion must reach as deep as what is shown.
    candidates: Math.max(100, query.top),
    k: 60,
    weights: mode === 'fused' ? weightsOf(query.balance) : { image: 1, text: 1 },
  };
}

function toPicture(picture: QueryPictureChoice): QueryPicture {
  const crop = picture.crop === null ? {} : { crop: picture.crop };
  if (picture.kind === 'item' && isElsewhere(picture.item)) {
    return { kind: 'key', key: picture.item.key };
  }
  return picture.kind === 'item'
    ? { kind: 'item', itemId: picture.item.id, ...crop }
    : { kind: 'picture', pictureId: picture.pictureId, ...crop };
}
