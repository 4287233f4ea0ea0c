import { availableParallelism } from 'node:os';
import type { Log } from '../ports.ts';
import { describeError } from '../errors.ts';

/** The nearest rows by the native library, as it saw them: float32, ties in any order. */
export interface NativeMatches {
  readonly rows: readonly number[];
  /** The largest distance among them; no other row is nearer than this. */
  readonly border: number;
}

/** Finds the `count` nearest of the rows in `matrix`, which must begin at byte 0 of its buffer. */
export type NativeSearch = (
  matrix: Float32Array,
  query: Float32Array,
  count: number,
) => NativeMatches;

/** Two read about as fast as the memory gives, and whoever searches waits for the answer anyway. */
const THREADS = Math.min(2, availableParallelism());

/**
 * Loads usearch's exact SIMD scan, or null where its native file cannot be loaded (said once in the
 * log; searching is then several times slower, never wrong).
 */
export async function loadNativeSearch(log: Log): Promise<NativeSearch | null> {
  try {
    const { exactSearch, MetricKind } = await import('usearch');
    return (matrix, query, count) => {
      // exactSearch reads from the start of the buffer whatever the view says (usearch 2.25 to 2.26).
      if (matrix.byteOffset !== 0) throw new Error('The matrix must begin at byte 0 of its buffer');
      const found = exactSearch(matrix, query.slice(), query.length, count, MetricKind.IP, THREADS);
      if (!('keys' in found)) throw new Error('usearch answered several queries, one was asked');
      const rows = Array.from(found.keys, Number);
      return { rows, border: found.distances.at(-1) ?? Number.POSITIVE_INFINITY };
    };
  } catch (error) {
    log('warn', 'usearch cannot be loaded: searching with a plain loop', {
      reason: describeError(error),
    });
    return null;
  }
}
