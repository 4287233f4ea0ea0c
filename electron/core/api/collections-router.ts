import { implement } from '@orpc/server';
import { collectionsContract } from '../../../shared/contract/collections.ts';
import type { App } from '../app.ts';

/** The collections' part of the contract: each call is one line, the work is the service's. */
export function createCollectionsRouter(app: App) {
  const os = implement(collectionsContract);
  const { collections } = app;
  return {
    list: os.list.handler(() => collections.list()),
    changes: os.changes.handler(({ signal }) => app.watchCollections(signal)),
    create: os.create.handler(({ input: { catalogId, name, keys } }) => ({
      collectionId: collections.create(catalogId, name, keys),
    })),
    rename: os.rename.handler(({ input }) => collections.rename(input.collectionId, input.name)),
    delete: os.delete.handler(({ input }) => collections.delete(input.collectionId)),
    items: os.items.handler(({ input }) => collections.items(input.collectionId)),
    keys: os.keys.handler(({ input }) => collections.keys(input.catalogId)),
    add: os.add.handler(({ input: { collectionId, keys, before } }) => ({
      added: collections.add(collectionId, keys, before),
    })),
    remove: os.remove.handler(({ input: { collectionId, key } }) => ({
      before: collections.remove(collectionId, key),
    })),
    move: os.move.handler(({ input: { collectionId, key, before } }) =>
      collections.move(collectionId, key, before),
    ),
  };
}
