import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Catalog, ItemTile } from '../../shared/contract/catalog.ts';
import type { Collection } from '../../shared/contract/collections.ts';
import { client } from '../api/client.ts';
import { notifyFailure } from '../app/notify.ts';
import { useFreshness } from '../app/use-freshness.ts';
import { refreshCollections } from './collections-store.ts';
import { moveTo } from './move-item.ts';

const NONE: readonly ItemTile[] = [];

/** The items of a collection in its order, and what changes that order. */
export function useCollectionItems(catalog: Catalog, collection: Collection) {
  const queries = useQueryClient();
  const queryKey = ['collection', collection.id, collection.revision, useFreshness(catalog, false)];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => client.collections.items({ collectionId: collection.id }, { signal }),
    placeholderData: (before) => before,
  });
  const items = query.data ?? NONE;

  /** Puts an item before the one at `slot`; it is seen there at once. */
  const moveItem = (key: string, slot: number) => {
    const moved = moveTo(
      items,
      items.findIndex((item) => item.key === key),
      slot,
    );
    if (moved === items) return;
    const before = items[slot]?.key ?? null;
    queries.setQueryData(queryKey, moved);
    client.collections
      .move({ collectionId: collection.id, key, before })
      .then(refreshCollections)
      .catch((error: unknown) => {
        notifyFailure(error);
        void query.refetch();
      });
  };
  return { query, items, moveItem };
}
