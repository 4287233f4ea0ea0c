import path from 'node:path';
import { openDatabase } from '../../electron/core/db/database.ts';
import { EmbeddingRepository } from '../../electron/core/vectors/embedding-repository.ts';
import { startBenchApp } from './bench-app.ts';
import { makeCatalog } from './make-catalog.ts';
import { makeVectors } from './vector-catalog.ts';

const ITEMS_A_TRANSACTION = 1000;

/** A data folder as a user has it who came back the next day. */
export interface WindowCatalog {
  readonly dataDir: string;
  readonly itemIds: readonly number[];
}

/**
 * Makes a folder of pictures and a data folder in which it is scanned and has all its vectors. Those
 * are synthetic (embedding so many takes ten minutes): right for speed, meaningless as answers.
 */
export async function makeWindowCatalog(
  folder: string,
  options: { readonly items: number; readonly pictures: readonly Uint8Array[] },
): Promise<WindowCatalog> {
  const root = path.join(folder, 'Fashion');
  const dataDir = path.join(folder, 'data');
  await makeCatalog(root, { ...options, seed: 3 });
  await using bench = await startBenchApp({ jobs: ['scan'], dataDir });
  const { app } = bench;
  const catalogId = await app.catalogs.add(root);
  await app.runner.whenIdle({ kinds: ['scan'], catalogId });
  const db = openDatabase(dataDir);
  try {
    const embeddings = new EmbeddingRepository(db);
    const items = db
      .prepare<[number], { id: number; nameHash: string }>(
        'SELECT id, name_hash AS nameHash FROM item WHERE catalog_id = ? ORDER BY id',
      )
      .all(catalogId);
    for (const modality of ['image', 'text'] as const) {
      const { spec, sha256 } = await app.models.active(modality);
      const { id, dimension } = spec;
      const ref = embeddings.refOf({ id, sha256, modality, dimension });
      const matrix = makeVectors(items.length, dimension, modality === 'image' ? 11 : 12);
      const save = db.transaction((from: number) => {
        const rows = items.slice(from, from + ITEMS_A_TRANSACTION).map((item, at) => ({
          itemId: item.id,
          ref,
          contentHash: item.nameHash,
          vector: matrix.slice((from + at) * dimension, (from + at + 1) * dimension),
        }));
        embeddings.save(rows);
      });
      for (let from = 0; from < items.length; from += ITEMS_A_TRANSACTION) save(from);
    }
    db.prepare('UPDATE item SET image_stale = 0').run();
    return { dataDir, itemIds: items.map(({ id }) => id) };
  } finally {
    db.close();
  }
}
