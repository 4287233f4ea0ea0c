/** How the service measures: cosine is 1 - cosine similarity (0 to 2), euclidean is not squared. */
export type DistanceMetric = 'cosine' | 'euclidean';

export interface Query {
  readonly vector: Float32Array;
  readonly metric: DistanceMetric;
}

/** Distance between the query and one row. Norms are Euclidean lengths, used by cosine only. */
export function distanceBetween(
  { vector, metric }: Query,
  row: Float32Array,
  norms: { readonly query: number; readonly row: number },
): number {
  let sum = 0;
  if (metric === 'cosine') {
    for (let at = 0; at < vector.length; at += 1) sum += vector[at]! * row[at]!;
    return Math.max(0, 1 - sum / (norms.query * norms.row));
  }
  for (let at = 0; at < vector.length; at += 1) {
    const difference = vector[at]! - row[at]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

export function normOf(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

export interface Found {
  readonly key: string;
  readonly distance: number;
  readonly slot: number;
}

/** The first `count` by distance, equal distances by key: exact, and the same every time. */
export function nearestOf(found: readonly Found[], count: number): Found[] {
  let candidates = found;
  if (found.length > count) {
    // Sorting bare numbers is many times cheaper than sorting everything by a comparison of ours.
    const distances = Float64Array.from(found, ({ distance }) => distance).toSorted();
    const farthest = distances[count - 1]!;
    candidates = found.filter(({ distance }) => distance <= farthest);
  }
  return candidates
    .toSorted((a, b) => a.distance - b.distance || compare(a.key, b.key))
    .slice(0, count);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
