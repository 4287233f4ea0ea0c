const MIB = 1024 * 1024;

/**
 * What Amazon S3 Vectors allows, as of 2026-11-22. The one place where a changed limit is changed.
 *
 * Sources: S3 User Guide, "Limitations and restrictions", "S3 Vectors best practices" and "Metadata
 * filtering"; service model `s3vectors` 2025-07-15 in the release of 2026-10-01.
 */
export const LIMITS = {
  vectorBuckets: 10_000,
  indexesPerBucket: 10_000,
  vectorsPerIndex: 2_000_000_000,
  dimension: 4096,

  bodyBytes: 20 * MIB,
  vectorsPerPut: 500,
  keysPerDelete: 500,
  keysPerGet: 100,
  vectorKeyLength: 1024,

  metadataBytes: 40 * 1024,
  filterableMetadataBytes: 2048,
  metadataKeys: 50,
  nonFilterableKeys: 10,
  nonFilterableKeyLength: 63,

  topK: 10_000,
  queryPage: 100,
  /** Values a filter of an ENHANCED index may evaluate. */
  filterConstraints: 100,

  listVectorsPage: 1000,
  listVectorsDefaultPage: 500,
  /** ListVectors ends a page early once it has read this much. */
  listVectorsPageBytes: MIB,
  segments: 16,
  /** ListVectorBuckets and ListIndexes. */
  listPage: 500,
  /** "Several minutes" in the guide. */
  tokenLifetimeMs: 5 * 60_000,

  tags: 50,
  tagKeyLength: 128,
  tagValueLength: 256,

  /** PutVectors and DeleteVectors together, per index; Infinity switches it off. */
  writeRequestsPerSecond: 1000,
  /** Vectors put and deleted together, per index; Infinity switches it off. */
  writeVectorsPerSecond: 2500,
} as const;

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

/** From this day on new vector buckets make ENHANCED indexes, which cannot go back to CLASSIC. */
export const ENHANCED_SINCE = Date.UTC(2026, 8, 30);
