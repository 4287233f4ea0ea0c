import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { scanOptionsSchema } from '../../../shared/contract/catalog.ts';
import type { Catalog, Field, ScanOptions } from '../../../shared/contract/catalog.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import { deleteInSlices } from './delete-in-slices.ts';
import { prepared } from '../db/prepared.ts';

/** A catalog as it is stored; counts are those of the last complete scan. */
export interface CatalogRow {
  readonly id: number;
  readonly name: string;
  /** Absolute path of the folder. */
  readonly root: string;
  readonly isSample: boolean;
  /** As the user gave them. */
  readonly options: ScanOptions;
  readonly paused: boolean;
  readonly revision: number;
  readonly preset: Catalog['preset'];
  /** Relative to the root. */
  readonly csvFiles: readonly string[];
  readonly imageCount: number;
  readonly rowCount: number;
  /** Milliseconds since 1970; null before the first complete scan. */
  readonly scannedAt: number | null;
  readonly scanMs: number | null;
}

export interface NewCatalog {
  /** The folder's name when left out, made unique by a number. */
  readonly name?: string | undefined;
  readonly root: string;
  readonly isSample: boolean;
  readonly options: ScanOptions;
}

interface StoredCatalog {
  readonly id: number;
  readonly name: string;
  readonly root: string;
  readonly is_sample: number;
  readonly options: string;
  readonly paused: number;
  readonly revision: number;
  readonly preset: Catalog['preset'];
  readonly csv_files: string;
  readonly image_count: number;
  readonly row_count: number;
  readonly scanned_at: number | null;
  readonly scan_ms: number | null;
}

// A catalog on its way out: no absolute path starts so, and the folder may be added again at once.
const REMOVED = 'removed:';

/** Catalogs, their state and their fields. */
export class CatalogRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * @throws VitrineError CATALOG_EXISTS when the folder is a catalog already, or the name is taken
   * (a name derived from the folder gets a number instead).
   */
  create(catalog: NewCatalog): CatalogRow {
    const insert = this.#db.prepare(
      `INSERT INTO catalog (name, root, is_sample, options, created_at) VALUES (?, ?, ?, ?, ?)`,
    );
    return this.#db
      .transaction(() => {
        const there = this.findByRoot(catalog.root);
        if (there !== undefined) {
          throw new VitrineError(
            'CATALOG_EXISTS',
            `${catalog.root} is the catalog "${there.name}" already`,
            { action: 'Scan that catalog again.', subject: catalog.root },
          );
        }
        if (catalog.name !== undefined) this.#refuseTaken(catalog.name, undefined);
        const name = catalog.name ?? this.#freeName(path.basename(catalog.root) || 'Catalog');
        const { lastInsertRowid } = insert.run(
          name,
          catalog.root,
          catalog.isSample ? 1 : 0,
          JSON.stringify(catalog.options),
          Date.now(),
        );
        return this.get(Number(lastInsertRowid));
      })
      .immediate();
  }

  /** @throws VitrineError CATALOG_NOT_FOUND */
  get(id: number): CatalogRow {
    const row = prepared<[number], StoredCatalog>(
      this.#db,
      `SELECT * FROM catalog WHERE id = ?`,
    ).get(id);
    if (row === undefined || row.root.startsWith(REMOVED)) throw this.#notFound(`number ${id}`);
    return toCatalogRow(row);
  }

  /**
   * Finds a catalog by its name (in any case) or its number; a name goes first.
   *
   * @throws VitrineError CATALOG_NOT_FOUND, naming those that exist.
   */
  find(nameOrId: string): CatalogRow {
    const all = this.list();
    const found =
      all.find((catalog) => catalog.name === nameOrId) ??
      all.find((catalog) => catalog.name.toLowerCase() === nameOrId.toLowerCase()) ??
      all.find((catalog) => String(catalog.id) === nameOrId);
    if (found === undefined) throw this.#notFound(`"${nameOrId}"`);
    return found;
  }

  findByRoot(root: string): CatalogRow | undefined {
    const row = prepared<[string], StoredCatalog>(
      this.#db,
      `SELECT * FROM catalog WHERE root = ?`,
    ).get(root);
    return row === undefined ? undefined : toCatalogRow(row);
  }

  /** By name. */
  list(): CatalogRow[] {
    return prepared<[], StoredCatalog>(
      this.#db,
      `SELECT * FROM catalog ORDER BY name COLLATE NOCASE, id`,
    )
      .all()
      .filter((row) => !row.root.startsWith(REMOVED))
      .map(toCatalogRow);
  }

  /** @throws VitrineError CATALOG_EXISTS when another catalog has the name, or CATALOG_NOT_FOUND. */
  rename(id: number, name: string): void {
    this.#db
      .transaction(() => {
        this.get(id);
        this.#refuseTaken(name, id);
        this.#db.prepare(`UPDATE catalog SET name = ? WHERE id = ?`).run(name, id);
      })
      .immediate();
  }

  /** Replaces the options of the next scan. */
  setOptions(id: number, options: ScanOptions): void {
    this.get(id);
    this.#db
      .prepare(`UPDATE catalog SET options = ? WHERE id = ?`)
      .run(JSON.stringify(options), id);
  }

  /** Gives a catalog its folder. */
  setRoot(id: number, root: string): void {
    this.get(id);
    this.#db.prepare(`UPDATE catalog SET root = ? WHERE id = ?`).run(root, id);
  }

  setPaused(id: number, paused: boolean): void {
    this.get(id);
    this.#db.prepare(`UPDATE catalog SET paused = ? WHERE id = ?`).run(paused ? 1 : 0, id);
  }

  /** Tells caches that items changed. Returns the new revision. */
  bumpRevision(id: number): number {
    const row = this.#db
      .prepare<[number], { revision: number }>(
        `UPDATE catalog SET revision = revision + 1 WHERE id = ? RETURNING revision`,
      )
      .get(id);
    if (row === undefined) throw this.#notFound(`number ${id}`);
    return row.revision;
  }

  /** How many items have a picture, and a name: all but those that the indexes of exceptions hold. */
  countContents(id: number): { image: number; text: number } {
    return this.#db
      .prepare<[object], { image: number; text: number }>(
        `SELECT total - without_picture AS image, total - without_name AS text FROM (
           SELECT (SELECT count(*) FROM item WHERE catalog_id = @id) AS total,
             (SELECT count(*) FROM item INDEXED BY item_without_picture
              WHERE catalog_id = @id AND image_path IS NULL) AS without_picture,
             (SELECT count(*) FROM item INDEXED BY item_without_name
              WHERE catalog_id = @id AND name_hash IS NULL) AS without_name)`,
      )
      .get({ id })!;
  }

  /** The metadata fields, in the order of the columns. */
  fields(id: number): Field[] {
    return this.#db
      .prepare<[number], Field>(
        `SELECT name, type FROM field WHERE catalog_id = ? ORDER BY position, id`,
      )
      .all(id);
  }

  /**
   * Forgets a catalog with its items, vectors, problems and jobs. It is gone from every list when
   * this returns its promise; the rows go in slices, so that nothing waits long for the database.
   *
   * @throws VitrineError CATALOG_NOT_FOUND
   */
  async remove(id: number): Promise<void> {
    this.#db
      .transaction(() => {
        this.get(id);
        const gone = `${REMOVED}${id}`;
        this.#db
          .prepare(`UPDATE catalog SET name = ?, root = ?, paused = 1 WHERE id = ?`)
          .run(gone, gone, id);
      })
      .immediate();
    await this.#purge(id);
  }

  /**
   * Finishes removals that a crash or a quit cut short. Call it at the start.
   *
   * @throws the signal's reason when it is aborted; the next start goes on.
   */
  async resumeRemovals(signal?: AbortSignal): Promise<void> {
    const rows = this.#db
      .prepare<[string], { id: number }>(`SELECT id FROM catalog WHERE root LIKE ? || '%'`)
      .all(REMOVED);
    for (const { id } of rows) await this.#purge(id, signal);
  }

  async #purge(id: number, signal?: AbortSignal): Promise<void> {
    const breathe = async () => {
      await nextTurn();
      signal?.throwIfAborted();
    };
    // Children first: the cascade from `catalog` would take all of them in one long statement.
    // Values in the order they are stored in: item by item, each would rewrite a page of its own.
    const values = this.#db.prepare(
      `DELETE FROM item_field WHERE (field_id, value, item_id) IN (
         SELECT field_id, value, item_id FROM item_field WHERE field_id = ?
         ORDER BY value, item_id LIMIT ?)`,
    );
    const fields = this.#db
      .prepare<[number], number>(`SELECT id FROM field WHERE catalog_id = ?`)
      .pluck()
      .all(id);
    for (const field of fields) {
      await deleteInSlices((limit) => values.run(field, limit).changes, breathe);
    }
    const ledger = this.#db.prepare(
      `DELETE FROM ledger WHERE (index_id, key) IN (
         SELECT index_id, key FROM ledger
         WHERE index_id IN (SELECT id FROM cloud_index WHERE catalog_id = ?) LIMIT ?)`,
    );
    await deleteInSlices((limit) => ledger.run(id, limit).changes, breathe);
    for (const table of ['job', 'item', 'problem']) {
      const slice = this.#db.prepare(
        `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE catalog_id = ? LIMIT ?)`,
      );
      await deleteInSlices((limit) => slice.run(id, limit).changes, breathe);
    }
    this.#db.prepare(`DELETE FROM catalog WHERE id = ?`).run(id);
  }

  #freeName(wanted: string): string {
    const taken = new Set(this.list().map((catalog) => catalog.name.toLowerCase()));
    let name = wanted;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted} ${n}`;
    return name;
  }

  #refuseTaken(name: string, exceptId: number | undefined): void {
    const other = this.list().find(
      (catalog) => catalog.id !== exceptId && catalog.name.toLowerCase() === name.toLowerCase(),
    );
    if (other === undefined) return;
    throw new VitrineError('CATALOG_EXISTS', `A catalog named "${other.name}" exists already`, {
      action: 'Choose another name.',
      subject: name,
    });
  }

  #notFound(what: string): VitrineError {
    const names = this.list().map((catalog) => catalog.name);
    return new VitrineError(
      'CATALOG_NOT_FOUND',
      names.length === 0
        ? `No catalog ${what}: there is none yet.`
        : `No catalog ${what}. There is: ${names.join(', ')}.`,
      { action: names.length === 0 ? 'Add a folder first.' : 'Name one of these.' },
    );
  }
}

function toCatalogRow(row: StoredCatalog): CatalogRow {
  return {
    id: row.id,
    name: row.name,
    root: row.root,
    isSample: row.is_sample === 1,
    options: scanOptionsSchema.parse(JSON.parse(row.options)),
    paused: row.paused === 1,
    revision: row.revision,
    preset: row.preset,
    csvFiles: z.array(z.string()).parse(JSON.parse(row.csv_files)),
    imageCount: row.image_count,
    rowCount: row.row_count,
    scannedAt: row.scanned_at,
    scanMs: row.scan_ms,
  };
}
