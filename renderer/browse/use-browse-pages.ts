import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Catalog, ItemTile } from '../../shared/contract/catalog.ts';
import { client } from '../api/client.ts';
import type { BrowseSort } from './browse-store.ts';
import type { Filter } from '../../shared/contract/filter.ts';

const PAGE = 200;

export interface BrowseScope {
  readonly folder: string;
  readonly filter: Filter | undefined;
  readonly contains: string;
  readonly sort: BrowseSort;
}

/**
 * A list of any length, of which only the pages in view are fetched. The first page also brings
 * the total, and stays in view until the next list's is there.
 */
export function useBrowsePages(catalog: Catalog, revision: number, scope: BrowseScope) {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const key = ['browse', catalog.id, revision, scope] as const;
  const ask = (page: number, signal: AbortSignal) =>
    client.browse.items(
      {
        catalogId: catalog.id,
        ...(scope.folder === '' ? {} : { folder: scope.folder }),
        ...(scope.filter === undefined ? {} : { filter: scope.filter }),
        ...(scope.contains.trim() === '' ? {} : { contains: scope.contains.trim() }),
        sort: scope.sort,
        offset: page * PAGE,
        limit: PAGE,
      },
      { signal },
    );

  const head = useQuery({
    queryKey: [...key, 0],
    queryFn: ({ signal }) => ask(0, signal),
    placeholderData: keepPreviousData,
  });
  const wanted = pagesOf(range.first, range.last).filter((page) => page > 0);
  const tail = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...key, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(page, signal),
      placeholderData: keepPreviousData,
    })),
  });

  const itemAt = (index: number): ItemTile | undefined => {
    const page = Math.floor(index / PAGE);
    const answer = page === 0 ? head.data : tail[wanted.indexOf(page)]?.data;
    return answer?.items[index % PAGE];
  };
  const onRange = useCallback(
    (first: number, last: number) =>
      setRange((before) =>
        before.first === first && before.last === last ? before : { first, last },
      ),
    [],
  );
  return { head, itemAt, onRange, total: head.data?.total ?? 0 };
}

/** The pages that hold the places from `first` to `last`. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(first, last) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
