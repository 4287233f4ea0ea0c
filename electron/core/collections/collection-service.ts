import type { ItemTile } from '../../../shared/contract/catalog.ts';
import { type Collection, MOST_COLLECTED } from '../../../shared/contract/collections.ts';
import { foreignId } from '../browse/foreign-id.ts';
import { readTiles } from '../browse/item-tiles.ts';
import type { CatalogRepository } from '../catalog/catalog-repository.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { ServingModels } from '../vectors/serving-models.ts';

export interface CollectionServiceOptions {
  readonly db: Db;
  readonly catalogs: CatalogRepository;
  readonly serving: ServingModels;
  readonly onChange: () => void;
}

/** What is given instead of an item that has left the catalog. */
const GONE = {
  name: '',
  imagePath: null,
  imageVersion: '',
  metadata: {},
  badges: ['gone'],
} as const;

/** Collections of items, kept by key and in the order that somebody gave them. */
export class CollectionService {
  readonly #db: Db;
  readonly #catalogs: CatalogRepository;
  readonly #serving: ServingModels;
  readonly #onChange: () => void;

  constructor({ db, catalogs, serving, onChange }: CollectionServiceOptions) {
    this.#db = db;
    this.#catalogs = catalogs;
    this.#serving = serving;
    this.#onChange = onChange;
  }

  /** Those of all catalogs, by name. */
  list(): Collection[] {
    return this.#db
      .prepare<[], Collection>(
        `SELECT id, catalog_id AS catalogId, name, revision,
           (SELECT count(*) FROM collection_item WHERE collection_id = collection.id) AS items
         FROM collection ORDER BY name, id`,
      )
      .all();
  }

  /**
   * By name, in any case; @throws VitrineError COLLECTION_NOT_FOUND, naming those that there are.
   */
  find(catalogId: number, name: string): Collection {
    const all = this.list().filter((collection) => collection.catalogId === catalogId);
    const found = all.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
    const names = all.map((collection) => collection.name).join(', ');
    throw new VitrineError('COLLECTION_NOT_FOUND', `There is no collection "${name}".`, {
      action: names === '' ? 'Add something to it first.' : `Name one of these: ${names}.`,
      subject: name,
    });
  }

  /** @throws VitrineError CATALOG_NOT_FOUND or COLLECTION_EXISTS */
  create(catalogId: number, name: string, keys: readonly string[] = []): number {
    this.#catalogs.get(catalogId);
    return this.#write(() => {
      this.#refuseTaken(catalogId, name);
      const { lastInsertRowid } = this.#db
        .prepare('INSERT INTO collection (catalog_id, name, created_at) VALUES (?, ?, ?)')
        .run(catalogId, name, Date.now());
      const id = Number(lastInsertRowid);
      this.#insert(id, keys, null);
      return id;
    });
  }

  /** @throws VitrineError COLLECTION_NOT_FOUND or COLLECTION_EXISTS */
  rename(id: number, name: string): void {
    this.#write(() => {
      this.#refuseTaken(this.#catalogOf(id), name, id);
      this.#db.prepare('UPDATE collection SET name = ? WHERE id = ?').run(name, id);
    });
  }

  /** @throws VitrineError COLLECTION_NOT_FOUND */
  delete(id: number): void {
    this.#write(() => {
      this.#catalogOf(id);
      this.#db.prepare('DELETE FROM collection WHERE id = ?').run(id);
    });
  }

  /**
   * In the order of the collection, also what has left the catalog.
   *
   * @throws VitrineError COLLECTION_NOT_FOUND
   */
  items(id: number): ItemTile[] {
    const catalogId = this.#catalogOf(id);
    const rows = this.#db
      .prepare<[number, number], { key: string; itemId: number | null }>(
        `SELECT c.key, i.id AS itemId FROM collection_item c
         LEFT JOIN item i ON i.catalog_id = ? AND i.key = c.key
         WHERE c.collection_id = ? ORDER BY c.position`,
      )
      .all(catalogId, id);
    const here = rows.flatMap(({ itemId }) => itemId ?? []);
    const tiles = readTiles(this.#db, here, this.#serving.of(catalogId));
    const byKey = new Map(tiles.map((tile) => [tile.key, tile]));
    return rows.map(
      ({ key }) => byKey.get(key) ?? { ...GONE, id: foreignId(key), key, badges: [...GONE.badges] },
    );
  }

  /** What each collection of a catalog holds, in its order. */
  keys(catalogId: number): { collectionId: number; keys: string[] }[] {
    return this.list()
      .filter((collection) => collection.catalogId === catalogId)
      .map(({ id }) => ({ collectionId: id, keys: this.#keysOf(id) }));
  }

  /**
   * Puts items before another one, at the end where that is null or gone. What is there already stays
   * where it is.
   *
   * @returns the keys that were not there.
   * @throws VitrineError COLLECTION_NOT_FOUND, or INVALID_INPUT when it would hold too many.
   */
  add(id: number, keys: readonly string[], before: string | null = null): string[] {
    return this.#write(() => {
      this.#catalogOf(id);
      return this.#insert(id, keys, before);
    });
  }

  /**
   * @returns the key it stood before; null when it was the last one or not there.
   * @throws VitrineError COLLECTION_NOT_FOUND
   */
  remove(id: number, key: string): string | null {
    return this.#write(() => {
      this.#catalogOf(id);
      const keys = this.#keysOf(id);
      const at = keys.indexOf(key);
      if (at === -1) return null;
      this.#db
        .prepare('DELETE FROM collection_item WHERE collection_id = ? AND key = ?')
        .run(id, key);
      this.#arrange(id, keys.toSpliced(at, 1));
      return keys[at + 1] ?? null;
    });
  }

  /**
   * Moves an item before another one, to the end where that is null or gone.
   *
   * @throws VitrineError COLLECTION_NOT_FOUND
   */
  move(id: number, key: string, before: string | null): void {
    this.#write(() => {
      this.#catalogOf(id);
      const keys = this.#keysOf(id);
      if (key === before || !keys.includes(key)) return;
      const others = keys.filter((other) => other !== key);
      this.#arrange(id, others.toSpliced(placeOf(others, before), 0, key));
    });
  }

  /** @returns what was not there before. */
  #insert(id: number, wanted: readonly string[], before: string | null): string[] {
    const keys = this.#keysOf(id);
    const there = new Set(keys);
    const added = [...new Set(wanted)].filter((key) => !there.has(key));
    if (added.length === 0) return [];
    if (keys.length + added.length > MOST_COLLECTED) {
      throw new VitrineError(
        'INVALID_INPUT',
        `A collection holds at most ${MOST_COLLECTED.toLocaleString('en')} products.`,
        { action: 'Start another collection.' },
      );
    }
    const insert = this.#db.prepare(
      'INSERT INTO collection_item (collection_id, key, position, added_at) VALUES (?, ?, 0, ?)',
    );
    const now = Date.now();
    for (const key of added) insert.run(id, key, now);
    this.#arrange(id, keys.toSpliced(placeOf(keys, before), 0, ...added));
    return added;
  }

  /** Numbers the items in their new order, and tells caches that something changed. */
  #arrange(id: number, keys: readonly string[]): void {
    const place = this.#db.prepare(
      `UPDATE collection_item SET position = @at
       WHERE collection_id = @id AND key = @key AND position <> @at`,
    );
    for (const [at, key] of keys.entries()) place.run({ id, at, key });
    this.#db.prepare('UPDATE collection SET revision = revision + 1 WHERE id = ?').run(id);
  }

  #keysOf(id: number): string[] {
    return this.#db
      .prepare<[number], string>(
        'SELECT key FROM collection_item WHERE collection_id = ? ORDER BY position',
      )
      .pluck()
      .all(id);
  }

  #catalogOf(id: number): number {
    const catalogId = this.#db
      .prepare<[number], number>('SELECT catalog_id FROM collection WHERE id = ?')
      .pluck()
      .get(id);
    if (catalogId !== undefined) return catalogId;
    throw new VitrineError('COLLECTION_NOT_FOUND', 'This collection has been deleted.', {
      action: 'Choose another one.',
      subject: String(id),
    });
  }

  #refuseTaken(catalogId: number, name: string, exceptId?: number): void {
    const other = this.#db
      .prepare<[number, string, number], string>(
        'SELECT name FROM collection WHERE catalog_id = ? AND name = ? AND id <> ?',
      )
      .pluck()
      .get(catalogId, name, exceptId ?? 0);
    if (other === undefined) return;
    throw new VitrineError('COLLECTION_EXISTS', `There is a collection "${other}" already.`, {
      action: 'Choose another name.',
      subject: name,
    });
  }

  /** In one piece, also when a window and a command line write at the same moment. */
  #write<T>(change: () => T): T {
    const result = this.#db.transaction(change).immediate();
    this.#onChange();
    return result;
  }
}

function placeOf(keys: readonly string[], before: string | null): number {
  const at = before === null ? -1 : keys.indexOf(before);
  return at === -1 ? keys.length : at;
}
