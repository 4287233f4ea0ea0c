import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Catalog, ItemGroup, ItemTile } from '../../shared/contract/catalog.ts';
import type { Filter } from '../../shared/contract/filter.ts';
import { client } from '../api/client.ts';
import type { BrowseSort } from './browse-store.ts';

const PAGE = 200;
/** Answers for a state of the catalog that is past are of no use for long. */
const KEPT_MS = 20_000;

export interface BrowseScope {
  readonly folder: string;
  readonly filter: Filter | undefined;
  readonly contains: string;
  readonly sort: BrowseSort;
  readonly groupBy: string | null;
}

interface Page {
  readonly total: number;
  readonly items: readonly ItemTile[];
  readonly groups?: readonly ItemGroup[] | undefined;
}

/**
 * A list of any length, of which only the pages in view are fetched. The first page also brings the
 * total and the groups, and stays in view until the next list's is there; when the same list is
 * fetched anew (`stamp` has changed), every page stays until it is.
 */
export function useBrowsePages(catalog: Catalog, stamp: string, scope: BrowseScope) {
  const [inView, setInView] = useState<readonly number[]>([0]);
  const cache = useQueryClient().getQueryCache();
  const input = listInput(catalog.id, scope);

  const query = (page: number) => ({
    queryKey: ['browse', input, page, stamp],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Page> =>
      client.browse.items({ ...input, offset: page * PAGE, limit: PAGE }, { signal }),
    gcTime: KEPT_MS,
    placeholderData: (before: Page | undefined): Page | undefined => {
      const same = cache
        .findAll({ queryKey: ['browse', input, page] })
        .filter((entry) => entry.state.data !== undefined)
        .toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this query alone
      return (same[0]?.state.data as Page | undefined) ?? (page === 0 ? before : undefined);
    },
  });
  const head = useQuery(query(0));
  const wanted = inView.filter((page) => page > 0);
  const tail = useQueries({ queries: wanted.map(query) });

  const pages = new Map<number, Page | undefined>([
    [0, head.data],
    ...wanted.map((page, at): [number, Page | undefined] => [page, tail[at]?.data]),
  ]);
  const itemAt = (index: number): ItemTile | undefined =>
    pages.get(Math.floor(index / PAGE))?.items[index % PAGE];
  const placeOf = (id: number): number | undefined => {
    for (const [page, answer] of pages) {
      const at = answer?.items.findIndex((item) => item.id === id) ?? -1;
      if (at >= 0) return page * PAGE + at;
    }
    return undefined;
  };
  const onRange = useCallback((first: number, last: number) => {
    const next = pagesOf(first, last);
    // Scrolling within a page draws nothing but the grid anew.
    setInView((before) => (before.join() === next.join() ? before : next));
  }, []);
  return { head, itemAt, placeOf, onRange, total: head.data?.total ?? 0 };
}

/** Where an item stands in a list, asked only when there is one to look for. */
export function usePlace(catalog: Catalog, scope: BrowseScope, itemId: number | null) {
  const input = useMemo(() => listInput(catalog.id, scope), [catalog.id, scope]);
  const place = useQuery({
    queryKey: ['place', input, itemId, catalog.revision],
    queryFn: ({ signal }) => client.browse.place({ ...input, itemId: itemId ?? 0 }, { signal }),
    enabled: itemId !== null,
    gcTime: KEPT_MS,
  });
  return itemId === null ? undefined : place.data?.index;
}

function listInput(catalogId: number, scope: BrowseScope) {
  const contains = scope.contains.trim();
  return {
    catalogId,
    ...(scope.folder === '' ? {} : { folder: scope.folder }),
    ...(scope.filter === undefined ? {} : { filter: scope.filter }),
    ...(contains === '' ? {} : { contains }),
    ...(scope.groupBy === null ? {} : { groupBy: scope.groupBy }),
    sort: scope.sort,
  };
}

/** The pages that hold the places from `first` to `last`. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(first, last) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
