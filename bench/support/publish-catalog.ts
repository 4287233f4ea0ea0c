import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/database.ts';
import { EmbeddingRepository } from '../../electron/core/vectors/embedding-repository.ts';
import { makeVectors } from './vector-catalog.ts';

/** The sides of a product as the larger models make them. */
export const DIMENSIONS = { image: 768, text: 384 } as const;
const ROWS_A_TRANSACTION = 1_000;

/**
 * Makes catalogs of so many products each in a data folder, with vectors of both sides and metadata as
 * of the fashion set, in a process of its own: what that leaves in memory is not the application's.
 * Returns their ids.
 */
export async function makePublishCatalogs(
  dataDir: string,
  counts: readonly number[],
): Promise<number[]> {
  const child = fork(path.join(import.meta.dirname, 'save-publish-catalogs.ts'), [
    dataDir,
    ...counts.map(String),
  ]);
  const [ids] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('No catalog was made'))),
  ])) as [number[]];
  return ids;
}

/** One such catalog, in this process. Returns its id. */
export function savePublishCatalog(dataDir: string, count: number): number {
  const db = openDatabase(dataDir);
  const catalogId = Number(
    db
      .prepare(`INSERT INTO catalog (name, root, options, created_at) VALUES (?, ?, '{}', 0)`)
      .run(`${count} products`, `/${count}`).lastInsertRowid,
  );
  const fields = ['gender', 'masterCategory', 'usage', 'season', 'productDisplayName'];
  const addField = db.prepare(
    `INSERT INTO field (catalog_id, position, name, type) VALUES (?, ?, ?, 'string')`,
  );
  fields.forEach((name, position) => addField.run(catalogId, position, name));
  const embeddings = new EmbeddingRepository(db);
  const refs = (['image', 'text'] as const).map((modality) =>
    embeddings.refOf({
      id: `bench-${modality}`,
      sha256: '0'.repeat(64),
      modality,
      dimension: DIMENSIONS[modality],
    }),
  );
  const addItem = db.prepare(
    'INSERT INTO item (catalog_id, key, name, name_hash, metadata) VALUES (?, ?, ?, ?, ?)',
  );
  const addRows = db.transaction((from: number, to: number) => {
    const sides = refs.map((ref) => ({
      ref,
      vectors: makeVectors(to - from, ref.dimension, from + 3),
    }));
    for (let row = from; row < to; row += 1) {
      const key = String(10_000 + row);
      const name = `Turtle Check Men Navy Blue Shirt ${key}`;
      const metadata = JSON.stringify({
        gender: 'Men',
        masterCategory: 'Apparel',
        usage: 'Casual',
        season: 'Fall',
        productDisplayName: name,
      });
      const itemId = Number(addItem.run(catalogId, key, name, key, metadata).lastInsertRowid);
      for (const { ref, vectors } of sides) {
        const vector = vectors.subarray(
          (row - from) * ref.dimension,
          (row - from + 1) * ref.dimension,
        );
        embeddings.save([{ itemId, ref, contentHash: key, vector }]);
      }
    }
  });
  for (let from = 0; from < count; from += ROWS_A_TRANSACTION) {
    addRows(from, Math.min(count, from + ROWS_A_TRANSACTION));
  }
  db.close();
  return catalogId;
}
