import { setImmediate } from 'node:timers/promises';

// Well under the 50 ms that are felt, also on a machine several times slower than it seems.
const TARGET_MS = 10;
const MOST = 2000;

/**
 * Runs a DELETE that takes at most `limit` rows again and again until it finds none, and lets
 * everything else run in between. The slices grow and shrink with the time they take: what a row
 * costs depends on its cascades.
 *
 * @param deleteSome returns how many rows it deleted.
 * @param breathe lets others run; it may throw to stop.
 * @returns how many rows were deleted.
 */
export async function deleteInSlices(
  deleteSome: (limit: number) => number,
  breathe: () => Promise<void> = async () => setImmediate(),
): Promise<number> {
  let limit = 20;
  let total = 0;
  for (;;) {
    const started = performance.now();
    const deleted = deleteSome(limit);
    if (deleted === 0) return total;
    total += deleted;
    const ms = performance.now() - started;
    if (ms > TARGET_MS) limit = Math.max(1, Math.floor((limit * TARGET_MS) / ms));
    else if (ms < TARGET_MS / 2) limit = Math.min(MOST, limit * 2);
    await breathe();
  }
}
