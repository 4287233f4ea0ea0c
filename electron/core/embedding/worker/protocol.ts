import type { ErrorCode } from '../../../../shared/contract/errors.ts';
import type { ModelSpec } from '../../models/manifest.ts';
import type {
  EmbedOptions,
  EmbedOutcome,
  PictureInput,
  Refused,
  ThumbnailFormat,
} from '../embedder.ts';

export type Priority = EmbedOptions['priority'];

/** What the worker needs to run a model; `key` (id and hash) names it in jobs. */
export interface WorkerModel {
  readonly key: string;
  readonly spec: ModelSpec;
  readonly modelPath: string;
  readonly tokenizerPath?: string | undefined;
}

export interface ThumbnailInput {
  readonly source: PictureInput['source'];
  readonly width: number;
  readonly format: ThumbnailFormat;
}

export interface ThumbnailMade {
  readonly status: 'made';
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export type ThumbnailOutcome = ThumbnailMade | Refused;

export type Job =
  | {
      readonly kind: 'pictures';
      readonly modelKey: string;
      readonly inputs: readonly PictureInput[];
    }
  | { readonly kind: 'texts'; readonly modelKey: string; readonly inputs: readonly string[] }
  | { readonly kind: 'thumbnails'; readonly inputs: readonly ThumbnailInput[] };

export type Outcome = EmbedOutcome | ThumbnailOutcome;

export type ToWorker =
  /** Makes a model known; it is loaded by the first job or check that names it. */
  | { readonly type: 'model'; readonly model: WorkerModel }
  | { readonly type: 'job'; readonly id: number; readonly priority: Priority; readonly job: Job }
  /** Proves that decoding works and, with a model, that the model loads and runs. */
  | { readonly type: 'check'; readonly id: number; readonly modelKey: string | null }
  | { readonly type: 'cancel'; readonly id: number };

export type FromWorker =
  /** Sent before the inputs are touched, so that whoever survives knows which were in hand. */
  | { readonly type: 'started'; readonly id: number; readonly indexes: readonly number[] }
  | {
      readonly type: 'outcomes';
      readonly id: number;
      readonly outcomes: readonly (readonly [index: number, outcome: Outcome])[];
    }
  | { readonly type: 'checked'; readonly id: number }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly action: string | undefined;
    };
