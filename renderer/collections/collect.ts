import { t } from 'i18next';
import { create } from 'zustand';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import type { Collection } from '../../shared/contract/collections.ts';
import { client } from '../api/client.ts';
import { useCatalogChoice } from '../app/catalog-choice.ts';
import { notifyFailure } from '../app/notify.ts';
import { notifyUndoable } from '../app/notify-undoable.tsx';
import { isIn, makeTarget, readTarget, refreshCollections } from './collections-store.ts';

/** What of a collection is needed to work with it. */
type Named = Pick<Collection, 'id' | 'catalogId' | 'name'>;

/** The item that a collection is being chosen for; null while none is. */
export const useChoosing = create<{ readonly item: ItemTile | null }>(() => ({ item: null }));

/** Lets the user choose or name a collection for an item. */
export function chooseCollection(item: ItemTile | null): void {
  useChoosing.setState({ item });
}

/** Adds an item to the collection used last, or takes it out again; asks for one where there is none. */
export function toggleCollected(item: ItemTile): void {
  const target = readTarget();
  if (target === null) chooseCollection(item);
  else if (isIn(target.id, item.key)) takeOut(target, item.key);
  else collect(target, item.key);
}

/** Adds an item to a collection, which is the one that the next goes to. */
export function collect(to: Named, key: string): void {
  void tell(async () => {
    const { added } = await client.collections.add({ collectionId: to.id, keys: [key] });
    makeTarget(to);
    if (added.length === 0) return null;
    return {
      says: t('collections.added', { name: to.name }),
      undo: () => client.collections.remove({ collectionId: to.id, key }),
    };
  });
}

/** Takes an item out of a collection. */
export function takeOut(from: Named, key: string): void {
  void tell(async () => {
    const { before } = await client.collections.remove({ collectionId: from.id, key });
    return {
      says: t('collections.removed', { name: from.name }),
      undo: () => client.collections.add({ collectionId: from.id, keys: [key], before }),
    };
  });
}

/** Starts a collection with an item. Undone, there is no such collection. */
export function collectInNew(name: string, key: string): void {
  const { catalogId } = useCatalogChoice.getState();
  if (catalogId === null) return;
  void tell(async () => {
    const { collectionId } = await client.collections.create({ catalogId, name, keys: [key] });
    makeTarget({ id: collectionId, catalogId });
    return {
      says: t('collections.added', { name: name.trim() }),
      undo: () => client.collections.delete({ collectionId }),
    };
  });
}

interface Done {
  readonly says: string;
  readonly undo: () => Promise<unknown>;
}

/** Changes collections and says what was done, with the way back. */
async function tell(change: () => Promise<Done | null>): Promise<void> {
  try {
    const done = await change();
    await refreshCollections();
    if (done === null) return;
    notifyUndoable(done.says, () => {
      done.undo().then(refreshCollections).catch(notifyFailure);
    });
  } catch (error) {
    notifyFailure(error);
  }
}
