import type { Facet, FolderNode, ItemDetail, ItemTile } from '../../../shared/contract/catalog.ts';
import type { Filter } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import { ServingModels } from '../vectors/serving-models.ts';
import { CatalogSnapshot } from './catalog-snapshot.ts';
import { readItemDetail } from './item-detail.ts';
import { readTiles } from './item-tiles.ts';
import { intersect, selectScope } from './select-scope.ts';
import type { ItemMask } from './item-mask.ts';

export interface BrowseScope {
  readonly catalogId: number;
  readonly folder?: string | undefined;
  readonly filter?: Filter | undefined;
}

export interface BrowseItemsInput extends BrowseScope {
  readonly contains?: string | undefined;
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' };
  readonly offset: number;
  readonly limit: number;
}

/** Looks through a catalog without a query. */
export class BrowseService {
  readonly #db: Db;
  readonly #serving: ServingModels;
  readonly #snapshots = new Map<number, CatalogSnapshot>();

  constructor({ db }: { db: Db }) {
    this.#db = db;
    this.#serving = new ServingModels(db);
  }

  /**
   * One page of the items in a scope. Sorted by a field, those without it come last either way.
   *
   * @throws VitrineError CATALOG_NOT_FOUND, FILTER_INVALID, or INVALID_INPUT for an unknown sort.
   */
  async items(input: BrowseItemsInput): Promise<{ total: number; items: ItemTile[] }> {
    const { catalogId, sort, offset, limit } = input;
    const snapshot = this.#snapshot(catalogId);
    const order = inOrder(snapshot, sort);
    const mask = intersect(snapshot, await selectScope(this.#db, snapshot, input));
    const ids = mask === null ? order : order.filter((id) => mask.has(id));
    const page = [...ids.subarray(offset, offset + limit)];
    return { total: ids.length, items: readTiles(this.#db, page, this.#serving.of(catalogId)) };
  }

  /**
   * How many items of a scope have each value of each field worth a facet, commonest first. What the
   * filter asks of a field alone is not applied to that field's own counts, so that several values of
   * it can be chosen.
   *
   * @throws VitrineError CATALOG_NOT_FOUND or FILTER_INVALID.
   */
  async facets(input: BrowseScope & { readonly limit?: number }): Promise<Facet[]> {
    const snapshot = this.#snapshot(input.catalogId);
    const parts = await selectScope(this.#db, snapshot, input);
    const common = intersect(snapshot, parts);
    const postings = await snapshot.postings();
    return postings.map(({ field, type, values }) => {
      const mask = parts.byField.has(field) ? intersect(snapshot, parts, field) : common;
      const counted = values
        .map(({ value, itemIds }) => ({ value, count: countIn(mask, itemIds) }))
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => b.count - a.count);
      return { field, type, distinct: counted.length, values: counted.slice(0, input.limit ?? 50) };
    });
  }

  /**
   * Every folder that has pictures in it or below, with how many; '' is the catalog's own.
   *
   * @throws VitrineError CATALOG_NOT_FOUND
   */
  async folders(catalogId: number): Promise<FolderNode[]> {
    return (await this.#snapshot(catalogId).folders()).nodes();
  }

  /** @throws VitrineError ITEM_NOT_FOUND */
  item(itemId: number): ItemDetail {
    return readItemDetail(this.#db, itemId, this.#serving);
  }

  #snapshot(catalogId: number): CatalogSnapshot {
    const revision = this.#db
      .prepare<[number], number>('SELECT revision FROM catalog WHERE id = ?')
      .pluck()
      .get(catalogId);
    if (revision === undefined) {
      this.#snapshots.delete(catalogId);
      throw new VitrineError('CATALOG_NOT_FOUND', `There is no catalog ${catalogId} any more.`, {
        action: 'Choose another catalog, or add the folder again.',
        subject: String(catalogId),
      });
    }
    const known = this.#snapshots.get(catalogId);
    if (known?.revision === revision) return known;
    const snapshot = new CatalogSnapshot(this.#db, catalogId, revision);
    this.#snapshots.set(catalogId, snapshot);
    return snapshot;
  }
}

function countIn(mask: ItemMask | null, itemIds: Int32Array): number {
  return mask === null ? itemIds.length : mask.count(itemIds);
}

function inOrder(
  snapshot: CatalogSnapshot,
  { by, direction }: BrowseItemsInput['sort'],
): Int32Array {
  const isUp = direction === 'asc';
  if (by === 'name') return isUp ? snapshot.byName : snapshot.byName.toReversed();
  if (by === 'key') return isUp ? snapshot.byKey : snapshot.byKey.toReversed();
  if (!by.startsWith('field:')) {
    throw new VitrineError('INVALID_INPUT', `Items cannot be sorted by "${by}".`, {
      action: 'Sort by name, key, or field:NAME.',
      subject: by,
    });
  }
  const { groups, without } = snapshot.byField(by.slice('field:'.length));
  const ordered = new Int32Array(snapshot.byName.length);
  let at = 0;
  for (const ids of [...(isUp ? groups : groups.toReversed()), without]) {
    ordered.set(ids, at);
    at += ids.length;
  }
  return ordered;
}
