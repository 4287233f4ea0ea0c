import type { IndexPlace } from '../../../shared/contract/cloud/indexes.ts';
import type { S3Vectors } from '../aws/s3-vectors.ts';
import type { ListedVector } from '../aws/vector-calls.ts';

export interface ListSegmentsOptions {
  readonly segments: number;
  readonly pageSize: number;
  readonly withData: boolean;
  readonly signal: AbortSignal | undefined;
  /** The next page of a segment is asked for when this has resolved. */
  readonly onPage: (vectors: readonly ListedVector[]) => Promise<void>;
}

/** Lists all vectors of an index with their metadata, in parallel segments; one that fails ends all. */
export async function listSegments(
  api: S3Vectors,
  place: IndexPlace,
  { segments, pageSize, withData, signal, onPage }: ListSegmentsOptions,
): Promise<void> {
  const failure = new AbortController();
  const either = AbortSignal.any([failure.signal, ...(signal === undefined ? [] : [signal])]);
  const list = async (segment: number) => {
    let nextToken: string | undefined;
    do {
      const page = await api.listVectors(place, {
        withMetadata: true,
        withData,
        pageSize,
        nextToken,
        segment: { index: segment, count: segments },
        signal: either,
      });
      either.throwIfAborted();
      await onPage(page.vectors);
      nextToken = page.nextToken ?? undefined;
    } while (nextToken !== undefined);
  };
  // All have ended when this returns: none may write behind the back of whoever was told of a failure.
  await Promise.allSettled(
    Array.from({ length: segments }, (_, segment) =>
      list(segment).catch((error: unknown) => failure.abort(error)),
    ),
  );
  failure.signal.throwIfAborted();
}
