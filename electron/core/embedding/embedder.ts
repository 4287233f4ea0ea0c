import type { Crop } from '../../../shared/contract/search.ts';
import type { ProblemKind } from '../../../shared/contract/problems.ts';

/** A picture to embed: a file, or its bytes, optionally one rectangle of it. */
export interface PictureInput {
  readonly source: { readonly path: string } | { readonly bytes: Uint8Array };
  readonly crop?: Crop | undefined;
  /** SHA-256 (hex) of the bytes whose vector is known: when they are still the same, no work is done. */
  readonly knownHash?: string | undefined;
}

export interface Embedded {
  readonly status: 'embedded';
  /** SHA-256 (hex) of the file's bytes, or of the text in UTF-8. */
  readonly contentHash: string;
  /** Unit length, as many numbers as the model's dimension. */
  readonly vector: Float32Array;
}

/** The bytes are those of `knownHash`. */
export interface Unchanged {
  readonly status: 'unchanged';
  readonly contentHash: string;
}

/** This input cannot be embedded, now or on another try; the others of the call can. */
export interface Refused {
  readonly status: 'refused';
  readonly kind: Extract<
    ProblemKind,
    | 'picture-empty'
    | 'picture-unreadable'
    | 'picture-truncated'
    | 'picture-too-large'
    | 'picture-unsupported'
    | 'picture-vanished'
    | 'picture-crashed'
    | 'name-unreadable'
  >;
  readonly reason: string;
  readonly action: string;
}

export type EmbedOutcome = Embedded | Unchanged | Refused;

export interface EmbedOptions {
  /** A query overtakes everything that waits. */
  readonly priority: 'query' | 'ingest';
  readonly signal?: AbortSignal | undefined;
}

/**
 * Turns pictures and texts into unit vectors in a process of its own. One outcome an input, in
 * order. Rejects with VitrineError MODEL_MISSING or MODEL_DAMAGED (the model cannot be used),
 * INFERENCE_FAILED (the process does not come up again) or CANCELLED.
 */
export interface Embedder {
  embedPictures(
    modelId: string,
    inputs: readonly PictureInput[],
    options: EmbedOptions,
  ): Promise<EmbedOutcome[]>;
  embedTexts(
    modelId: string,
    texts: readonly string[],
    options: EmbedOptions,
  ): Promise<EmbedOutcome[]>;
  /** Loads a model and runs it once, so that the first query is as quick as the second. */
  warmUp(modelId: string): Promise<void>;
  stop(): Promise<void>;
}

/** WebP for windows; PNG for clipboards and drags, which know little else. */
export type ThumbnailFormat = 'webp' | 'png';

export interface ThumbnailOptions {
  readonly width: number;
  /** WebP by default. */
  readonly format?: ThumbnailFormat;
  readonly signal?: AbortSignal | undefined;
}

/** A picture scaled to fit within `width` x `width` (never enlarged), upright, on white. */
export interface Thumbnailer {
  thumbnail(
    source: { readonly path: string } | { readonly bytes: Uint8Array },
    options: ThumbnailOptions,
  ): Promise<
    | {
        readonly status: 'made';
        readonly bytes: Uint8Array;
        readonly width: number;
        readonly height: number;
      }
    | Refused
  >;
  stop(): Promise<void>;
}
