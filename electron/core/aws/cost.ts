import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { S3_VECTORS_PRICES } from './price-table.ts';

const GB = 1024 ** 3;
const TB = 1024 ** 4;

/** Bytes the service counts for one vector: four a number, its metadata and its key. */
export function logicalBytes(options: {
  dimension: number;
  metadataBytes: number;
  keyBytes: number;
}): number {
  return 4 * options.dimension + options.metadataBytes + options.keyBytes;
}

/** Dollars for writing `vectors` of `bytes` logical bytes together, in requests of `perRequest`. */
export function uploadCost(
  vectors: number,
  bytes: number,
  perRequest: number = S3_VECTORS_LIMITS.vectorsPerPut,
): number {
  if (vectors === 0) return 0;
  const { putMinimumBytes, putPerGb } = S3_VECTORS_PRICES;
  const full = Math.floor(vectors / perRequest);
  const rest = vectors - full * perRequest;
  const each = bytes / vectors;
  const billed =
    full * Math.max(putMinimumBytes, perRequest * each) +
    (rest === 0 ? 0 : Math.max(putMinimumBytes, rest * each));
  return (billed / GB) * putPerGb;
}

/** Dollars a month for keeping so many logical bytes. */
export function storageCost(bytes: number): number {
  return (bytes / GB) * S3_VECTORS_PRICES.storagePerGbMonth;
}

/**
 * Dollars for one query of an index. What is returned is free up to 512 KB, more than 100 results
 * with their metadata take as a rule.
 *
 * @param searchedBytes of one vector: numbers, key and filterable metadata.
 */
export function queryCost(vectors: number, searchedBytes: number): number {
  let cost: number = S3_VECTORS_PRICES.perQuery;
  let from = 0;
  for (const { upToVectors, usd } of S3_VECTORS_PRICES.processedPerTb) {
    const inTier = Math.max(0, Math.min(vectors, upToVectors) - from);
    cost += ((inTier * searchedBytes) / TB) * usd;
    from = upToVectors;
  }
  return cost;
}
