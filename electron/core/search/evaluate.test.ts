import { describe, expect, it } from 'vitest';
import { openMemoryDatabase } from '../db/database.ts';
import { EmbeddingRepository } from '../vectors/embedding-repository.ts';
import { LocalEngine } from '../vectors/local-engine.ts';
import { addCatalog } from '../catalog/fixtures/add-catalog.ts';
import { evaluatePrecision } from './evaluate.ts';

/** Places on a circle, in degrees, and what each is. */
const ITEMS = [
  { key: 'a', at: 0, metadata: { kind: 'hat' } },
  { key: 'b', at: 1, metadata: { kind: 'hat' } },
  { key: 'c', at: 3, metadata: { kind: 'shoe' } },
  { key: 'd', at: 90, metadata: { kind: 'shoe' } },
  { key: 'e', at: 91.5, metadata: {} },
  { key: 'f', at: 93.5, metadata: { kind: 'shoe' } },
];

describe('evaluatePrecision', () => {
  const db = openMemoryDatabase();
  const { catalogId, ids } = addCatalog(db, ITEMS);
  const embeddings = new EmbeddingRepository(db);
  const ref = embeddings.refOf({ id: 'm', sha256: 'm', modality: 'image', dimension: 2 });
  const engine = new LocalEngine({ db, log: () => undefined });
  for (const { key, at } of ITEMS) {
    const radians = (at * Math.PI) / 180;
    const vector = new Float32Array([Math.cos(radians), Math.sin(radians)]);
    embeddings.save([{ itemId: ids[key]!, ref, contentHash: key, vector }]);
  }
  const options = { db, engine, embeddings, catalogId, ref };

  it('counts neighbours of the same value, never the item itself', async () => {
    // k = 1: a finds b, b finds a, c finds b, d and f find e, which has no value.
    expect(await evaluatePrecision({ ...options, field: 'kind', k: 1 })).toEqual({
      precision: 2 / 5,
      queries: 5,
      byValue: [
        { value: 'shoe', queries: 3, precision: 0 },
        { value: 'hat', queries: 2, precision: 1 },
      ],
    });
  });

  it('counts neighbours that do not exist as misses', async () => {
    const { precision } = await evaluatePrecision({ ...options, field: 'kind', k: 10 });
    expect(precision).toBeCloseTo((2 * 1 + 3 * 2) / 50, 12);
  });

  it('says when there is nothing to judge', async () => {
    await expect(evaluatePrecision({ ...options, field: 'colour', k: 1 })).rejects.toMatchObject({
      code: 'NOT_EMBEDDED',
    });
  });
});
