import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { useLive } from '../app/live.ts';

export const MODELS_KEY = ['models'] as const;
/** While a model catches up, what is left changes all the time. */
const WHILE_BUILDING_MS = 2_000;

/** The models of the manifest, asked for again whenever anybody changed what is said of one. */
export function useModels() {
  const revision = useLive(({ models }) => models.revision);
  return useQuery({
    queryKey: [...MODELS_KEY, revision],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.models.list(undefined, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.some(({ active, toEmbed }) => active && toEmbed > 0) === true
        ? WHILE_BUILDING_MS
        : false,
  });
}
