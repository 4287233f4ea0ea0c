import { openDatabase } from '../../electron/core/db/database.ts';
import { EmbeddingRepository } from '../../electron/core/vectors/embedding-repository.ts';
import { makeVectors } from './vector-catalog.ts';

/** The sides of a product as the larger models make them. */
export const DIMENSIONS = { image: 768, text: 384 } as const;
const ROWS_A_TRANSACTION = 1_000;

/** A catalog with vectors of both sides and metadata as of the fashion set. Returns its id. */
export function savePublishCatalog(dataDir: string, count: number): number {
  const db = openDatabase(dataDir);
  const catalogId = Number(
    db
      .prepare(`INSERT INTO catalog (name, root, options, created_at) VALUES ('b', '/b', '{}', 0)`)
      .run().lastInsertRowid,
  );
  const fields = ['gender', 'masterCategory', 'usage', 'season', 'productDisplayName'];
  const addField = db.prepare(
    `INSERT INTO field (catalog_id, position, name, type) VALUES (?, ?, ?, 'string')`,
  );
  fields.forEach((name, position) => addField.run(catalogId, position, name));
  const embeddings = new EmbeddingRepository(db);
  const sides = (['image', 'text'] as const).map((modality) => ({
    ref: embeddings.refOf({
      id: `bench-${modality}`,
      sha256: '0'.repeat(64),
      modality,
      dimension: DIMENSIONS[modality],
    }),
    vectors: makeVectors(count, DIMENSIONS[modality], 3),
  }));
  const addItem = db.prepare(
    'INSERT INTO item (catalog_id, key, name, name_hash, metadata) VALUES (?, ?, ?, ?, ?)',
  );
  const addRows = db.transaction((from: number, to: number) => {
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
        const vector = vectors.subarray(row * ref.dimension, (row + 1) * ref.dimension);
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
