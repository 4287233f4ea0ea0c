import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import { logicalBytes } from '../../aws/cost.ts';
import type { Db } from '../../db/database.ts';
import { floatsOf, UNVERIFIED } from '../../vectors/embedding-repository.ts';
import { columnsOf, type LinkedIndex, type LinkRepository } from '../link-repository.ts';
import {
  metadataFault,
  publishedMetadata,
  type MetadataSource,
} from '../metadata/published-metadata.ts';
import { BatchWriter, type Batch } from './batch-writer.ts';
import { readLeaving, type Leaving } from './leaving.ts';
import {
  sourceOf,
  statusOf,
  versionOf,
  type RecordRow,
  type RecordVersion,
} from './record-version.ts';

/** A vector as the index should hold it. */
export interface LocalRecord {
  readonly version: RecordVersion;
  /** JSON object. */
  readonly metadata: string;
  /** Whether the ledger says that the index holds, or refuses, this very version. */
  readonly isKnown: boolean;
  readonly isRefused: boolean;
  readonly numbers: () => Float32Array;
}

/** What publishing an index would do, as counts; bytes as the service counts them. */
export interface IndexChanges {
  readonly added: number;
  readonly changed: number;
  /** What the index holds and should not, older versions of what cannot be sent included. */
  readonly leaving: Leaving;
  readonly unchanged: number;
  /** Refused by the service as they are: they wait for a change. */
  readonly quarantined: number;
  /** Logical bytes that would be sent, and that the index would hold then. */
  readonly sendBytes: number;
  readonly holdBytes: number;
  /** Logical bytes a query would go through. */
  readonly searchedBytes: number;
  /** UTF-8 bytes of metadata, of one vector. */
  readonly metadata: {
    readonly meanBytes: number;
    readonly maxBytes: number;
    readonly maxFilterableBytes: number;
    readonly maxKeys: number;
  };
  /** Items the service would refuse: how many, and the first of them with the reason. */
  readonly failing: number;
  /** Of the failing, those that publishing has still to note as refused. */
  readonly refusable: number;
  readonly failures: readonly { readonly key: string; readonly reason: string }[];
}

const FAILURES_SHOWN = 20;

const COLUMNS = `
  SELECT item.id AS itemId, item.key, item.name, item.image_path AS imagePath, item.metadata,
    embedding.content_hash AS contentHash, ledger.model_ref AS knownModel,
    ledger.content_hash AS knownContent, ledger.metadata_hash AS knownMetadata,
    ledger.acknowledged_at AS acknowledgedAt, ledger.refused`;
const JOINS = `JOIN embedding ON embedding.item_id = item.id AND embedding.model_ref = @modelRef
  LEFT JOIN ledger ON ledger.index_id = @indexId AND ledger.key = item.key
  WHERE item.catalog_id = @catalogId`;

// By item id, not by the catalog's index, and items before embeddings (SQLite never turns a CROSS JOIN
// round): the walk goes on where the last page ended. In any other order each page sorts everything.
const PAGE_OF_ITEMS = `${COLUMNS} FROM item NOT INDEXED CROSS ${JOINS}`;
const PAGE_BY_KEY = `${COLUMNS} FROM item CROSS ${JOINS}`;

const LEAVING = `
  FROM ledger WHERE index_id = @indexId AND (
    (refused IS NOT NULL AND acknowledged_at IS NOT NULL) OR NOT EXISTS (
      SELECT 1 FROM item JOIN embedding ON embedding.item_id = item.id
        AND embedding.model_ref = @modelRef
      WHERE item.catalog_id = @catalogId AND item.key = ledger.key))`;

/** Compares a catalog with the ledger of an index, and writes the requests that make them equal. */
export class RecordSource {
  readonly #db: Db;
  readonly #links: LinkRepository;

  constructor(db: Db, links: LinkRepository) {
    this.#db = db;
    this.#links = links;
  }

  /** The next request after item `after`: changed vectors only, as many as fit. */
  next(index: LinkedIndex, options: { after: number; maxVectors: number }): Batch {
    const columns = this.#columns(index);
    const rest = this.#db.prepare<unknown[], RecordRow>(
      `${PAGE_OF_ITEMS} AND item.id > @after ORDER BY item.id`,
    );
    let { after } = options;
    const batch = new BatchWriter(this.#db, index, options.maxVectors);
    // Row by row, so that none is read that has no room in the request any more.
    for (const row of rest.iterate({ ...this.#keysOf(index), after })) {
      const metadata = publishedMetadata(sourceOf(row), columns);
      const version = versionOf(row, metadata);
      if (statusOf(row, version, index) === 'unsent') {
        if (batch.isFull() || !batch.add(version, metadata)) {
          return batch.take(after);
        }
      }
      after = row.itemId;
    }
    return batch.take(null);
  }

  /** One request of these items, as they are now; those that fit no more are left out. */
  of(index: LinkedIndex, itemIds: readonly number[]): Batch {
    const columns = this.#columns(index);
    const find = this.#db.prepare<unknown[], RecordRow>(`${PAGE_OF_ITEMS} AND item.id = @itemId`);
    const batch = new BatchWriter(this.#db, index, itemIds.length);
    for (const itemId of itemIds) {
      const row = find.get({ ...this.#keysOf(index), itemId });
      if (row === undefined) continue;
      const metadata = publishedMetadata(sourceOf(row), columns);
      batch.add(versionOf(row, metadata), metadata);
    }
    return batch.take(null);
  }

  /** These keys as the index should hold them; those it should not hold are left out. */
  records(index: LinkedIndex, keys: readonly string[]): Map<string, LocalRecord> {
    const columns = this.#columns(index);
    const find = this.#db.prepare<unknown[], RecordRow>(`${PAGE_BY_KEY} AND item.key = @key`);
    const vector = this.#db
      .prepare<[number, number], Buffer>(
        'SELECT vector FROM embedding WHERE item_id = ? AND model_ref = ?',
      )
      .pluck();
    const found = new Map<string, LocalRecord>();
    for (const key of keys) {
      const row = find.get({ ...this.#keysOf(index), key });
      if (row === undefined) continue;
      const metadata = publishedMetadata(sourceOf(row), columns);
      if (metadataFault(key, metadata) !== null) continue;
      const version = versionOf(row, metadata);
      found.set(key, {
        version,
        metadata: metadata.json,
        isKnown: statusOf(row, version, index) !== 'unsent',
        isRefused: row.refused !== null,
        numbers: () => floatsOf(vector.get(row.itemId, index.model.ref) ?? Buffer.alloc(0)),
      });
    }
    return found;
  }

  /** What an item's metadata would be made from; null without such an item. */
  item(catalogId: number, key: string): MetadataSource | null {
    const row = this.#db
      .prepare<[number, string], Omit<RecordRow, 'contentHash'>>(
        `SELECT key, name, image_path AS imagePath, metadata FROM item
         WHERE catalog_id = ? AND key = ?`,
      )
      .get(catalogId, key);
    return row === undefined ? null : sourceOf({ ...row, contentHash: UNVERIFIED });
  }

  /** Keys of the catalog with a vector for the index, after `after`, in order. */
  keys(index: LinkedIndex, { after, limit }: { after: string; limit: number }): string[] {
    return this.#db
      .prepare<unknown[], string>(
        `SELECT item.key FROM item CROSS JOIN embedding ON embedding.item_id = item.id
           AND embedding.model_ref = @modelRef
         WHERE item.catalog_id = @catalogId AND item.key > @after ORDER BY item.key LIMIT @limit`,
      )
      .pluck()
      .all({ modelRef: index.model.ref, catalogId: index.catalogId, after, limit });
  }

  /**
   * Keys after `after` that the ledger knows and the catalog does not, and those of which the index
   * holds an older version than the one that was refused.
   */
  gone(index: LinkedIndex, { after, limit }: { after: string; limit: number }): string[] {
    return this.#db
      .prepare<unknown[], string>(
        `SELECT key ${LEAVING} AND key > @after ORDER BY key LIMIT @limit`,
      )
      .pluck()
      .all({ ...this.#keysOf(index), after, limit });
  }

  /** What publishing would delete, and why. */
  leaving(index: LinkedIndex): Leaving {
    return readLeaving(this.#db, index);
  }

  /** What publishing would do, without doing it. */
  changes(index: LinkedIndex): IndexChanges {
    const columns = this.#columns(index);
    const rows = this.#db.prepare<unknown[], RecordRow>(PAGE_OF_ITEMS).iterate(this.#keysOf(index));
    const counts = { added: 0, changed: 0, unchanged: 0, quarantined: 0, failing: 0, refusable: 0 };
    const bytes = { send: 0, hold: 0, searched: 0, metadata: 0 };
    const max = { bytes: 0, filterable: 0, keys: 0 };
    const failures: { key: string; reason: string }[] = [];
    const expected = { refused: [] as string[], sent: new Set<string>() };
    const { dimension } = index.model;
    for (const row of rows) {
      const metadata = publishedMetadata(sourceOf(row), columns);
      const keyBytes = Buffer.byteLength(row.key);
      const size = logicalBytes({ dimension, metadataBytes: metadata.bytes, keyBytes });
      bytes.metadata += metadata.bytes;
      max.bytes = Math.max(max.bytes, metadata.bytes);
      max.filterable = Math.max(max.filterable, metadata.filterableBytes);
      max.keys = Math.max(max.keys, metadata.keys);
      const fault = metadataFault(row.key, metadata);
      const status = statusOf(row, versionOf(row, metadata), index);
      if (fault !== null) {
        counts.failing += 1;
        if (failures.length < FAILURES_SHOWN) failures.push({ key: row.key, reason: fault });
        if (status === 'unsent') {
          counts.refusable += 1;
          // What was refused before counts by the ledger.
          if (row.acknowledgedAt !== null && row.refused === null) expected.refused.push(row.key);
        }
        continue;
      }
      if (status === 'quarantined') {
        counts.quarantined += 1;
        continue;
      }
      bytes.hold += size;
      bytes.searched += size - metadata.bytes + metadata.filterableBytes;
      if (status === 'unchanged') counts.unchanged += 1;
      else {
        bytes.send += size;
        if (row.refused !== null) expected.sent.add(row.key);
        if (row.acknowledgedAt === null) counts.added += 1;
        else counts.changed += 1;
      }
    }
    const { quarantined, failing, refusable, ...rest } = counts;
    const all = rest.added + rest.changed + rest.unchanged + quarantined + failing;
    return {
      ...rest,
      quarantined,
      leaving: readLeaving(this.#db, index, expected),
      sendBytes: bytes.send,
      holdBytes: bytes.hold,
      searchedBytes: bytes.searched,
      metadata: {
        meanBytes: all === 0 ? 0 : bytes.metadata / all,
        maxBytes: max.bytes,
        maxFilterableBytes: max.filterable,
        maxKeys: max.keys,
      },
      failing,
      refusable,
      failures,
    };
  }

  #columns(index: LinkedIndex): MetadataColumn[] {
    return columnsOf(this.#links.get(index.catalogId), index);
  }

  #keysOf(index: LinkedIndex): { indexId: number; catalogId: number; modelRef: number } {
    return { indexId: index.id, catalogId: index.catalogId, modelRef: index.model.ref };
  }
}
