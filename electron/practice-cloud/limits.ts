import { S3_VECTORS_LIMITS as TOLD } from '../../shared/s3-vectors-limits.ts';

/**
 * What a practice cloud allows: the application's one dated table of the service's limits, each under
 * a name by which a test may change it, and what only a server has to know of the same sources.
 */
export const LIMITS = {
  vectorBuckets: 10_000,
  indexesPerBucket: 10_000,
  vectorsPerIndex: TOLD.vectorsPerIndex,
  dimension: TOLD.dimension.max,

  bodyBytes: TOLD.requestBytes,
  vectorsPerPut: TOLD.vectorsPerPut,
  keysPerDelete: TOLD.vectorsPerDelete,
  keysPerGet: TOLD.vectorsPerGet,
  vectorKeyLength: TOLD.keyLength.max,

  metadataBytes: TOLD.metadataBytes,
  filterableMetadataBytes: TOLD.filterableMetadataBytes,
  metadataKeys: TOLD.metadataKeys,
  nonFilterableKeys: TOLD.nonFilterableKeys,
  nonFilterableKeyLength: TOLD.metadataKeyLength,

  topK: TOLD.topK,
  queryPage: TOLD.resultsPerPage,
  /** Values a filter of an ENHANCED index may evaluate. */
  filterConstraints: 100,

  listVectorsPage: TOLD.listPage.max,
  listVectorsDefaultPage: TOLD.listPage.standard,
  /** ListVectors ends a page early once it has read this much. */
  listVectorsPageBytes: TOLD.listPage.bytes,
  segments: TOLD.listSegments,
  bucketsPerPage: TOLD.bucketsPerPage,
  indexesPerPage: TOLD.indexesPerPage,
  /** "Several minutes" in the user guide. */
  tokenLifetimeMs: 5 * 60_000,

  tags: TOLD.tags.count,
  tagKeyLength: TOLD.tags.keyLength,
  tagValueLength: TOLD.tags.valueLength,

  /** PutVectors and DeleteVectors together, per index; Infinity switches it off. */
  writeRequestsPerSecond: TOLD.writeRequestsPerSecond,
  /** Vectors put and deleted together, per index; Infinity switches it off. */
  writeVectorsPerSecond: TOLD.vectorsPerSecond,
} as const;

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

/** From this day on new vector buckets make ENHANCED indexes, which cannot go back to CLASSIC. */
export const ENHANCED_SINCE = Date.UTC(2026, 8, 30);
