const MILLION = 1_000_000;

/**
 * What Amazon S3 Vectors costs in us-east-1, in US dollars (AWS price feed of 2026-09-28). A gigabyte
 * is 1024^3 bytes, as bills show. Other regions differ a little; a bill decides, this is an estimate.
 */
export const S3_VECTORS_PRICES = {
  readOn: '2026-09-28',
  region: 'us-east-1',
  storagePerGbMonth: 0.06,
  putPerGb: 0.2,
  /** Every PutVectors request is billed as if it were at least so large. */
  putMinimumBytes: 128 * 1024,
  perQuery: 2.5 / MILLION,
  /** Of the data a query goes through: vectors, keys and filterable metadata, by size of the index. */
  processedPerTb: [
    { upToVectors: 100_000, usd: 0.004 },
    { upToVectors: 10_000_000, usd: 0.002 },
    { upToVectors: Number.POSITIVE_INFINITY, usd: 0.0004 },
  ],
  perOtherRequest: 0.055 / 1_000,
} as const;
