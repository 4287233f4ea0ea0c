import type { Statement } from 'better-sqlite3';
import { VitrineError } from '../errors.ts';
import type { Db } from '../db/database.ts';
import { Pacer } from '../pacer.ts';
import type { Log } from '../ports.ts';
import { floatsOf } from './embedding-repository.ts';
import type { ModelRef } from './embedding-repository.ts';
import type { SavedVector, VectorAnswer, VectorEngine, VectorQuery } from './engine.ts';
import { loadNativeSearch } from './native-search.ts';
import type { NativeSearch } from './native-search.ts';
import { VectorTable } from './vector-table.ts';

/** What a table has seen of the database; while both stand still, so does everything it holds. */
interface Stamp {
  /** `catalog.revision`: grows when items come, change, go, or lose a vector. */
  readonly revision: number;
  /** The newest `embedding.version` of any catalog and model. */
  readonly version: number;
}

interface Entry {
  readonly catalogId: number;
  readonly ref: ModelRef;
  readonly table: VectorTable;
  seen: Stamp | null;
  syncing: Promise<void> | null;
}

/** What the tables may hold together, bytes: 340,000 vectors of 768 numbers. */
const MOST_BYTES = 1024 ** 3;
/** Rows read at once. */
const PAGE = 1000;
/** With the vectors: a page takes the thread for half a millisecond. */
const VECTORS_PAGE = 128;

/**
 * Exact search in memory over the vectors in SQLite, which stay the truth.
 *
 * What is held is made right before every query by comparing two numbers of the database, whoever
 * wrote to it, this process or another:
 * - `catalog.revision` changed: the item ids, keys and versions are walked and compared, what is gone
 *   is dropped and what is new or written again is read;
 * - only the newest `embedding.version` changed: the rows above the last one seen are read.
 *
 * Whoever deletes vectors of items that stay must therefore raise the revision.
 *
 * The tables hold 1 GiB together at most, or the one in use alone if it is larger: what was not
 * searched for longest is dropped, and read again when it is searched.
 */
export class LocalEngine implements VectorEngine {
  readonly #db: Db;
  readonly #log: Log;
  readonly #stampOf: Statement<[number], Stamp>;
  readonly #versionOf: Statement<[number, number], number>;
  readonly #vectorAt: Statement<[number], Buffer>;
  /** The one used last comes last. */
  readonly #entries = new Map<string, Entry>();
  readonly #mostBytes: number;
  #native: Promise<NativeSearch | null> | null = null;

  constructor({ db, log, mostBytes = MOST_BYTES }: { db: Db; log: Log; mostBytes?: number }) {
    this.#db = db;
    this.#log = log;
    this.#mostBytes = mostBytes;
    this.#stampOf = db.prepare(
      `SELECT coalesce((SELECT revision FROM catalog WHERE id = ?), -1) AS revision,
              coalesce((SELECT max(version) FROM embedding), 0) AS version`,
    );
    this.#versionOf = db
      .prepare<[number, number], number>(
        'SELECT version FROM embedding WHERE item_id = ? AND model_ref = ?',
      )
      .pluck();
    this.#vectorAt = db
      .prepare<[number], Buffer>('SELECT vector FROM embedding WHERE version = ?')
      .pluck();
  }

  /** @throws Error for a query vector of another dimension; VitrineError CANCELLED. */
  async query(query: VectorQuery): Promise<VectorAnswer> {
    const { catalogId, ref, vector, topK, within, signal } = query;
    if (vector.length !== ref.dimension) {
      throw new Error(
        `A query of ${vector.length} numbers cannot meet ${ref.id}'s ${ref.dimension}`,
      );
    }
    const entry = this.#entryOf(catalogId, ref);
    const [native] = await Promise.all([this.#loadNative(), this.#refresh(entry)]);
    if (signal?.aborted) throw new VitrineError('CANCELLED', 'The search was cancelled.');
    const { table } = entry;
    return within === undefined
      ? { candidates: table.search(vector, topK, native), searched: table.size }
      : table.searchWithin(vector, topK, { within, native });
  }

  /** Loads what a query will need, so that the first is as quick as the second. */
  async warm(catalogId: number, ref: ModelRef): Promise<void> {
    await Promise.all([this.#loadNative(), this.#refresh(this.#entryOf(catalogId, ref))]);
  }

  /**
   * Spares reading back what was just written. Call it after the transaction that saved the vectors;
   * a catalog and model nobody has searched yet stays unloaded.
   */
  noteSaved(catalogId: number, ref: ModelRef, rows: readonly SavedVector[]): void {
    const entry = this.#entries.get(entryKey(catalogId, ref));
    if (entry === undefined) return;
    for (const { itemId, key, vector } of rows) {
      const saved = this.#versionOf.get(itemId, ref.ref);
      if (saved !== undefined) entry.table.put({ itemId, key, version: saved, vector });
    }
  }

  /** Gives back the memory of catalogs that are not among these. */
  keepOnly(catalogIds: ReadonlySet<number>): void {
    for (const [key, entry] of this.#entries) {
      if (!catalogIds.has(entry.catalogId)) this.#entries.delete(key);
    }
  }

  /** What all tables hold, bytes. */
  get bytes(): number {
    return [...this.#entries.values()].reduce((sum, { table }) => sum + table.bytes, 0);
  }

  #loadNative(): Promise<NativeSearch | null> {
    this.#native ??= loadNativeSearch(this.#log);
    return this.#native;
  }

  #entryOf(catalogId: number, ref: ModelRef): Entry {
    const key = entryKey(catalogId, ref);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      const table = new VectorTable(ref.dimension);
      entry = { catalogId, ref, table, seen: null, syncing: null };
    }
    // A Map keeps the order of insertion: put back, it is the one used last.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #evict(used: Entry): void {
    let { bytes } = this;
    for (const [key, entry] of this.#entries) {
      if (bytes <= this.#mostBytes) return;
      if (entry === used) continue;
      this.#entries.delete(key);
      bytes -= entry.table.bytes;
    }
  }

  /** Queries that come together share the reading. */
  async #refresh(entry: Entry): Promise<void> {
    // One that is under way may have begun before what this query must see: then look once more.
    if (entry.syncing !== null) await entry.syncing;
    if (entry.syncing !== null) return entry.syncing;
    const now = this.#stamp(entry.catalogId);
    const { seen } = entry;
    if (seen?.revision === now.revision && seen.version === now.version) return;
    entry.syncing = this.#catchUp(entry, now);
    await entry.syncing;
  }

  async #catchUp(entry: Entry, now: Stamp): Promise<void> {
    const { seen } = entry;
    try {
      if (seen?.revision === now.revision) await this.#readNewer(entry, seen.version, now.version);
      else await this.#compareAll(entry, now);
      entry.seen = now;
      this.#evict(entry);
    } finally {
      entry.syncing = null;
    }
  }

  #stamp(catalogId: number): Stamp {
    const stamp = this.#stampOf.get(catalogId);
    return stamp ?? { revision: -1, version: 0 };
  }

  /** Reads the vectors written since, in order, skipping those that noteSaved brought. */
  async #readNewer({ catalogId, ref, table }: Entry, above: number, upTo: number): Promise<void> {
    // The vector is the last column: rows that are passed over do not read its pages. The plus signs
    // keep SQLite from walking all vectors of the model by their index instead of the newest rows.
    const newer = this.#db.prepare<
      [number, number, number, number],
      { version: number; itemId: number; key: string }
    >(
      `SELECT e.version, e.item_id AS itemId, i.key
       FROM embedding e CROSS JOIN item i ON i.id = e.item_id
       WHERE e.version > ? AND e.version <= ? AND +e.model_ref = ? AND +i.catalog_id = ?
       ORDER BY e.version LIMIT ${PAGE}`,
    );
    const pacer = new Pacer();
    let from = above;
    for (;;) {
      const page = newer.all(from, upTo, ref.ref, catalogId);
      for (const row of page) {
        this.#read(table, row);
        if (pacer.isDue) await pacer.breathe();
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      from = last.version;
    }
  }

  /** Walks all items of the catalog that have a vector, by indexes alone, and reads what differs. */
  async #compareAll({ catalogId, ref, table }: Entry, now: Stamp): Promise<void> {
    const items = this.#db
      .prepare<[number], number>('SELECT count(*) FROM item WHERE catalog_id = ?')
      .pluck()
      .get(catalogId);
    table.reserve(items ?? 0);
    // The first time: afterwards there is nothing left to read but what came meanwhile.
    if (table.size === 0) await this.#readAll({ catalogId, ref, table });
    const walk = this.#db.prepare<
      [number, number, string],
      { itemId: number; key: string; version: number }
    >(
      `SELECT i.id AS itemId, i.key, e.version
       FROM item i CROSS JOIN embedding e ON e.item_id = i.id AND e.model_ref = ?
       WHERE i.catalog_id = ? AND i.key > ?
       ORDER BY i.key LIMIT ${PAGE}`,
    );
    const pacer = new Pacer();
    const present = new Set<number>();
    // Below every key: keys are never empty, and SQLite orders them by their UTF-8 bytes.
    let from = '';
    for (;;) {
      const page = walk.all(ref.ref, catalogId, from);
      for (const row of page) {
        present.add(row.itemId);
        this.#read(table, row);
        if (pacer.isDue) await pacer.breathe();
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      from = last.key;
    }
    if (table.size <= present.size) return;
    // What noteSaved brought meanwhile is newer than the walk.
    table.removeWhere((itemId, version) => !present.has(itemId) && version <= now.version);
  }

  /** Reads every vector of the catalog, side by side with its key: half the work of one by one. */
  async #readAll({ catalogId, ref, table }: Pick<Entry, 'catalogId' | 'ref' | 'table'>) {
    const page = this.#db
      .prepare<[number, number, string], [string, number, number, Buffer]>(
        `SELECT i.key, i.id, e.version, e.vector
         FROM item i CROSS JOIN embedding e ON e.item_id = i.id AND e.model_ref = ?
         WHERE i.catalog_id = ? AND i.key > ?
         ORDER BY i.key LIMIT ${VECTORS_PAGE}`,
      )
      .raw();
    const pacer = new Pacer();
    let from = '';
    for (;;) {
      const rows = page.all(ref.ref, catalogId, from);
      for (const [key, itemId, version, bytes] of rows) {
        table.put({ itemId, key, version, vector: floatsOf(bytes) });
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < VECTORS_PAGE) return;
      [from] = last;
      if (pacer.isDue) await pacer.breathe();
    }
  }

  #read(table: VectorTable, row: { itemId: number; key: string; version: number }): void {
    if (table.versionOf(row.itemId) >= row.version) return;
    const bytes = this.#vectorAt.get(row.version);
    // Written again or deleted since the page was read: the next look finds that.
    if (bytes !== undefined) table.put({ ...row, vector: floatsOf(bytes) });
  }
}

function entryKey(catalogId: number, ref: ModelRef): string {
  return `${catalogId}/${ref.ref}`;
}
