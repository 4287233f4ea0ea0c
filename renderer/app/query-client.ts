import { QueryClient } from '@tanstack/react-query';
import { isTransient } from '../api/errors.ts';

/** Answers are kept until the catalog's revision says otherwise; only a cut line is retried. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 3 && isTransient(error),
      retryDelay: 400,
      // The connection knows better than the browser: loopback works without a network.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
