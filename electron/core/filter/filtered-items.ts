import type { Filter } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import { LruMap } from '../lru-map.ts';
import type { ItemSet } from '../vectors/engine.ts';
import { selectItems } from './filter-sql.ts';
import { prepared } from '../db/prepared.ts';

/** Filters whose items are kept; broad ones hold every id of a catalog. */
const FILTERS = 8;

/** Remembers what filters let through while the catalog's revision stands: queries come in rows. */
export class FilteredItems {
  readonly #db: Db;
  readonly #kept = new LruMap<string, ItemSet>({ entries: FILTERS });

  constructor(db: Db) {
    this.#db = db;
  }

  /** @throws VitrineError FILTER_INVALID */
  of(catalogId: number, filter: Filter): ItemSet {
    const revision = prepared<[number], number>(
      this.#db,
      'SELECT revision FROM catalog WHERE id = ?',
    )
      .pluck()
      .get(catalogId);
    const key = JSON.stringify([catalogId, revision, filter]);
    let items = this.#kept.get(key);
    if (items === undefined) {
      items = selectItems(this.#db, catalogId, filter);
      this.#kept.set(key, items);
    }
    return items;
  }
}
