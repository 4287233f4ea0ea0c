import type { DistanceMetric } from './nearest.ts';
import type { VectorIndex } from './vector-index.ts';

export type IndexMode = 'CLASSIC' | 'ENHANCED';
export const INDEX_MODES = ['CLASSIC', 'ENHANCED'] as const;

export interface Encryption {
  readonly sseType: 'AES256' | 'aws:kms';
  readonly kmsKeyArn?: string;
}

export type Tags = Readonly<Record<string, string>>;

/** What is known of a vector bucket, as it is kept on disk. */
export interface BucketSettings {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly encryption: Encryption;
  readonly defaultMode: IndexMode;
  readonly policy: string | null;
  readonly tags: Tags;
}

/** What is known of an index besides its vectors, as it is kept on disk. */
export interface IndexSettings {
  readonly name: string;
  readonly createdAt: number;
  readonly dimension: number;
  readonly metric: DistanceMetric;
  readonly nonFilterableKeys: readonly string[];
  readonly encryption: Encryption;
  readonly mode: IndexMode;
  readonly tags: Tags;
}

export interface Bucket {
  settings: BucketSettings;
  readonly arn: string;
  readonly indexes: Map<string, Index>;
}

export interface Index {
  settings: IndexSettings;
  readonly arn: string;
  readonly bucket: string;
  /** Tells an index from a later one of the same name. */
  readonly id: number;
  readonly vectors: VectorIndex;
}
