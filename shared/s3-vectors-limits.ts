const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * What Amazon S3 Vectors allows, in one place: S3 User Guide, "Limitations and restrictions" and
 * "Best practices", and the API's model, read on the date below. Change numbers here and nowhere else.
 */
export const S3_VECTORS_LIMITS = {
  readOn: '2026-11-22',

  vectorsPerPut: 500,
  vectorsPerDelete: 500,
  vectorsPerGet: 100,
  requestBytes: 20 * MIB,

  /** Of PutVectors and DeleteVectors together, for each index. */
  writeRequestsPerSecond: 1_000,
  vectorsPerSecond: 2_500,

  dimension: { min: 1, max: 4_096 },
  topK: 10_000,
  resultsPerPage: 100,
  vectorsPerIndex: 2_000_000_000,

  /** UTF-8 bytes of one vector's metadata. */
  metadataBytes: 40 * KIB,
  filterableMetadataBytes: 2 * KIB,
  metadataKeys: 50,
  nonFilterableKeys: 10,
  metadataKeyLength: 63,
  /** Characters of a vector's key. */
  keyLength: { min: 1, max: 1_024 },

  listPage: { max: 1_000, standard: 500, bytes: MIB },
  listSegments: 16,
  bucketsPerPage: 500,
  indexesPerPage: 500,

  tags: { count: 50, keyLength: 128, valueLength: 256 },
  nameLength: { min: 3, max: 63 },
} as const;
