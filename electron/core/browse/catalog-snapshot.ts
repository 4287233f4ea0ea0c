import { LruMap } from '../lru-map.ts';
import type { Db } from '../db/database.ts';
import { readFacetPostings } from './facet-postings.ts';
import type { FieldPostings } from './facet-postings.ts';
import { readFolderIndex } from './folder-index.ts';
import type { FolderIndex } from './folder-index.ts';
import { ItemMask } from './item-mask.ts';
import {
  type FieldOrder,
  joinRuns,
  type NameOrder,
  orderByField,
  orderByKey,
  orderByName,
} from './item-orders.ts';

/** Conditions whose items are kept: a byte an item each. */
const SELECTIONS = 32;
/** Orders by a field that are kept: four bytes an item each. */
const FIELD_ORDERS = 16;

/**
 * What browsing a catalog needs again and again, read when first asked for. Right for one revision of
 * the catalog; the next revision gets a snapshot of its own.
 */
export class CatalogSnapshot {
  readonly catalogId: number;
  readonly revision: number;
  readonly #db: Db;
  readonly #byField = new LruMap<string, FieldOrder>({ entries: FIELD_ORDERS });
  readonly #selections = new LruMap<string, ItemMask>({ entries: SELECTIONS });
  #nameOrder: NameOrder | null = null;
  #byName: Int32Array | null = null;
  #byKey: Int32Array | null = null;
  #range: { readonly first: number; readonly last: number } | null = null;
  #folders: Promise<FolderIndex> | null = null;
  #postings: Promise<FieldPostings[]> | null = null;

  constructor(db: Db, catalogId: number, revision: number) {
    this.#db = db;
    this.catalogId = catalogId;
    this.revision = revision;
  }

  /** Items without a name last, either way: a name is what they are looked for by. */
  get byName(): Int32Array {
    this.#byName ??= joinRuns([this.#names.named, this.#names.without]);
    return this.#byName;
  }

  get byNameDown(): Int32Array {
    return joinRuns([this.#names.named.toReversed(), this.#names.without]);
  }

  get #names(): NameOrder {
    this.#nameOrder ??= orderByName(this.#db, this.catalogId);
    return this.#nameOrder;
  }

  get byKey(): Int32Array {
    this.#byKey ??= orderByKey(this.#db, this.catalogId);
    return this.#byKey;
  }

  /**
   * Items by a field; equal values by name, or as `tie` orders them, kept by its name.
   *
   * @throws VitrineError INVALID_INPUT when the catalog has no such field.
   */
  byField(
    field: string,
    tie: { readonly name: string; readonly order: Int32Array } = { name: '', order: this.byName },
  ): FieldOrder {
    const key = JSON.stringify([field, tie.name]);
    let order = this.#byField.get(key);
    if (order === undefined) {
      order = orderByField(this.#db, this.catalogId, { field, tieOrder: tie.order });
      this.#byField.set(key, order);
    }
    return order;
  }

  folders(): Promise<FolderIndex> {
    this.#folders ??= readFolderIndex(this.#db, this.catalogId);
    return this.#folders;
  }

  postings(): Promise<FieldPostings[]> {
    this.#postings ??= readFacetPostings(this.#db, this.catalogId, this.byName.length);
    return this.#postings;
  }

  /** The items that `select` finds, kept by `name` for the next page or facet of the same scope. */
  selection(name: string, select: () => Iterable<number>): ItemMask {
    let mask = this.#selections.get(name);
    if (mask === undefined) {
      mask = this.mask(select());
      this.#selections.set(name, mask);
    }
    return mask;
  }

  /** A mask of these items, over the range of the catalog's ids. */
  mask(ids: Iterable<number>): ItemMask {
    if (this.#range === null) {
      let first = Number.MAX_SAFE_INTEGER;
      let last = 0;
      for (const id of this.byName) {
        first = Math.min(first, id);
        last = Math.max(last, id);
      }
      this.#range = { first, last };
    }
    return new ItemMask(this.#range.first, this.#range.last).add(ids);
  }
}
