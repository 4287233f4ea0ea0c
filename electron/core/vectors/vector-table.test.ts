import { describe, expect, it } from 'vitest';
import { loadNativeSearch } from './native-search.ts';
import { VectorTable } from './vector-table.ts';

describe('VectorTable', () => {
  it('finds the same with and without the native library, whatever the dimension', async () => {
    const native = await loadNativeSearch(() => undefined);
    expect(native).not.toBeNull();
    for (const dimension of [1, 2, 3, 5, 384, 385]) {
      const table = new VectorTable(dimension);
      for (let itemId = 1; itemId <= 500; itemId += 1) {
        table.put({ itemId, key: `k${itemId}`, version: itemId, vector: wave(dimension, itemId) });
      }
      table.removeWhere((itemId) => itemId % 5 === 0);
      const query = wave(dimension, 3.3);
      const fast = table.search(query, 40, native);
      expect(fast).toHaveLength(40);
      expect(fast).toEqual(table.search(query, 40, null));
      const all = Array.from({ length: 500 }, (_, at) => at + 1);
      const within = { within: all, native };
      expect(table.searchWithin(query, 40, within)).toEqual({ candidates: fast, searched: 400 });
    }
  });

  it('finds the same within a set, small or large, near to the query or far from it', async () => {
    const native = await loadNativeSearch(() => undefined);
    const table = new VectorTable(2);
    const vector = (itemId: number) =>
      new Float32Array([Math.cos(itemId / 3000), Math.sin(itemId / 3000)]);
    for (let itemId = 1; itemId <= 8000; itemId += 1) {
      table.put({ itemId, key: `k${itemId}`, version: itemId, vector: vector(itemId) });
    }
    const sets = {
      'one in 100': (itemId: number) => itemId % 100 === 0,
      'one in 3': (itemId: number) => itemId % 3 === 0,
      'the far half': (itemId: number) => itemId > 4000,
      all: () => true,
    };
    for (const [name, isIn] of Object.entries(sets)) {
      const within = Array.from({ length: 9000 }, (_, at) => at + 1).filter(isIn);
      const fast = table.searchWithin(vector(10), 50, { within, native });
      expect(fast, name).toEqual(table.searchWithin(vector(10), 50, { within, native: null }));
      expect(fast.candidates, name).toHaveLength(50);
      expect(fast.searched, name).toBe(within.filter((itemId) => itemId <= 8000).length);
    }
  });

  it('searches a set it knows as the table stands now', () => {
    const table = new VectorTable(2);
    const east = new Float32Array([1, 0]);
    const put = (itemId: number, vector: Float32Array) =>
      table.put({ itemId, key: `k${itemId}`, version: itemId, vector });
    const within = [1, 2, 3];
    const find = () => {
      const { candidates, searched } = table.searchWithin(east, 2, { within, native: null });
      return { ids: candidates.map(({ itemId }) => itemId), searched };
    };
    put(1, new Float32Array([0, 1]));
    put(4, east);
    expect(find()).toEqual({ ids: [1], searched: 1 });
    put(3, east);
    expect(find()).toEqual({ ids: [3, 1], searched: 2 });
    table.removeWhere((itemId) => itemId === 1);
    expect(find()).toEqual({ ids: [3], searched: 1 });
  });

  it('keeps the newest of two versions, in whatever order they come', () => {
    const table = new VectorTable(2);
    const put = (version: number, vector: number[]) =>
      table.put({ itemId: 1, key: 'k', version, vector: new Float32Array(vector) });
    put(5, [1, 0]);
    put(4, [0, 1]);
    expect(table.search(new Float32Array([1, 0]), 1, null)[0]?.distance).toBe(0);
    put(6, [0, 1]);
    expect(table.search(new Float32Array([1, 0]), 1, null)[0]?.distance).toBe(1);
    expect(table.versionOf(1)).toBe(6);
    expect(table.size).toBe(1);
  });

  it('asks the native library for more when equal distances cross the border', () => {
    const table = new VectorTable(2);
    for (let itemId = 1; itemId <= 3000; itemId += 1) {
      const key = `k${String(3001 - itemId).padStart(4, '0')}`;
      table.put({ itemId, key, version: itemId, vector: new Float32Array([0.6, 0.8]) });
    }
    const asked: number[] = [];
    const candidates = table.search(new Float32Array([0.6, 0.8]), 2, (_matrix, _query, count) => {
      asked.push(count);
      return { rows: Array.from({ length: count }, (_, row) => row), border: 0 };
    });
    expect(asked).toEqual([34, 1026]);
    expect(candidates.map(({ key }) => key)).toEqual(['k0001', 'k0002']);
  });
});

function wave(dimension: number, seed: number): Float32Array {
  const vector = Float32Array.from({ length: dimension }, (_, at) => Math.sin(seed * (at + 1.7)));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
