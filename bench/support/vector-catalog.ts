import { openDatabase } from '../../electron/core/db/database.ts';
import type { Db } from '../../electron/core/db/database.ts';
import { EmbeddingRepository } from '../../electron/core/vectors/embedding-repository.ts';
import type { ModelRef } from '../../electron/core/vectors/embedding-repository.ts';
import { mulberry32 } from './make-catalog.ts';

/** Products come in kinds: vectors stand around centres, as those of real pictures do. */
const CENTRES = 300;
const SPREAD = 0.8;
const ROWS_A_TRANSACTION = 1000;
/** Values of the number field `bucket`: `{bucket: {$lt: n}}` lets n of 200 items through. */
export const BUCKETS = 200;

/** Unit vectors side by side, the same for the same seed. */
export function makeVectors(count: number, dimension: number, seed: number): Float32Array {
  const random = mulberry32(seed);
  // The centres are those of every set, so that queries of another seed have neighbours.
  const centreOf = mulberry32(1);
  const centres = Float32Array.from({ length: CENTRES * dimension }, () => centreOf() - 0.5);
  const matrix = new Float32Array(count * dimension);
  for (let row = 0; row < count; row += 1) {
    const centre = Math.floor(random() * CENTRES) * dimension;
    const start = row * dimension;
    let square = 0;
    for (let at = 0; at < dimension; at += 1) {
      const value = centres[centre + at]! + SPREAD * (random() - 0.5);
      matrix[start + at] = value;
      square += value * value;
    }
    const length = Math.sqrt(square);
    for (let at = 0; at < dimension; at += 1) matrix[start + at]! /= length;
  }
  return matrix;
}

/** A catalog as ingest leaves it: items with a field `bucket`, and a vector each, in SQLite. */
export function saveVectorCatalog(
  dataDir: string,
  matrix: Float32Array,
  dimension: number,
): { readonly db: Db; readonly catalogId: number; readonly ref: ModelRef } {
  const db = openDatabase(dataDir);
  const catalogId = Number(
    db
      .prepare(`INSERT INTO catalog (name, root, options, created_at) VALUES ('b', '/b', '{}', 0)`)
      .run().lastInsertRowid,
  );
  const fieldId = Number(
    db
      .prepare(
        `INSERT INTO field (catalog_id, position, name, type) VALUES (?, 0, 'bucket', 'number')`,
      )
      .run(catalogId).lastInsertRowid,
  );
  const embeddings = new EmbeddingRepository(db);
  const ref = embeddings.refOf({
    id: 'bench',
    sha256: '0'.repeat(64),
    modality: 'image',
    dimension,
  });
  const item = db.prepare('INSERT INTO item (id, catalog_id, key, name) VALUES (?, ?, ?, ?)');
  const field = db.prepare('INSERT INTO item_field (field_id, value, item_id) VALUES (?, ?, ?)');
  const count = matrix.length / dimension;
  const savePage = db.transaction((from: number) => {
    for (let row = from; row < Math.min(count, from + ROWS_A_TRANSACTION); row += 1) {
      const itemId = row + 1;
      item.run(itemId, catalogId, `key ${itemId}`, `Item ${itemId}`);
      field.run(fieldId, bucketOf(row), itemId);
      const vector = matrix.slice(row * dimension, (row + 1) * dimension);
      embeddings.save([{ itemId, ref, contentHash: String(itemId), vector }]);
    }
  });
  for (let from = 0; from < count; from += ROWS_A_TRANSACTION) savePage(from);
  return { db, catalogId, ref };
}

/** Scattered over the catalog (Knuth's multiplicative hash): a filter's items never lie side by side. */
export function bucketOf(row: number): number {
  return (Math.imul(row, 2_654_435_761) >>> 8) % BUCKETS;
}
