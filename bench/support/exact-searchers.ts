import path from 'node:path';
import Database from 'better-sqlite3';
import { load } from 'sqlite-vec';
import { BUCKETS, bucketOf } from './vector-catalog.ts';

/** Finds the rows nearest to `query` among those whose bucket is below `below`, nearest first. */
export type Searcher = (query: Float32Array, topK: number, below: number) => readonly number[];

/** What one writes without a library: a loop over all rows, keeping the best in a sorted list. */
export function plainLoop(matrix: Float32Array, dimension: number): Searcher {
  const count = matrix.length / dimension;
  const buckets = Uint8Array.from({ length: count }, (_, row) => bucketOf(row));
  return (query, topK, below) => {
    const rows: number[] = [];
    const scores: number[] = [];
    for (let row = 0; row < count; row += 1) {
      if (buckets[row]! >= below) continue;
      let score = 0;
      const start = row * dimension;
      for (let at = 0; at < dimension; at += 1) score += matrix[start + at]! * query[at]!;
      if (rows.length === topK && score <= scores.at(-1)!) continue;
      let place = rows.length;
      while (place > 0 && scores[place - 1]! < score) place -= 1;
      rows.splice(place, 0, row);
      scores.splice(place, 0, score);
      if (rows.length > topK) {
        rows.pop();
        scores.pop();
      }
    }
    return rows;
  };
}

/** sqlite-vec's exact search over a table on disk, filtering by a metadata column of its own. */
export function sqliteVec(
  folder: string,
  matrix: Float32Array,
  dimension: number,
): Disposable & { readonly search: Searcher } {
  const db = new Database(path.join(folder, 'sqlite-vec.sqlite'));
  load(db);
  db.pragma('journal_mode = WAL');
  db.exec(
    `CREATE VIRTUAL TABLE v USING vec0(embedding float[${dimension}] distance_metric=cosine, bucket integer)`,
  );
  const insert = db.prepare('INSERT INTO v (rowid, embedding, bucket) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (let row = 0; row < matrix.length / dimension; row += 1) {
      const vector = Buffer.from(matrix.buffer, row * dimension * 4, dimension * 4);
      // It takes whole numbers only as bigint: better-sqlite3 binds numbers as REAL.
      insert.run(BigInt(row + 1), vector, BigInt(bucketOf(row)));
    }
  })();
  const nearest = (filter: string) =>
    db
      .prepare<unknown[], number>(
        `SELECT rowid FROM v WHERE embedding MATCH ? AND k = ?${filter} ORDER BY distance`,
      )
      .pluck();
  const all = nearest('');
  const filtered = nearest(' AND bucket < ?');
  return {
    search(query, topK, below) {
      const bytes = Buffer.from(query.buffer, query.byteOffset, query.byteLength);
      const ids =
        below === BUCKETS
          ? all.all(bytes, BigInt(topK))
          : filtered.all(bytes, BigInt(topK), BigInt(below));
      return ids.map((id) => id - 1);
    },
    [Symbol.dispose]: () => db.close(),
  };
}
