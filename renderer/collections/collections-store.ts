import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { useShallow } from 'zustand/react/shallow';
import type { Collection } from '../../shared/contract/collections.ts';
import { client } from '../api/client.ts';
import { useCatalogChoice } from '../app/catalog-choice.ts';
import { useLive } from '../app/live.ts';

interface CollectionChoice {
  /** The collection used last, by catalog. */
  readonly lastUsed: Readonly<Record<number, number>>;
}

const useChoice = create<CollectionChoice>()(
  persist((): CollectionChoice => ({ lastUsed: {} }), { name: 'vitrine.collection' }),
);

interface Collected {
  /** Where the next item goes: the collection used last; null while the catalog has none. */
  readonly target: Collection | null;
  /** The keys in each collection of the catalog in view. */
  readonly keys: ReadonlyMap<number, ReadonlySet<string>>;
}

/** What is in which collection, in one store: every tile in view looks there. */
const useCollected = create<Collected>(() => ({ target: null, keys: new Map() }));

useLive.subscribe((now, before) => {
  if (now.collections === before.collections) return;
  findTarget();
  void readCollected();
});
useCatalogChoice.subscribe((now, before) => {
  if (now.catalogId === before.catalogId) return;
  findTarget();
  void readCollected();
});
useChoice.subscribe(findTarget);

function findTarget(): void {
  const { catalogId } = useCatalogChoice.getState();
  const { lastUsed } = useChoice.getState();
  const own = useLive.getState().collections.filter((entry) => entry.catalogId === catalogId);
  const target = own.find(({ id }) => id === lastUsed[catalogId ?? 0]) ?? own[0] ?? null;
  useCollected.setState({ target });
}

/** Asks what the collections of the catalog in view hold, whoever changed them. */
async function readCollected(): Promise<void> {
  const { catalogId } = useCatalogChoice.getState();
  if (catalogId === null) return;
  try {
    const held = await client.collections.keys({ catalogId });
    if (useCatalogChoice.getState().catalogId !== catalogId) return;
    useCollected.setState({
      keys: new Map(held.map(({ collectionId, keys }) => [collectionId, new Set(keys)])),
    });
  } catch {
    // A cut line says so itself, and brings the collections anew when it is whole again.
  }
}

/** The collections of a catalog, by name. */
export function useCollections(catalogId: number): readonly Collection[] {
  return useLive(
    useShallow((state) => state.collections.filter((entry) => entry.catalogId === catalogId)),
  );
}

/** Where the next item goes: the collection used last; null while the catalog has none. */
export function useTarget(): Collection | null {
  return useCollected((state) => state.target);
}

/** As `useTarget`, at this moment. */
export function readTarget(): Collection | null {
  return useCollected.getState().target;
}

/** Makes a collection the one that the next item goes to. */
export function makeTarget({ catalogId, id }: Pick<Collection, 'catalogId' | 'id'>): void {
  useChoice.setState(({ lastUsed }) => ({ lastUsed: { ...lastUsed, [catalogId]: id } }));
}

/** Whether a collection holds a key. */
export function useIsIn(collectionId: number | undefined, key: string): boolean {
  return useCollected(({ keys }) => keys.get(collectionId ?? 0)?.has(key) === true);
}

/** The name of the collection used last where it holds a key; null where it does not. */
export function useCollectedIn(key: string): string | null {
  return useCollected(({ target, keys }) =>
    target !== null && keys.get(target.id)?.has(key) === true ? target.name : null,
  );
}

/** The collections that hold a key. */
export function useHolders(key: string): readonly number[] {
  return useCollected(
    useShallow(({ keys }) => [...keys].filter(([, held]) => held.has(key)).map(([id]) => id)),
  );
}

/** As `useIsIn`, at this moment. */
export function isIn(collectionId: number, key: string): boolean {
  return useCollected.getState().keys.get(collectionId)?.has(key) === true;
}

/** Asks for the collections at once, for a caller that has just changed them. */
export async function refreshCollections(): Promise<readonly Collection[]> {
  const collections = await client.collections.list();
  useLive.setState({ collections });
  return collections;
}
