import type { Modality } from '../../../shared/contract/models.ts';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';

/** What tells one model from another: two files under one id are two models. */
export interface ModelIdentity {
  readonly id: string;
  /** SHA-256 (hex) of the model file. */
  readonly sha256: string;
  readonly modality: Modality;
  readonly dimension: number;
}

/** A model as the database knows it; `ref` is what its vectors carry. */
export interface ModelRef extends ModelIdentity {
  readonly ref: number;
}

export interface EmbeddingRow {
  readonly itemId: number;
  readonly ref: ModelRef;
  /** SHA-256 (hex) of the picture file's bytes, or of the text in UTF-8; or `UNVERIFIED`. */
  readonly contentHash: string;
  /** Unit length, as many numbers as the model's dimension. */
  readonly vector: Float32Array;
}

export interface Coverage {
  readonly ref: ModelRef;
  /** Items of the catalog with a vector of this model. */
  readonly count: number;
}

/**
 * In place of the content hash of a vector that came without one, from an index that somebody else
 * filled: its key alone says whose it is, until the picture or name is at hand (`ingest/adopt-unverified.ts`).
 */
export const UNVERIFIED = 'unverified';

/** How far from 1 the length of a vector may be: float32 rounding stays far below it. */
const UNIT_TOLERANCE = 1e-3;

/**
 * The vectors at rest: float32 little endian, one row an item and model. Everything that searches is
 * a cache of these rows. No method returns vectors of two models.
 */
export class EmbeddingRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * The ref of a model, which is written down the first time.
   *
   * @throws Error when the same file was known with another modality or dimension.
   */
  refOf(model: ModelIdentity): ModelRef {
    const { id, sha256, modality, dimension } = model;
    let found = this.find(model);
    if (found === undefined) {
      // Another process may have been quicker: whoever comes second reads what is there.
      prepared(
        this.#db,
        'INSERT INTO model (id, sha256, modality, dimension) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ).run(id, sha256, modality, dimension);
      found = this.find(model);
    }
    if (found?.modality !== modality || found.dimension !== dimension) {
      throw new Error(
        `Model ${id} (${sha256.slice(0, 12)}) is known as ${found?.modality} with ${found?.dimension} numbers, ` +
          `not ${modality} with ${dimension}: give the changed model an id of its own in the manifest`,
      );
    }
    return found;
  }

  /** A model that is known already. */
  find({ id, sha256 }: Pick<ModelIdentity, 'id' | 'sha256'>): ModelRef | undefined {
    return prepared<[string, string], ModelRef>(
      this.#db,
      'SELECT ref, id, sha256, modality, dimension FROM model WHERE id = ? AND sha256 = ?',
    ).get(id, sha256);
  }

  /**
   * Writes vectors, in place of what the item had of the same model. Call it inside a transaction:
   * a throw leaves the rows before it written.
   *
   * @throws Error naming the item whose vector is of the wrong size, not finite or not of unit length.
   */
  save(rows: readonly EmbeddingRow[]): void {
    const replace = prepared(
      this.#db,
      `REPLACE INTO embedding (item_id, catalog_id, model_ref, modality, content_hash, vector)
       VALUES (@itemId, (SELECT catalog_id FROM item WHERE id = @itemId), @ref, @modality, @hash, @bytes)`,
    );
    for (const { itemId, ref, contentHash, vector } of rows) {
      const fault = faultOf(vector, ref.dimension);
      if (fault !== null) {
        throw new Error(`The ${ref.modality} vector of item ${itemId} by ${ref.id} ${fault}`);
      }
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
      replace.run({ itemId, ref: ref.ref, modality: ref.modality, hash: contentHash, bytes });
    }
  }

  /**
   * Takes away what every model made of an item's picture or name, because neither stands for it any
   * more. Raises the catalog's revision, by which engines notice. Call it inside a transaction.
   */
  remove(itemId: number, modality: Modality): void {
    const { changes } = prepared(
      this.#db,
      'DELETE FROM embedding WHERE item_id = ? AND modality = ?',
    ).run(itemId, modality);
    if (changes === 0) return;
    prepared(
      this.#db,
      'UPDATE catalog SET revision = revision + 1 WHERE id = (SELECT catalog_id FROM item WHERE id = ?)',
    ).run(itemId);
  }

  vectorOf(itemId: number, ref: ModelRef): Float32Array | null {
    const bytes = prepared<[number, number], Buffer>(
      this.#db,
      'SELECT vector FROM embedding WHERE item_id = ? AND model_ref = ?',
    )
      .pluck()
      .get(itemId, ref.ref);
    return bytes === undefined ? null : floatsOf(bytes);
  }

  /** The vector of any item, of any catalog, with the same content: equal texts are embedded once. */
  findByContent(ref: ModelRef, contentHash: string): Float32Array | null {
    const bytes = prepared<[number, string], Buffer>(
      this.#db,
      'SELECT vector FROM embedding WHERE model_ref = ? AND content_hash = ? LIMIT 1',
    )
      .pluck()
      .get(ref.ref, contentHash);
    return bytes === undefined ? null : floatsOf(bytes);
  }

  /** How many vectors each model made for a catalog, the most first. Models without any are left out. */
  coverage(catalogId: number): Coverage[] {
    const counts = prepared<[number], ModelRef & { count: number }>(
      this.#db,
      `SELECT m.ref, m.id, m.sha256, m.modality, m.dimension, c.count
         FROM (
           SELECT model_ref AS ref, count(*) AS count FROM embedding
           WHERE catalog_id = ? GROUP BY model_ref
         ) c JOIN model m ON m.ref = c.ref
         ORDER BY c.count DESC, m.ref`,
    ).all(catalogId);
    return counts.map(({ count, ...ref }) => ({ ref, count }));
  }
}

/** Reads a vector as it is stored. Copies: a Buffer of a pool may not be aligned to four bytes. */
export function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}

function faultOf(vector: Float32Array, dimension: number): string | null {
  if (vector.length !== dimension) return `has ${vector.length} numbers, not ${dimension}`;
  let square = 0;
  for (const value of vector) square += value * value;
  if (!Number.isFinite(square)) return 'holds a number that is not finite';
  if (square === 0) return 'is zero, so it has no direction to compare';
  if (Math.abs(Math.sqrt(square) - 1) > UNIT_TOLERANCE) {
    return `has the length ${Math.sqrt(square).toPrecision(4)}, not 1: divide it by its length first`;
  }
  return null;
}
