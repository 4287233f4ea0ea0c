import { crc32 } from 'node:zlib';
import type { Metadata } from '../../../shared/contract/filter.ts';
import { distanceBetween, nearestOf, normOf, type DistanceMetric, type Found } from './nearest.ts';

/** One vector as it is put. */
export interface VectorRecord {
  readonly key: string;
  readonly data: Float32Array;
  readonly metadata: Metadata;
}

const FIRST_CAPACITY = 256;

/**
 * The vectors of an index: one contiguous float32 table, exact search, and slots that a vector keeps
 * until it is deleted, so that a listing in progress meets each of them once.
 */
export class VectorIndex {
  readonly dimension: number;
  readonly #metric: DistanceMetric;
  #table: Float32Array;
  readonly #slots = new Map<string, number>();
  /** By slot; undefined where a vector was deleted. */
  readonly #keys: (string | undefined)[] = [];
  readonly #metadata: Metadata[] = [];
  readonly #norms: number[] = [];
  readonly #hashes: number[] = [];
  readonly #free: number[] = [];

  constructor(dimension: number, metric: DistanceMetric) {
    this.dimension = dimension;
    this.#metric = metric;
    this.#table = new Float32Array(FIRST_CAPACITY * dimension);
  }

  get size(): number {
    return this.#slots.size;
  }

  has(key: string): boolean {
    return this.#slots.has(key);
  }

  /** Adds vectors, or replaces the whole record where the key is known. */
  put(records: readonly VectorRecord[]): void {
    for (const { key, data, metadata } of records) {
      const slot = this.#slots.get(key) ?? this.#free.pop() ?? this.#keys.length;
      this.#reserve(slot + 1);
      this.#table.set(data, slot * this.dimension);
      this.#slots.set(key, slot);
      this.#keys[slot] = key;
      this.#metadata[slot] = metadata;
      this.#norms[slot] = normOf(data);
      this.#hashes[slot] = crc32(key);
    }
  }

  /** Unknown keys are passed over, as the service does. */
  delete(keys: readonly string[]): void {
    for (const key of keys) {
      const slot = this.#slots.get(key);
      if (slot === undefined) continue;
      this.#slots.delete(key);
      this.#keys[slot] = undefined;
      this.#metadata[slot] = {};
      this.#free.push(slot);
    }
  }

  /** `data` is a view that the next write may change. */
  get(key: string): VectorRecord | undefined {
    const slot = this.#slots.get(key);
    return slot === undefined ? undefined : this.#recordAt(slot, key);
  }

  /**
   * The vectors of one of `count` disjoint segments, from a slot on, with the slot to go on from.
   * Together the segments hold every key once.
   */
  *segment(
    from: number,
    { index, count }: { index: number; count: number },
  ): Generator<{
    record: VectorRecord;
    next: number;
  }> {
    for (let slot = from; slot < this.#keys.length; slot += 1) {
      const key = this.#keys[slot];
      if (key === undefined || this.#hashes[slot]! % count !== index) continue;
      yield { record: this.#recordAt(slot, key), next: slot + 1 };
    }
  }

  /** The nearest of those whose metadata matches, nearest first, equal distances by key. */
  nearest(
    vector: Float32Array,
    topK: number,
    matches: ((metadata: Metadata) => boolean) | null,
  ): { readonly key: string; readonly distance: number; readonly metadata: Metadata }[] {
    const query = { vector, metric: this.#metric };
    const norm = normOf(vector);
    const found: Found[] = [];
    for (const [slot, key] of this.#keys.entries()) {
      if (key === undefined) continue;
      if (matches?.(this.#metadata[slot]!) === false) continue;
      const norms = { query: norm, row: this.#norms[slot]! };
      found.push({ key, slot, distance: distanceBetween(query, this.#rowAt(slot), norms) });
    }
    return nearestOf(found, topK).map(({ key, distance, slot }) => ({
      key,
      distance,
      metadata: this.#metadata[slot]!,
    }));
  }

  #recordAt(slot: number, key: string): VectorRecord {
    return { key, data: this.#rowAt(slot), metadata: this.#metadata[slot]! };
  }

  #rowAt(slot: number): Float32Array {
    return this.#table.subarray(slot * this.dimension, (slot + 1) * this.dimension);
  }

  #reserve(slots: number): void {
    const capacity = this.#table.length / this.dimension;
    if (slots <= capacity) return;
    const larger = new Float32Array(Math.max(slots, Math.ceil(capacity * 1.5)) * this.dimension);
    larger.set(this.#table);
    this.#table = larger;
  }
}
