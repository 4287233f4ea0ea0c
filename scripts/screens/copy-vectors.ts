import path from 'node:path';
import { openDatabase } from '../../electron/core/db/database.ts';

/**
 * Gives the items of a scanned folder that `makeLargeFolder` made the sample's vectors: an item's key
 * begins with that of the product it repeats. Embedding so many takes ten minutes.
 */
export function copyVectors(fromDataDir: string, toDataDir: string): void {
  const db = openDatabase(toDataDir);
  try {
    db.prepare('ATTACH ? AS sample').run(path.join(fromDataDir, 'vitrine.sqlite'));
    db.exec(`
      INSERT INTO main.model SELECT * FROM sample.model;
      INSERT INTO main.embedding (item_id, catalog_id, model_ref, modality, content_hash, vector)
        SELECT i.id, i.catalog_id, e.model_ref, e.modality,
          CASE e.modality WHEN 'text' THEN i.name_hash ELSE e.content_hash END, e.vector
        FROM main.item i
        JOIN sample.item s ON s.key = substr(i.key, 1, instr(i.key, '-') - 1)
        JOIN sample.embedding e ON e.item_id = s.id;
      UPDATE main.item SET image_stale = 0;
      UPDATE main.catalog SET revision = revision + 1;
    `);
  } finally {
    db.close();
  }
}
