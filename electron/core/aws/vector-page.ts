import type { Metadata } from '../../../shared/contract/filter.ts';

/** A vector as an index tells it. */
export interface ListedVector {
  readonly key: string;
  readonly data?: readonly number[];
  readonly metadata?: Metadata;
}

export interface VectorPage {
  readonly vectors: ListedVector[];
  /** Asks for the page after; null when there is none. */
  readonly nextToken: string | null;
}

/** A vector as the service writes it, which the SDK does not model closer than this. */
interface WrittenVector {
  readonly key?: string | undefined;
  readonly data?: unknown;
  readonly metadata?: unknown;
}

/** Reads the answer to ListVectors as the service has written it; knows nothing of the SDK. */
export function readPage(body: Uint8Array): VectorPage {
  const page = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString()) as {
    readonly vectors?: readonly WrittenVector[];
    readonly nextToken?: string | null;
  };
  return { vectors: (page.vectors ?? []).map(toListed), nextToken: page.nextToken ?? null };
}

export function toListed(vector: WrittenVector): ListedVector {
  const { float32 } = (vector.data ?? {}) as { float32?: number[] };
  return {
    key: vector.key ?? '',
    ...(float32 === undefined ? {} : { data: float32 }),
    ...(vector.metadata === undefined ? {} : { metadata: vector.metadata as Metadata }),
  };
}
