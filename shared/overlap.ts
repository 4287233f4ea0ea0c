/**
 * How many of the first `k` of one list are among the first `k` of another: what two engines agree
 * on. Shorter lists are compared as far as they go.
 *
 * @returns the number both have, and how many there could be.
 */
export function overlapAt(
  k: number,
  a: readonly string[],
  b: readonly string[],
): { readonly common: number; readonly of: number } {
  const firstOfB = new Set(b.slice(0, k));
  return {
    common: a.slice(0, k).filter((key) => firstOfB.has(key)).length,
    of: Math.min(k, Math.max(a.length, b.length)),
  };
}
