import { hash } from 'node:crypto';
import { UNVERIFIED } from '../../vectors/embedding-repository.ts';
import type { LinkedIndex } from '../link-repository.ts';
import type { MetadataSource, PublishedMetadata } from '../metadata/published-metadata.ts';

/** A version of a vector: what the ledger compares. */
export interface RecordVersion {
  readonly itemId: number;
  readonly key: string;
  readonly contentHash: string;
  readonly metadataHash: string;
}

/** An item with its vector, and what the ledger says is in the index. */
export interface RecordRow {
  readonly itemId: number;
  readonly key: string;
  readonly name: string;
  readonly imagePath: string | null;
  readonly metadata: string;
  readonly contentHash: string;
  readonly knownModel: number | null;
  readonly knownContent: string | null;
  readonly knownMetadata: string | null;
  readonly acknowledgedAt: number | null;
  readonly refused: string | null;
}

/** What its metadata is made from. */
export function sourceOf(row: RecordRow): MetadataSource {
  const { key, name, imagePath } = row;
  const contentHash = row.contentHash === UNVERIFIED ? null : row.contentHash;
  return { key, name, imagePath, metadata: JSON.parse(row.metadata), contentHash };
}

export function versionOf(
  { itemId, key, contentHash }: RecordRow,
  metadata: PublishedMetadata,
): RecordVersion {
  return { itemId, key, contentHash, metadataHash: hash('sha256', metadata.json, 'base64url') };
}

/** How the ledger's version stands to this one. */
export function statusOf(
  row: RecordRow,
  version: RecordVersion,
  index: LinkedIndex,
): 'unsent' | 'unchanged' | 'quarantined' {
  const isKnown =
    row.knownModel === index.model.ref &&
    row.knownContent === version.contentHash &&
    row.knownMetadata === version.metadataHash;
  if (!isKnown) return 'unsent';
  return row.refused === null ? 'unchanged' : 'quarantined';
}
