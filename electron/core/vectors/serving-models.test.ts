import { beforeEach, expect, test } from 'vitest';
import { addCatalog } from '../catalog/fixtures/add-catalog.ts';
import { openMemoryDatabase, type Db } from '../db/database.ts';
import { EmbeddingRepository, type ModelRef } from './embedding-repository.ts';
import { ServingModels } from './serving-models.ts';

let db: Db;
let embeddings: EmbeddingRepository;
let serving: ServingModels;
let catalogId: number;
let ids: number[];

beforeEach(() => {
  db = openMemoryDatabase();
  embeddings = new EmbeddingRepository(db);
  serving = new ServingModels(db);
  const added = addCatalog(
    db,
    ['a', 'b', 'c'].map((key) => ({ key })),
  );
  catalogId = added.catalogId;
  ids = Object.values(added.ids);
  const other = addCatalog(db, [{ key: 'a' }], { name: 'Other' });
  save(model('old'), Object.values(other.ids));
});

const model = (id: string) => embeddings.refOf({ id, sha256: id, modality: 'image', dimension: 1 });

function save(ref: ModelRef, itemIds: readonly number[]): void {
  const vector = Float32Array.of(1);
  embeddings.save(itemIds.map((itemId) => ({ itemId, ref, contentHash: 'h', vector })));
}

test('counts the vectors of the model in use, never those of two models or two catalogs', () => {
  expect(serving.covered(catalogId)).toEqual({ image: 0, text: 0 });
  save(model('old'), ids);
  expect(serving.covered(catalogId)).toEqual({ image: 3, text: 0 });
  // The new one builds beside it: what answers is complete.
  save(model('new'), ids.slice(0, 2));
  expect(serving.of(catalogId).image?.id).toBe('old');
  expect(serving.covered(catalogId).image).toBe(3);
  // A vector taken away is noticed, and with it who answers.
  embeddings.remove(ids[2]!, 'image');
  expect(serving.of(catalogId).image?.id).toBe('new');
  expect(serving.covered(catalogId).image).toBe(2);
  db.prepare('DELETE FROM item WHERE id = ?').run(ids[1]);
  db.prepare('UPDATE catalog SET revision = revision + 1').run();
  expect(serving.covered(catalogId).image).toBe(1);
});

test('counting reads one index and nothing else', () => {
  const plan = db
    .prepare<[number], { detail: string }>(
      'EXPLAIN QUERY PLAN SELECT model_ref, count(*) FROM embedding WHERE catalog_id = ? GROUP BY model_ref',
    )
    .all(catalogId);
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH embedding USING COVERING INDEX embedding_by_catalog (catalog_id=?)',
  ]);
});
