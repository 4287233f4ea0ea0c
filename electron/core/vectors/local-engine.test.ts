import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../db/database.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import { EmbeddingRepository } from './embedding-repository.ts';
import type { ModelRef } from './embedding-repository.ts';
import { LocalEngine } from './local-engine.ts';

const DIMENSION = 48;

let dataDir: string;
let db: Db;
let embeddings: EmbeddingRepository;
let engine: LocalEngine;
let ref: ModelRef;
let logged: string[];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'vitrine-engine-'));
  db = openDatabase(dataDir);
  db.exec(`INSERT INTO catalog (id, name, root, options, created_at)
           VALUES (1, 'c', '/c', '{}', 0), (2, 'd', '/d', '{}', 0), (3, 'e', '/e', '{}', 0)`);
  embeddings = new EmbeddingRepository(db);
  ref = embeddings.refOf({ id: 'm', sha256: 'a', modality: 'image', dimension: DIMENSION });
  logged = [];
  engine = new LocalEngine({ db, log: (_level, message) => logged.push(message) });
});

afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

describe('query', () => {
  it('agrees with comparing everything, nearest first, with the exact distance', async () => {
    const vectors = addItems(1, 700);
    const query = unit(9001);
    const answer = await engine.query({ catalogId: 1, ref, vector: query, topK: 20 });
    expect(answer.searched).toBe(700);
    expect(answer.candidates).toEqual(compareAll(vectors, query).slice(0, 20));
    expect(logged).toEqual([]);
  });

  it('orders equal distances by key, also where ties cross the border of topK', async () => {
    const same = unit(7);
    addItems(1, 1500, () => same);
    const { candidates } = await engine.query({ catalogId: 1, ref, vector: same, topK: 5 });
    expect(candidates.map(({ key }) => key)).toEqual([
      'k00000',
      'k00001',
      'k00002',
      'k00003',
      'k00004',
    ]);
  });

  it('searches only within the set it is given', async () => {
    const vectors = addItems(1, 300);
    const within = [...vectors.keys()].filter((id) => id % 7 === 0);
    const query = unit(9002);
    const answer = await engine.query({
      catalogId: 1,
      ref,
      vector: query,
      topK: 10,
      within: [...within, 999_999],
    });
    expect(answer.searched).toBe(within.length);
    expect(answer.candidates).toEqual(
      compareAll(vectors, query)
        .filter(({ itemId }) => within.includes(itemId))
        .slice(0, 10),
    );
  });

  it('never lets vectors of two models or two catalogs meet', async () => {
    const vectors = addItems(1, 50);
    addItems(2, 50);
    const other = embeddings.refOf({ ...ref, sha256: 'b' });
    const [first] = vectors.keys();
    embeddings.save([{ itemId: first!, ref: other, contentHash: 'h', vector: unit(5) }]);
    const all = await engine.query({ catalogId: 1, ref, vector: unit(5), topK: 1000 });
    expect(all.candidates.map(({ itemId }) => itemId).toSorted((a, b) => a - b)).toEqual([
      ...vectors.keys(),
    ]);
    const one = await engine.query({ catalogId: 1, ref: other, vector: unit(5), topK: 1000 });
    expect(one.candidates).toHaveLength(1);
  });

  it('answers an empty catalog with nothing, and refuses a query of another size', async () => {
    expect(await engine.query({ catalogId: 1, ref, vector: unit(1), topK: 10 })).toEqual({
      candidates: [],
      searched: 0,
    });
    await expect(
      engine.query({ catalogId: 1, ref, vector: new Float32Array(3), topK: 1 }),
    ).rejects.toThrow(/3 numbers cannot meet m's 48/);
  });

  it('stops when it is cancelled', async () => {
    addItems(1, 10);
    const signal = AbortSignal.abort();
    const cancelled = engine.query({ catalogId: 1, ref, vector: unit(1), topK: 1, signal });
    await expect(cancelled).rejects.toThrow(VitrineError);
  });
});

describe('what is held stays right', () => {
  it('when vectors are added and written again, noted or not', async () => {
    const vectors = addItems(1, 100);
    const [first, second] = vectors.keys();
    await engine.warm(1, ref);
    const a = unit(501);
    const b = unit(502);
    embeddings.save([{ itemId: first!, ref, contentHash: 'new', vector: a }]);
    engine.noteSaved(1, ref, [{ itemId: first!, key: 'k00000', vector: a }]);
    embeddings.save([{ itemId: second!, ref, contentHash: 'new', vector: b }]);
    expect(await nearest(a)).toMatchObject({ itemId: first, distance: expect.closeTo(0, 6) });
    expect(await nearest(b)).toMatchObject({ itemId: second, distance: expect.closeTo(0, 6) });
    addItems(1, 50, undefined, 100);
    const all = await engine.query({ catalogId: 1, ref, vector: a, topK: 1000 });
    expect(all.searched).toBe(150);
  });

  it('when items go and the revision says so', async () => {
    const vectors = addItems(1, 100);
    await engine.warm(1, ref);
    const left = new Map([...vectors].filter(([id]) => id % 3 !== 0));
    db.exec('DELETE FROM item WHERE id % 3 = 0; UPDATE catalog SET revision = revision + 1');
    const query = unit(77);
    const answer = await engine.query({ catalogId: 1, ref, vector: query, topK: 1000 });
    expect(answer.candidates).toEqual(compareAll(left, query));
  });

  it('when the vector of an item that stays is taken away', async () => {
    const vectors = addItems(1, 20);
    const [first] = vectors.keys();
    await engine.warm(1, ref);
    embeddings.remove(first!, 'text');
    expect(await nearest(vectors.get(first!)!)).toMatchObject({ itemId: first });
    embeddings.remove(first!, 'image');
    expect(await nearest(vectors.get(first!)!)).not.toMatchObject({ itemId: first });
    embeddings.save([{ itemId: first!, ref, contentHash: 'h', vector: unit(3) }]);
    expect(await nearest(unit(3))).toMatchObject({ itemId: first });
  });

  it('when another process writes to the same database', async () => {
    const vectors = addItems(1, 100);
    const [first, second] = vectors.keys();
    await engine.warm(1, ref);
    const other = openDatabase(dataDir);
    const fresh = unit(600);
    new EmbeddingRepository(other).save([
      { itemId: first!, ref, contentHash: 'theirs', vector: fresh },
    ]);
    expect(await nearest(fresh)).toMatchObject({ itemId: first });
    other.exec(`DELETE FROM item WHERE id = ${second}; UPDATE catalog SET revision = revision + 1`);
    other.close();
    const all = await engine.query({ catalogId: 1, ref, vector: fresh, topK: 1000 });
    expect(all.searched).toBe(99);
  });

  it('when queries come together while it loads, and writing goes on', async () => {
    const vectors = addItems(1, 3000);
    const [first] = vectors.keys();
    const query = unit(800);
    const early = Array.from({ length: 4 }, () =>
      engine.query({ catalogId: 1, ref, vector: query, topK: 3 }),
    );
    embeddings.save([{ itemId: first!, ref, contentHash: 'h', vector: query }]);
    const late = await engine.query({ catalogId: 1, ref, vector: query, topK: 3 });
    expect(late.candidates[0]).toMatchObject({ itemId: first });
    for (const answer of await Promise.all(early)) expect(answer.searched).toBe(3000);
  });
});

describe('memory', () => {
  it('of catalogs that are gone is given back, and read again when asked for', async () => {
    addItems(1, 10);
    addItems(2, 10);
    await engine.warm(1, ref);
    const one = engine.bytes;
    await engine.warm(2, ref);
    expect(engine.bytes).toBe(2 * one);
    engine.keepOnly(new Set([2]));
    expect(engine.bytes).toBe(one);
    expect(await nearest(unit(100_001))).toMatchObject({ key: 'k00001' });
  });

  it('has a limit: what was not searched for longest goes, what is searched stays', async () => {
    addItems(1, 100);
    addItems(2, 100);
    addItems(3, 100);
    await engine.warm(1, ref);
    const room = 2 * engine.bytes;
    engine = new LocalEngine({ db, log: () => undefined, mostBytes: room });
    for (const catalogId of [1, 2, 1, 3]) await engine.warm(catalogId, ref);
    expect(engine.bytes).toBe(room);
    // 2 is out: nothing changes when it is dropped.
    engine.keepOnly(new Set([1, 3]));
    expect(engine.bytes).toBe(room);

    engine = new LocalEngine({ db, log: () => undefined, mostBytes: 1 });
    for (const catalogId of [1, 2]) {
      const query = { catalogId, ref, vector: unit(catalogId * 100_000), topK: 1 };
      expect((await engine.query(query)).candidates[0]?.key).toBe('k00000');
      expect(engine.bytes).toBe(room / 2);
    }
  });
});

async function nearest(vector: Float32Array) {
  const { candidates } = await engine.query({ catalogId: 1, ref, vector, topK: 1 });
  return candidates[0];
}

/** Adds items k00000.. with vectors; returns them by item id. */
function addItems(
  catalogId: number,
  count: number,
  vectorOf = (number: number) => unit(catalogId * 100_000 + number),
  from = 0,
): Map<number, Float32Array> {
  const insert = db.prepare('INSERT INTO item (catalog_id, key) VALUES (?, ?)');
  const vectors = new Map<number, Float32Array>();
  db.transaction(() => {
    for (let number = from; number < from + count; number += 1) {
      const key = `k${String(number).padStart(5, '0')}`;
      const itemId = Number(insert.run(catalogId, key).lastInsertRowid);
      vectors.set(itemId, vectorOf(number));
    }
    embeddings.save(
      [...vectors].map(([itemId, vector]) => ({ itemId, ref, contentHash: 'h', vector })),
    );
  })();
  return vectors;
}

function compareAll(vectors: Map<number, Float32Array>, query: Float32Array) {
  return [...vectors]
    .map(([itemId, vector]) => {
      const dot = vector.reduce((sum, value, at) => sum + value * query[at]!, 0);
      const key = db.prepare('SELECT key FROM item WHERE id = ?').pluck().get(itemId);
      return { itemId, key, distance: expect.closeTo(1 - dot, 12), exact: 1 - dot };
    })
    .toSorted((a, b) => a.exact - b.exact)
    .map(({ itemId, key, distance }) => ({ itemId, key, distance }));
}

/** A unit vector that depends on the seed alone (mulberry32). */
function unit(seed: number): Float32Array {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32 - 0.5;
  };
  const vector = Float32Array.from({ length: DIMENSION }, random);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
