import type { ModelRef } from './embedding-repository.ts';

/** Ids of the items a query may find, each once, in any order. */
export type ItemSet = readonly number[];

/** One thing found by an engine. */
export interface Candidate {
  readonly itemId: number;
  readonly key: string;
  /** Cosine distance = 1 - cosine similarity, 0 to 2. */
  readonly distance: number;
}

export interface VectorQuery {
  readonly catalogId: number;
  /** The model whose vectors are compared; the query must be of the same model. */
  readonly ref: ModelRef;
  /** Unit length. */
  readonly vector: Float32Array;
  /** How many candidates to return at most. */
  readonly topK: number;
  /** Everything in the catalog when left out. */
  readonly within?: ItemSet | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface VectorAnswer {
  /** Nearest first; equal distances by key. */
  readonly candidates: readonly Candidate[];
  /** How many vectors could have been found: those of the model, within the set. */
  readonly searched: number;
}

/** Something that finds the nearest vectors: this machine's memory, or an index in the cloud. */
export interface VectorStore {
  /** @throws VitrineError CANCELLED when the signal fires. */
  query(query: VectorQuery): Promise<VectorAnswer>;
}

export interface SavedVector {
  readonly itemId: number;
  readonly key: string;
  readonly vector: Float32Array;
}

/** A store that holds a copy of the vectors in SQLite and is told when ingest writes some. */
export interface VectorEngine extends VectorStore {
  noteSaved(catalogId: number, ref: ModelRef, rows: readonly SavedVector[]): void;
}
