import { distanceAt } from './dot.ts';
import type { NativeSearch } from './native-search.ts';
import { NearestRows } from './nearest-rows.ts';
import type { Candidate, ItemSet } from './engine.ts';

/** One vector as the database has it; `version` grows with every write of any vector. */
export interface TableRow {
  readonly itemId: number;
  readonly key: string;
  readonly version: number;
  readonly vector: Float32Array;
}

/** How many candidates more than wanted are taken from the native search, tried in this order. */
const MARGINS = [32, 1024];

/** From this share of the rows on, searching all and dropping the others is quicker than comparing. */
const LARGE_SHARE = 0.1;

/** More than a float32 sum of 4,096 products of unit vectors can be wrong by. */
const FLOAT32_ERROR = 1e-4;

/** A row's key, numbers and entry in the map, measured with keys of ten letters. */
const ROW_BYTES = 90;

/** The rows of some items. */
interface Subset {
  /** What the table looked like then. */
  readonly arrangement: number;
  readonly rows: Int32Array;
  /** One byte a row of the table, 1 for those in the set. */
  readonly marks: Uint8Array;
}

/** The vectors of one model in one catalog, side by side in memory. No model's vectors but its. */
export class VectorTable {
  readonly dimension: number;
  #matrix: Float32Array;
  readonly #ids: number[] = [];
  readonly #keys: string[] = [];
  readonly #versions: number[] = [];
  readonly #rowOf = new Map<number, number>();
  readonly #subsets = new WeakMap<ItemSet, Subset>();
  /** Changes when an item gets a row or another one. */
  #arrangement = 0;

  constructor(dimension: number) {
    this.dimension = dimension;
    this.#matrix = new Float32Array(0);
  }

  get size(): number {
    return this.#ids.length;
  }

  /** What it holds of memory, roughly. */
  get bytes(): number {
    return this.#matrix.byteLength + this.size * ROW_BYTES;
  }

  /** Makes room for so many vectors at once: growing later copies everything. */
  reserve(count: number): void {
    if (count * this.dimension <= this.#matrix.length) return;
    const grown = new Float32Array(count * this.dimension);
    grown.set(this.#matrix.subarray(0, this.size * this.dimension));
    this.#matrix = grown;
  }

  /** The version held of an item, or 0. */
  versionOf(itemId: number): number {
    const row = this.#rowOf.get(itemId);
    return row === undefined ? 0 : this.#versions[row]!;
  }

  /** Takes a vector unless a newer one of the same item is here. */
  put({ itemId, key, version, vector }: TableRow): void {
    let row = this.#rowOf.get(itemId);
    if (row !== undefined && this.#versions[row]! > version) return;
    if (row === undefined) {
      row = this.size;
      if ((row + 1) * this.dimension > this.#matrix.length) this.reserve(Math.max(64, row * 2));
      this.#arrangement += 1;
      this.#ids.push(itemId);
      this.#rowOf.set(itemId, row);
    }
    this.#keys[row] = key;
    this.#versions[row] = version;
    this.#matrix.set(vector, row * this.dimension);
  }

  /** Takes out every item for which `isGone` says so. */
  removeWhere(isGone: (itemId: number, version: number) => boolean): void {
    for (let row = this.size - 1; row >= 0; row -= 1) {
      if (isGone(this.#ids[row]!, this.#versions[row]!)) this.#removeRow(row);
    }
  }

  /** The nearest to a unit vector, exact, ascending, equal distances by key. */
  search(query: Float32Array, topK: number, native: NativeSearch | null): Candidate[] {
    const wanted = Math.min(topK, this.size);
    if (wanted === 0) return [];
    return this.#searchNative(query, { wanted, native }) ?? this.#scan(query, { wanted });
  }

  /** The same among the items of a set; items without a vector are passed over. */
  searchWithin(
    query: Float32Array,
    topK: number,
    { within, native }: { readonly within: ItemSet; readonly native: NativeSearch | null },
  ): { candidates: Candidate[]; searched: number } {
    const subset = this.#subsetOf(within);
    const { rows } = subset;
    const searched = rows.length;
    const wanted = Math.min(topK, searched);
    if (wanted === 0) return { candidates: [], searched };
    const isLarge = searched > this.size * LARGE_SHARE;
    const found = isLarge ? this.#searchNative(query, { wanted, native, subset }) : null;
    return { candidates: found ?? this.#scan(query, { wanted, rows }), searched };
  }

  /**
   * The native search picks in float32, in any order of ties and among all rows, so it is asked for
   * more than wanted, those outside the set are dropped, and the distances are computed again in double
   * precision. Its answer counts only when nothing it left out can belong to the result. Null when
   * ties at the border, or a set that lies far from the query, leave that open.
   */
  #searchNative(
    query: Float32Array,
    { wanted, native, subset }: { wanted: number; native: NativeSearch | null; subset?: Subset },
  ): Candidate[] | null {
    if (native === null) return null;
    const matrix = this.#matrix.subarray(0, this.size * this.dimension);
    const share = subset === undefined ? 1 : subset.rows.length / this.size;
    for (const margin of MARGINS) {
      const count = Math.min(this.size, Math.ceil((wanted + margin) / share));
      const matches = native(matrix, query, count);
      const kept = subset ? matches.rows.filter((row) => subset.marks[row] === 1) : matches.rows;
      const candidates = this.#scan(query, { wanted, rows: kept });
      const last = candidates.at(-1)?.distance ?? 0;
      const isBorderFree = candidates.length === wanted && last + FLOAT32_ERROR < matches.border;
      if (count === this.size || isBorderFree) return candidates;
    }
    return null;
  }

  /** The rows of a set's items; remembered, because one filter serves many queries. */
  #subsetOf(within: ItemSet): Subset {
    const known = this.#subsets.get(within);
    if (known?.arrangement === this.#arrangement) return known;
    const marks = new Uint8Array(this.size);
    const rows = new Int32Array(within.length);
    let count = 0;
    for (const itemId of within) {
      const row = this.#rowOf.get(itemId);
      if (row === undefined) continue;
      rows[count++] = row;
      marks[row] = 1;
    }
    const subset = { arrangement: this.#arrangement, rows: rows.subarray(0, count), marks };
    this.#subsets.set(within, subset);
    return subset;
  }

  /** Compares the rows given, or all, one by one. */
  #scan(
    query: Float32Array,
    { wanted, rows }: { wanted: number; rows?: ArrayLike<number> },
  ): Candidate[] {
    const nearest = new NearestRows(wanted, this.#keys);
    const count = rows?.length ?? this.size;
    for (let at = 0; at < count; at += 1) {
      const row = rows?.[at] ?? at;
      nearest.offer(row, distanceAt(this.#matrix, row * this.dimension, query));
    }
    return nearest.sorted().map(({ row, distance }) => ({
      itemId: this.#ids[row]!,
      key: this.#keys[row]!,
      distance,
    }));
  }

  /** Moves the last row into the gap. */
  #removeRow(row: number): void {
    const last = this.size - 1;
    const { dimension } = this;
    this.#arrangement += 1;
    this.#rowOf.delete(this.#ids[row]!);
    if (row !== last) {
      this.#matrix.copyWithin(row * dimension, last * dimension, (last + 1) * dimension);
      this.#ids[row] = this.#ids[last]!;
      this.#keys[row] = this.#keys[last]!;
      this.#versions[row] = this.#versions[last]!;
      this.#rowOf.set(this.#ids[row], row);
    }
    this.#ids.pop();
    this.#keys.pop();
    this.#versions.pop();
  }
}
