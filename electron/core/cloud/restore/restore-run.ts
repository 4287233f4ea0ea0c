import type { RestoreReport } from '../../../../shared/contract/cloud/restore.ts';
import type { Metadata } from '../../../../shared/contract/filter.ts';
import type { ListedVector } from '../../aws/vector-page.ts';
import type { Db } from '../../db/database.ts';
import { Pacer } from '../../pacer.ts';
import { EmbeddingRepository, UNVERIFIED } from '../../vectors/embedding-repository.ts';
import type { LinkedIndex } from '../link-repository.ts';
import { compareRecord } from '../publish/compare-record.ts';
import type { Ledger } from '../publish/ledger.ts';
import type { RecordSource } from '../publish/record-source.ts';
import { KeyList } from '../listing/key-list.ts';
import { RestoredItems } from './restored-items.ts';
import { toRestored, type RestoredRecord } from './restored-records.ts';

export interface RestoreRunOptions {
  readonly db: Db;
  readonly catalogId: number;
  readonly source: RecordSource;
  readonly ledger: Ledger;
  /** Whether items are made too; otherwise only those that are there get vectors. */
  readonly isMakingItems: boolean;
  /** Throws when the catalog is gone or has another folder by now; asked in each transaction. */
  readonly assertSameFolder: () => void;
  readonly nameKey: string | null;
  readonly signal: AbortSignal | undefined;
  /** Metadata keys that are published from now on: those that were met first on this page. */
  readonly onMetadata: (index: LinkedIndex, metadata: readonly Metadata[]) => void;
}

type Compared = Omit<ListedVector, 'data'> & { readonly data?: readonly number[] | undefined };

/** One transaction holds the event loop, and its commit as long again. */
const SLICE = 10;
const PAGE = 500;

/**
 * Writes what the pages of indexes tell, one page after another whichever segment they come from, in
 * short transactions. Each leaves items, vectors and ledger in step, so that an interrupted run is
 * simply run again: what is there as it should be is not written.
 */
export class RestoreRun {
  readonly #options: RestoreRunOptions;
  readonly #embeddings: EmbeddingRepository;
  readonly #items: RestoredItems;
  readonly #pacer: Pacer;
  readonly #sides = new Map<number, SideTally>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: RestoreRunOptions) {
    this.#options = options;
    this.#embeddings = new EmbeddingRepository(options.db);
    this.#items = new RestoredItems(options.db, options.catalogId);
    this.#pacer = new Pacer(options.signal);
  }

  /**
   * Resolves when the page is written: the next one of its segment waits for that.
   *
   * @returns how many vectors were not here before
   */
  take(index: LinkedIndex, vectors: readonly ListedVector[]): Promise<number> {
    const written = this.#last.then(async () => {
      const before = this.#tally(index).restored;
      await this.#write(index, vectors);
      return this.#tally(index).restored - before;
    });
    this.#last = written;
    return written;
  }

  /** Items and vectors that the indexes hold no more are gone here too. */
  async forgetOthers(indexes: readonly LinkedIndex[]): Promise<void> {
    const { db, catalogId, ledger, assertSameFolder } = this.#options;
    const page = db.prepare<[number, string], { id: number; key: string }>(
      `SELECT id, key FROM item WHERE catalog_id = ? AND key > ? ORDER BY key LIMIT ${PAGE}`,
    );
    const removeItem = db.prepare('DELETE FROM item WHERE id = ?');
    for (let after = ''; ;) {
      const items = page.all(catalogId, after);
      db.transaction(() => {
        assertSameFolder();
        for (const index of indexes) {
          const gone = items.filter(({ key }) => !this.#tally(index).seen.has(key));
          for (const { id } of gone) this.#embeddings.remove(id, index.modality);
          ledger.forget(
            index,
            gone.map(({ key }) => key),
          );
        }
        for (const { id, key } of items) {
          if (!indexes.some((index) => this.#tally(index).seen.has(key))) removeItem.run(id);
        }
      }).immediate();
      if (items.length < PAGE) return;
      after = items.at(-1)!.key;
      await this.#pacer.breathe();
    }
  }

  report(index: LinkedIndex): RestoreReport['sides'][number] {
    const { seen, restored, byKey, outdated, unknown } = this.#tally(index);
    const { id, dimension } = index.model;
    return {
      modality: index.modality,
      index: index.name,
      model: { id, dimension },
      listed: seen.size,
      restored,
      byKey,
      outdated,
      unknown: unknown.json(),
    };
  }

  async #write(index: LinkedIndex, vectors: readonly ListedVector[]): Promise<void> {
    const { db, nameKey, onMetadata, assertSameFolder } = this.#options;
    onMetadata(
      index,
      vectors.map(({ metadata = {} }) => metadata),
    );
    for (let at = 0; at < vectors.length; at += SLICE) {
      const slice = vectors.slice(at, at + SLICE);
      db.transaction(() => {
        assertSameFolder();
        const compared = slice.map((there) => {
          const record = toRestored(there, { modality: index.modality, nameKey });
          // The numbers of what came from there are those of there.
          return this.#writeOne(index, record) ? { ...there, data: undefined } : there;
        });
        this.#acknowledge(index, compared);
      }).immediate();
      await this.#pacer.breathe();
    }
  }

  /** Returns whether the item's vector is now the one of the index. */
  #writeOne(index: LinkedIndex, record: RestoredRecord): boolean {
    const { isMakingItems } = this.#options;
    const tally = this.#tally(index);
    tally.seen.add(record.key);
    const itemId = isMakingItems
      ? this.#items.write(record, index.modality)
      : this.#known(record.key);
    if (itemId === null) {
      tally.unknown.add([record.key]);
      return false;
    }
    const { contentHash } = record;
    const stored = this.#stored(itemId, index);
    const isOwn = !isMakingItems && stored !== null && stored.contentHash !== UNVERIFIED;
    if (isOwn) return false; // made here, from what is here
    if (!isMakingItems && this.#isOutdated(itemId, index, contentHash)) {
      tally.outdated += 1;
      return false;
    }
    if (contentHash === UNVERIFIED) tally.byKey += 1;
    const bytes = Buffer.from(record.vector.buffer);
    if (stored?.contentHash === contentHash && stored.vector.equals(bytes)) return true;
    this.#embeddings.save([{ itemId, ref: index.model, contentHash, vector: record.vector }]);
    tally.restored += 1;
    return true;
  }

  /** What is there is acknowledged by being there, where publishing would send the same. */
  #acknowledge(index: LinkedIndex, slice: readonly Compared[]): void {
    const { source, ledger } = this.#options;
    const here = source.records(
      index,
      slice.map(({ key }) => key),
    );
    const same = slice.flatMap((there) => {
      const record = here.get(there.key);
      if (record === undefined || record.isKnown) return [];
      return compareRecord(there, record) === 'same' ? [record.version] : [];
    });
    ledger.acknowledge(index, same);
  }

  #known(key: string): number | null {
    const { db, catalogId } = this.#options;
    return (
      db
        .prepare<[number, string], number>('SELECT id FROM item WHERE catalog_id = ? AND key = ?')
        .pluck()
        .get(catalogId, key) ?? null
    );
  }

  #stored(itemId: number, index: LinkedIndex): { contentHash: string; vector: Buffer } | null {
    return (
      this.#options.db
        .prepare<[number, number], { contentHash: string; vector: Buffer }>(
          `SELECT content_hash AS contentHash, vector FROM embedding
           WHERE item_id = ? AND model_ref = ?`,
        )
        .get(itemId, index.model.ref) ?? null
    );
  }

  /** Whether the item has another name by now; pictures are compared when they are embedded. */
  #isOutdated(itemId: number, index: LinkedIndex, contentHash: string): boolean {
    if (index.modality === 'image' || contentHash === UNVERIFIED) return false;
    const nameHash = this.#options.db
      .prepare<[number], string | null>('SELECT name_hash FROM item WHERE id = ?')
      .pluck()
      .get(itemId);
    return nameHash !== contentHash;
  }

  #tally(index: LinkedIndex): SideTally {
    let tally = this.#sides.get(index.id);
    if (tally === undefined) this.#sides.set(index.id, (tally = new SideTally()));
    return tally;
  }
}

class SideTally {
  readonly seen = new Set<string>();
  readonly unknown = new KeyList();
  restored = 0;
  byKey = 0;
  outdated = 0;
}
