import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDatabase } from '../db/database.ts';
import type { Db } from '../db/database.ts';
import { EmbeddingRepository } from './embedding-repository.ts';

const MODEL = { id: 'm', sha256: 'a'.repeat(64), modality: 'image', dimension: 3 } as const;

let db: Db;
let repository: EmbeddingRepository;

beforeEach(() => {
  db = openMemoryDatabase();
  db.exec(`
    INSERT INTO catalog (id, name, root, options, created_at) VALUES (1, 'c', '/c', '{}', 0), (2, 'd', '/d', '{}', 0);
    INSERT INTO item (id, catalog_id, key) VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'a');
  `);
  repository = new EmbeddingRepository(db);
});

describe('refOf', () => {
  it('finds the same model again and keeps two files under one id apart', () => {
    const first = repository.refOf(MODEL);
    expect(repository.refOf(MODEL)).toEqual(first);
    expect(repository.refOf({ ...MODEL, sha256: 'b'.repeat(64) }).ref).not.toBe(first.ref);
  });

  it('refuses a known file with another dimension', () => {
    repository.refOf(MODEL);
    expect(() => repository.refOf({ ...MODEL, dimension: 4 })).toThrow(/known as image with 3/);
  });
});

describe('save', () => {
  it('gives back what was written, bit by bit, and the newest of an item', () => {
    const ref = repository.refOf(MODEL);
    const odd = new Float32Array([9, 0.6, 0.8, 0]).subarray(1);
    repository.save([{ itemId: 1, ref, contentHash: 'h1', vector: odd }]);
    expect(repository.vectorOf(1, ref)).toEqual(new Float32Array([0.6, 0.8, 0]));
    repository.save([{ itemId: 1, ref, contentHash: 'h2', vector: new Float32Array([0, 0, 1]) }]);
    expect(repository.vectorOf(1, ref)).toEqual(new Float32Array([0, 0, 1]));
    expect(db.prepare('SELECT item_id, content_hash FROM embedding').all()).toEqual([
      { item_id: 1, content_hash: 'h2' },
    ]);
    expect(repository.vectorOf(2, ref)).toBeNull();
  });

  it('gives every write a version that was never used, also after the newest was deleted', () => {
    const ref = repository.refOf(MODEL);
    const version = db.prepare('SELECT max(version) FROM embedding').pluck();
    const row = { itemId: 1, ref, contentHash: 'h', vector: new Float32Array([1, 0, 0]) };
    const seen: unknown[] = [];
    for (let write = 0; write < 3; write += 1) {
      repository.save([row]);
      seen.push(version.get());
    }
    db.exec('DELETE FROM embedding');
    repository.save([row]);
    seen.push(version.get());
    expect(new Set(seen).size).toBe(4);
  });

  it.each([
    [[1, 0], 'item 2 by m has 2 numbers, not 3'],
    [[Number.NaN, 0, 1], 'item 2 by m holds a number that is not finite'],
    [[Number.POSITIVE_INFINITY, 0, 1], 'item 2 by m holds a number that is not finite'],
    [[0, 0, 0], 'item 2 by m is zero'],
    [[2, 0, 0], 'item 2 by m has the length 2.000, not 1'],
  ])('refuses %j and names the item', (numbers, message) => {
    const ref = repository.refOf(MODEL);
    const vector = new Float32Array(numbers);
    expect(() => repository.save([{ itemId: 2, ref, contentHash: 'h', vector }])).toThrow(message);
    expect(repository.vectorOf(2, ref)).toBeNull();
  });
});

describe('findByContent and coverage', () => {
  it('keeps the vectors of two models apart', () => {
    const ref = repository.refOf(MODEL);
    const other = repository.refOf({ ...MODEL, sha256: 'b'.repeat(64) });
    const x = new Float32Array([1, 0, 0]);
    const y = new Float32Array([0, 1, 0]);
    repository.save([
      { itemId: 1, ref, contentHash: 'same', vector: x },
      { itemId: 2, ref, contentHash: 'else', vector: x },
      { itemId: 1, ref: other, contentHash: 'same', vector: y },
      { itemId: 3, ref, contentHash: 'same', vector: x },
    ]);
    expect(repository.findByContent(ref, 'same')).toEqual(x);
    expect(repository.findByContent(other, 'same')).toEqual(y);
    expect(repository.findByContent(other, 'else')).toBeNull();
    expect(repository.coverage(1)).toEqual([
      { ref, count: 2 },
      { ref: other, count: 1 },
    ]);
    expect(repository.coverage(2)).toEqual([{ ref, count: 1 }]);
  });
});
