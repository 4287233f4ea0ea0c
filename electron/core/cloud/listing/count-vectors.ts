import type { IndexPlace } from '../../../../shared/contract/cloud/indexes.ts';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import { listSegments } from './list-segments.ts';

const SEGMENTS = 4;

/**
 * How many vectors an index holds. The service does not tell, but a page of keys alone has a thousand,
 * where one with numbers has three hundred: counting costs a few requests more, and knows soon.
 */
export async function countVectors(
  api: S3Vectors,
  place: IndexPlace,
  signal: AbortSignal | undefined,
): Promise<number> {
  let count = 0;
  await listSegments({
    segments: SEGMENTS,
    signal,
    async takePage(request) {
      const pageSize = S3_VECTORS_LIMITS.listPage.max;
      const { vectors, nextToken } = await api.listVectors(place, { pageSize, ...request });
      count += vectors.length;
      return nextToken;
    },
  });
  return count;
}
