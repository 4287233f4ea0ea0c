import { isDeepStrictEqual } from 'node:util';
import type { ListedVector } from '../../aws/vector-page.ts';
import type { LocalRecord } from './record-source.ts';

/**
 * How a vector in an index differs from what should be there. Numbers are compared as float32, which
 * is how the service keeps them, and only where the answer holds them.
 */
export function compareRecord(
  there: Pick<ListedVector, 'metadata'> & { readonly data?: readonly number[] | undefined },
  here: LocalRecord,
): 'same' | 'metadata' | 'vector' {
  if (!isDeepStrictEqual(there.metadata ?? {}, JSON.parse(here.metadata))) return 'metadata';
  if (there.data === undefined) return 'same';
  const numbers = here.numbers();
  const isSame =
    numbers.length === there.data.length &&
    there.data.every((value, index) => Math.fround(value) === numbers[index]);
  return isSame ? 'same' : 'vector';
}
