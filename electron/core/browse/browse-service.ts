import type {
  Facet,
  FolderNode,
  ItemDetail,
  ItemGroup,
  ItemTile,
} from '../../../shared/contract/catalog.ts';
import type { Filter } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import { CatalogSnapshot } from './catalog-snapshot.ts';
import { readItemDetail } from './item-detail.ts';
import { readTiles } from './item-tiles.ts';
import { intersect, selectScope } from './select-scope.ts';
import type { ItemMask } from './item-mask.ts';
import { type FieldOrder, joinRuns } from './item-orders.ts';
import { prepared } from '../db/prepared.ts';

export interface BrowseScope {
  readonly catalogId: number;
  readonly folder?: string | undefined;
  readonly filter?: Filter | undefined;
}

export interface BrowseListInput extends BrowseScope {
  readonly contains?: string | undefined;
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' };
  /** A field whose equal values stand together. */
  readonly groupBy?: string | undefined;
}

export interface BrowseItemsInput extends BrowseListInput {
  readonly offset: number;
  readonly limit: number;
}

/** Looks through a catalog without a query. */
export class BrowseService {
  readonly #db: Db;
  readonly #serving: ServingModels;
  readonly #snapshots = new Map<number, CatalogSnapshot>();

  constructor({ db, serving }: { db: Db; serving: ServingModels }) {
    this.#db = db;
    this.#serving = serving;
  }

  /**
   * One page of the items in a scope, and with the first page of a grouped list its groups. Sorted by
   * a field or the name, those without it come last either way.
   *
   * @throws VitrineError CATALOG_NOT_FOUND, FILTER_INVALID, or INVALID_INPUT for an unknown sort or
   *   group.
   */
  async items(
    input: BrowseItemsInput,
  ): Promise<{ total: number; items: ItemTile[]; groups?: ItemGroup[] }> {
    const { catalogId, offset, limit } = input;
    const { ids, groups } = await this.#list(input);
    const page = [...ids.subarray(offset, offset + limit)];
    const items = readTiles(this.#db, page, this.#serving.of(catalogId));
    return { total: ids.length, items, ...(groups !== null && offset === 0 ? { groups } : {}) };
  }

  /**
   * Where in a list an item stands, from 0; null when the list does not hold it.
   *
   * @throws VitrineError as `items` does.
   */
  async place(
    input: BrowseListInput & { readonly itemId: number },
  ): Promise<{ index: number | null }> {
    const { ids } = await this.#list(input);
    const index = ids.indexOf(input.itemId);
    return { index: index === -1 ? null : index };
  }

  async #list(input: BrowseListInput): Promise<{ ids: Int32Array; groups: ItemGroup[] | null }> {
    const snapshot = this.#snapshot(input.catalogId);
    const order = inOrder(snapshot, input.sort);
    const grouped =
      input.groupBy === undefined ? null : inGroups(snapshot, input.groupBy, input.sort, order);
    const mask = intersect(snapshot, await selectScope(this.#db, snapshot, input));
    const all = grouped === null ? order : flatten(grouped);
    const ids = mask === null ? all : all.filter((id) => mask.has(id));
    return { ids, groups: grouped === null ? null : countGroups(grouped, mask) };
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

  /** Gives back the memory of catalogs that are not among these. */
  keepOnly(catalogIds: ReadonlySet<number>): void {
    for (const id of this.#snapshots.keys()) if (!catalogIds.has(id)) this.#snapshots.delete(id);
  }

  #snapshot(catalogId: number): CatalogSnapshot {
    const revision = prepared<[number], number>(
      this.#db,
      'SELECT revision FROM catalog WHERE id = ?',
    )
      .pluck()
      .get(catalogId);
    if (revision === undefined) {
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
  if (by === 'name') return isUp ? snapshot.byName : snapshot.byNameDown;
  if (by === 'key') return isUp ? snapshot.byKey : snapshot.byKey.toReversed();
  if (!by.startsWith('field:')) {
    throw new VitrineError('INVALID_INPUT', `Items cannot be sorted by "${by}".`, {
      action: 'Sort by name, key, or field:NAME.',
      subject: by,
    });
  }
  const { groups, without } = snapshot.byField(by.slice('field:'.length));
  return flatten({ groups: isUp ? groups : groups.toReversed(), without });
}

/** The groups of a field, each in the order of the list. */
function inGroups(
  snapshot: CatalogSnapshot,
  field: string,
  sort: BrowseItemsInput['sort'],
  order: Int32Array,
): FieldOrder {
  const name = sort.by === 'name' && sort.direction === 'asc' ? '' : JSON.stringify(sort);
  return snapshot.byField(field, { name, order });
}

function flatten({ groups, without }: FieldOrder): Int32Array {
  return joinRuns([...groups.map(({ itemIds }) => itemIds), without]);
}

function countGroups({ groups, without }: FieldOrder, mask: ItemMask | null): ItemGroup[] {
  const counted: ItemGroup[] = groups.map(({ value, itemIds }) => ({
    value,
    count: countIn(mask, itemIds),
  }));
  counted.push({ value: null, count: countIn(mask, without) });
  return counted.filter(({ count }) => count > 0);
}
