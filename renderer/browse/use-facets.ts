import { keepPreviousData, useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Facet } from '../../shared/contract/catalog.ts';
import type { Filter } from '../../shared/contract/filter.ts';
import { client } from '../api/client.ts';
import { type Selection, toFilter, withoutField } from '../search/selection.ts';
import { mergeFacets } from './merge-facets.ts';

export interface FacetScope {
  readonly catalogId: number;
  readonly revision: number;
  /** Empty for the whole catalog. */
  readonly folder: string;
  readonly selection: Selection;
  readonly enabled?: boolean;
}

/**
 * The fields to choose from, each counted within what is chosen in the others: choosing red leaves
 * the other colours with their counts, and the sizes with those of the red ones.
 */
export function useFacets(scope: FacetScope): readonly Facet[] {
  const { catalogId, revision, folder, selection, enabled = true } = scope;
  const fields = Object.keys(selection);
  const filters = [
    undefined,
    toFilter(selection),
    ...fields.map((field) => toFilter(withoutField(selection, field))),
  ];
  // Combined by the query client, which gives the same array for as long as nothing in it changes.
  const combine = useCallback(
    (answers: readonly UseQueryResult<readonly Facet[]>[]) => {
      const [everything, narrowed, ...ofFields] = answers.map((answer) => answer.data ?? []);
      return mergeFacets({
        everything: everything ?? [],
        narrowed: narrowed ?? [],
        ofFields: new Map(
          Object.keys(selection).map((field, index) => [field, ofFields[index] ?? []]),
        ),
      });
    },
    [selection],
  );
  return useQueries({
    queries: filters.map((filter) => ({
      queryKey: ['facets', catalogId, revision, folder, filter],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.browse.facets(inputOf({ catalogId, folder, filter }), { signal }),
      placeholderData: keepPreviousData,
      enabled,
    })),
    combine,
  });
}

interface InputParts {
  readonly catalogId: number;
  readonly folder: string;
  readonly filter: Filter | undefined;
}

function inputOf({ catalogId, folder, filter }: InputParts) {
  return {
    catalogId,
    limit: 100,
    ...(folder === '' ? {} : { folder }),
    ...(filter === undefined ? {} : { filter }),
  };
}
