import path from 'node:path';
import Database from 'better-sqlite3';

export interface StoredVector {
  readonly key: string;
  readonly modality: string;
  readonly vector: Buffer;
}

/** All vectors at rest in a data folder, in a fixed order. */
export function readVectors(dataDir: string): StoredVector[] {
  return readRows<StoredVector>(
    dataDir,
    `SELECT item.key, embedding.modality, embedding.vector FROM embedding
     JOIN item ON item.id = embedding.item_id ORDER BY item.key, embedding.modality`,
  );
}

/** Rows of a data folder's database, read beside whoever has it open; none before it exists. */
export function readRows<Row>(dataDir: string, sql: string): Row[] {
  let db: Database.Database;
  try {
    db = new Database(path.join(dataDir, 'vitrine.sqlite'), { readonly: true });
  } catch {
    return [];
  }
  try {
    return db.prepare<[], Row>(sql).all();
  } finally {
    db.close();
  }
}
