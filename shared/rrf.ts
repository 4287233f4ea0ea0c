/** One ranked list of a fusion: keys in order of rank, the first has rank 1. */
export interface RankedList {
  readonly keys: readonly string[];
  readonly weight: number;
}

export interface Fused {
  readonly key: string;
  readonly score: number;
  /** Rank in each list, from 1, in the order the lists were given; null where it is absent. */
  readonly ranks: readonly (number | null)[];
}

/**
 * Reciprocal Rank Fusion: score(key) = sum over lists of weight / (k + rank), rank from 1, best
 * first, ties by key. Source: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion outperforms
 * Condorcet and individual rank learning methods", SIGIR 2009 (k = 60).
 */
export function fuse(lists: readonly RankedList[], k: number): Fused[] {
  const byKey = new Map<string, { score: number; ranks: (number | null)[] }>();
  for (const [index, list] of lists.entries()) {
    for (const [position, key] of list.keys.entries()) {
      const rank = position + 1;
      const entry = byKey.get(key) ?? { score: 0, ranks: lists.map(() => null) };
      entry.score += list.weight / (k + rank);
      entry.ranks[index] = rank;
      byKey.set(key, entry);
    }
  }
  return [...byKey]
    .map(([key, { score, ranks }]) => ({ key, score, ranks }))
    .toSorted((a, b) => b.score - a.score || compareKeys(a.key, b.key));
}

/** Orders keys by UTF-16 code units, the same on every machine and locale. */
export function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
