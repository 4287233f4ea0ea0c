import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { CloudConnection } from '../../shared/contract/cloud/connection.ts';
import type { CloudLink } from '../../shared/contract/cloud/link.ts';
import type { Listing, ListingOf } from '../../shared/contract/cloud/listing.ts';
import type { PublishProgress } from '../../shared/contract/cloud/publish.ts';
import { client } from '../api/client.ts';
import { useLive } from '../app/live.ts';
import { queryClient } from '../app/query-client.ts';
import { useSettled } from '../app/use-settled.ts';

/** Beginning of the keys of everything that a new connection or link makes untrue. */
const CLOUD = 'cloud';

export function useConnection() {
  return useQuery({
    queryKey: [CLOUD, 'connection'],
    queryFn: ({ signal }) => client.cloud.connection(undefined, { signal }),
    // The command line may have connected meanwhile.
    staleTime: 0,
  });
}

/** Whether a connection is to the practice cloud of this data folder, not to another local server. */
export function useIsOwnPractice({ source, endpoint }: CloudConnection): boolean {
  const own = useQuery({
    queryKey: [CLOUD, 'practice'],
    queryFn: ({ signal }) => client.cloud.practiceEndpoint(undefined, { signal }),
    staleTime: 0,
  });
  return source.kind === 'practice' && endpoint !== null && endpoint === own.data;
}

/** The answer to the last test of a connection; asks only by `refetch`. */
export function useConnectionTest(connection: CloudConnection) {
  return useQuery({
    queryKey: ['cloud-test', connection],
    queryFn: ({ signal }) => client.cloud.test(undefined, { signal }),
    enabled: false,
    retry: false,
  });
}

export function useLink(catalogId: number) {
  return useQuery({
    queryKey: [CLOUD, 'link', catalogId],
    queryFn: ({ signal }) => client.cloud.link({ catalogId }, { signal }),
    staleTime: 0,
  });
}

export function useLastVerified(catalogId: number) {
  return useQuery({
    queryKey: [CLOUD, 'verified', catalogId],
    queryFn: ({ signal }) => client.cloud.lastVerified({ catalogId }, { signal }),
    staleTime: 0,
  });
}

/** How a linked catalog's publishing stands; null when it is not linked. */
export function usePublishing(catalogId: number): PublishProgress | null {
  return useLive(
    ({ publishing }) => publishing.find((entry) => entry.catalogId === catalogId) ?? null,
  );
}

/** What is, or was last, compared or restored of a catalog; null when nothing was. */
export function useListing<Kind extends Listing['kind']>(
  kind: Kind,
  catalogId: number,
): ListingOf<Kind> | null {
  const listing = useLive(
    ({ listings }) =>
      listings.find(
        (entry): entry is ListingOf<Kind> => entry.kind === kind && entry.catalogId === catalogId,
      ) ?? null,
  );
  const state = listing?.state;
  // What has ended has changed the ledger, and with it the plan.
  useEffect(() => {
    if (state !== undefined && state !== 'running') void refreshCloud();
  }, [state]);
  return listing;
}

/** Whether nothing is being sent, nor about to be. */
export function isAtRest(progress: PublishProgress | null): boolean {
  return progress === null || progress.state === 'idle' || progress.state === 'paused';
}

/**
 * What publishing would do now; made anew when the catalog changes, and after each publishing. None is
 * asked for while the catalog is not `isWhole`: it would be refused.
 */
export function usePlan(catalog: Catalog, link: CloudLink, { isWhole }: { isWhole: boolean }) {
  const progress = usePublishing(catalog.id);
  const { image, text } = catalog.embedded;
  const stamp = useSettled(`${catalog.revision} ${catalog.online} ${image} ${text}`, 3_000);
  // What was on its way when it was paused arrives a little later.
  const sent = progress?.sides.reduce((sum, { done }) => sum + done, 0) ?? 0;
  return useQuery({
    queryKey: [CLOUD, 'plan', catalog.id, stamp, sent, progress?.state ?? null, link],
    queryFn: ({ signal }) => client.cloud.plan({ catalogId: catalog.id }, { signal }),
    enabled: isWhole && isAtRest(progress),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Asks anew for connection, link, plan and buckets. */
export function refreshCloud(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: [CLOUD] });
}

/** Starts the practice cloud and connects to it. */
export async function startPractice(): Promise<void> {
  await client.cloud.startPractice();
  await refreshCloud();
}
