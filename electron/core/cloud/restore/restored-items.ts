import { hash } from 'node:crypto';
import type { Metadata, Primitive } from '../../../../shared/contract/filter.ts';
import type { Db } from '../../db/database.ts';
import { UNVERIFIED } from '../../vectors/embedding-repository.ts';
import type { RestoredRecord } from './restored-records.ts';

interface StoredItem {
  readonly id: number;
  readonly name: string;
  readonly nameHash: string | null;
  readonly metadata: string;
}

/** Writes the items of a catalog that has no folder: what its two indexes say, put together. */
export class RestoredItems {
  readonly #db: Db;
  readonly #catalogId: number;
  readonly #fields = new Map<string, number>();
  readonly #find;
  readonly #insert;
  readonly #update;

  constructor(db: Db, catalogId: number) {
    this.#db = db;
    this.#catalogId = catalogId;
    this.#find = db.prepare<[number, string], StoredItem>(
      'SELECT id, name, name_hash AS nameHash, metadata FROM item WHERE catalog_id = ? AND key = ?',
    );
    this.#insert = db.prepare(
      `INSERT INTO item (catalog_id, key, name, name_hash, metadata, image_stale)
       VALUES (?, ?, ?, ?, ?, 0)`,
    );
    this.#update = db.prepare('UPDATE item SET name = ?, name_hash = ?, metadata = ? WHERE id = ?');
  }

  /**
   * Writes one item as an index tells it, if it differs, and returns its id. Where both indexes know
   * a key, pictures are right: so it does not matter which of them is read first. Call it inside a
   * transaction.
   */
  write(record: RestoredRecord, modality: 'image' | 'text'): number {
    const stored = this.#find.get(this.#catalogId, record.key);
    const before: Metadata = stored === undefined ? {} : JSON.parse(stored.metadata);
    const metadata =
      modality === 'image' ? { ...before, ...record.metadata } : { ...record.metadata, ...before };
    const name = record.name ?? stored?.name ?? '';
    const json = JSON.stringify(metadata);
    // A name nobody told may have a vector all the same, which must not count as one of no name.
    const unnamed = modality === 'text' ? UNVERIFIED : (stored?.nameHash ?? null);
    const nameHash = name === '' ? unnamed : hash('sha256', name);
    if (stored === undefined) {
      const { lastInsertRowid } = this.#insert.run(
        this.#catalogId,
        record.key,
        name,
        nameHash,
        json,
      );
      this.#writeValues(Number(lastInsertRowid), metadata);
      return Number(lastInsertRowid);
    }
    if (stored.name !== name || stored.nameHash !== nameHash || stored.metadata !== json) {
      this.#update.run(name, nameHash, json, stored.id);
    }
    if (stored.metadata !== json) {
      this.#db.prepare('DELETE FROM item_field WHERE item_id = ?').run(stored.id);
      this.#writeValues(stored.id, metadata);
    }
    return stored.id;
  }

  #writeValues(itemId: number, metadata: Metadata): void {
    const add = this.#db.prepare(
      'INSERT OR IGNORE INTO item_field (field_id, value, item_id) VALUES (?, ?, ?)',
    );
    for (const [name, value] of Object.entries(metadata)) {
      for (const element of Array.isArray(value) ? value : [value]) {
        const stored = typeof element === 'boolean' ? Buffer.of(element ? 1 : 0) : element;
        add.run(this.#fieldId(name, element), stored, itemId);
      }
    }
  }

  #fieldId(name: string, value: Primitive): number {
    const known = this.#fields.get(name);
    if (known !== undefined) return known;
    const id = this.#db
      .prepare<unknown[], number>(
        `INSERT INTO field (catalog_id, position, name, type)
         VALUES (@catalogId, (SELECT count(*) FROM field WHERE catalog_id = @catalogId), @name, @type)
         ON CONFLICT (catalog_id, name) DO UPDATE SET name = excluded.name RETURNING id`,
      )
      .pluck()
      .get({ catalogId: this.#catalogId, name, type: typeof value })!;
    this.#fields.set(name, id);
    return id;
  }
}
