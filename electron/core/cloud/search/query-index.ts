import type { IndexPlace } from '../../../../shared/contract/cloud/indexes.ts';
import type { Filter, Metadata } from '../../../../shared/contract/filter.ts';
import { compareKeys } from '../../../../shared/rrf.ts';
import { CloudError } from '../../aws/cloud-error.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import { needsEnhanced } from './remote-filter.ts';

/** A vector that an index found. */
export interface RemoteHit {
  readonly key: string;
  /** 1 - cosine similarity, 0 to 2. */
  readonly distance: number;
  /** Under the keys of the index. */
  readonly metadata: Metadata;
}

export interface IndexQuery {
  readonly vector: Float32Array;
  readonly topK: number;
  /** In the keys of the index. */
  readonly filter?: Filter | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The nearest vectors of an index, nearest first, equal distances by key. The service hands them out
 * in pages of 100, by a token that ends after some minutes (S3 User Guide, "Querying vectors"): then
 * the query is asked once more from its beginning.
 *
 * @throws VitrineError CANCELLED, and what the service refuses.
 */
export async function queryIndex(
  api: Pick<S3Vectors, 'queryVectors'>,
  place: IndexPlace,
  query: IndexQuery,
): Promise<RemoteHit[]> {
  try {
    return await readPages(api, place, query);
  } catch (error) {
    if (!(error instanceof ExpiredToken)) throw error;
    return readPages(api, place, query);
  }
}

/** A page was refused that follows another of the same query: its token is all that is new. */
class ExpiredToken extends CloudError {
  constructor({ failure, code, message, data }: CloudError) {
    super(failure, code, { ...data, message });
  }
}

async function readPages(
  api: Pick<S3Vectors, 'queryVectors'>,
  { bucket, name }: IndexPlace,
  query: IndexQuery,
): Promise<RemoteHit[]> {
  const hits: RemoteHit[] = [];
  // Only where it is needed: services from before September 30, 2026 do not know the mode.
  const isEnhanced = query.filter !== undefined && needsEnhanced(query.filter);
  let nextToken: string | undefined;
  do {
    const page = await api
      .queryVectors({ bucket, name }, { ...query, isEnhanced, nextToken })
      .catch((error: unknown) => {
        const isRejected = error instanceof CloudError && error.failure === 'rejected';
        throw isRejected && nextToken !== undefined ? new ExpiredToken(error) : error;
      });
    hits.push(...page.vectors);
    nextToken = page.nextToken ?? undefined;
  } while (nextToken !== undefined && hits.length < query.topK);
  return hits
    .toSorted((a, b) => a.distance - b.distance || compareKeys(a.key, b.key))
    .slice(0, query.topK);
}
