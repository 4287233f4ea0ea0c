import { hash } from 'node:crypto';
import { CONTENT_KEY } from '../../../../shared/content-key.ts';
import type { Metadata } from '../../../../shared/contract/filter.ts';
import type { ListedVector } from '../../aws/vector-page.ts';
import { UNVERIFIED } from '../../vectors/embedding-repository.ts';

/** What a vector of an index says about the item it belongs to. */
export interface RestoredRecord {
  readonly key: string;
  /** Null when the index does not tell. */
  readonly name: string | null;
  /** All but the name and the content's hash. */
  readonly metadata: Metadata;
  /** SHA-256 (hex) of what the vector was made from; `UNVERIFIED` when nobody told. */
  readonly contentHash: string;
  /** Of unit length. */
  readonly vector: Float32Array;
}

/** Lengths nearer to 1 than this are rounding: such vectors stay bit for bit. */
const ROUNDING = 1e-4;

/** @param nameKey the metadata key that holds the name, null when there is none */
export function toRestored(
  there: ListedVector,
  { modality, nameKey }: { readonly modality: 'image' | 'text'; readonly nameKey: string | null },
): RestoredRecord {
  const { [CONTENT_KEY]: told, ...metadata } = there.metadata ?? {};
  const named = nameKey === null ? undefined : metadata[nameKey];
  const name = typeof named === 'string' && named !== '' ? named : null;
  if (nameKey !== null && name !== null) delete metadata[nameKey];
  const isTold = typeof told === 'string' && /^[0-9a-f]{64}$/.test(told);
  return {
    key: there.key,
    name,
    metadata,
    contentHash: isTold
      ? told
      : modality === 'text' && name !== null
        ? hash('sha256', name)
        : UNVERIFIED,
    vector: unitLength(Float32Array.from(there.data ?? [])),
  };
}

/** Cosine distance knows no lengths, so indexes of others may hold vectors of any. */
function unitLength(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  return Math.abs(length - 1) <= ROUNDING || length === 0 ? vector : vector.map((v) => v / length);
}
