import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

export const modalitySchema = z.enum(['image', 'text']);
export type Modality = z.infer<typeof modalitySchema>;

/** How quick a model is on this machine, from a short run with everything an ingest does. */
export const modelSpeedSchema = z.object({
  /** Pictures or names a second. */
  perSecond: z.number().positive(),
  /** Milliseconds since 1970. */
  measuredAt: z.number(),
});
export type ModelSpeed = z.infer<typeof modelSpeedSchema>;

export const modelInfoSchema = z.object({
  id: z.string(),
  title: z.string(),
  modality: modalitySchema,
  dimension: z.int(),
  sizeBytes: z.int(),
  licence: z.string(),
  source: z.string(),
  /** Where the file is, or where it belongs. */
  file: z.string(),
  state: z.enum(['ready', 'missing', 'damaged']),
  /** Why it cannot be used, and what to do; null when ready. */
  reason: z.string().nullable(),
  /** Of the file in place, or of the one expected; null while neither is known. */
  sha256: z.string().nullable(),
  /** Whether new embeddings of its modality are made with it. */
  active: z.boolean(),
  /** Whether it can be fetched by `download`. */
  downloadable: z.boolean(),
  /** Bytes that an unfinished download has left to go on from. */
  partBytes: z.int(),
  /** Null until it was measured on this machine. */
  speed: modelSpeedSchema.nullable(),
  /** Items, of all catalogs, that have a picture or a name and no vector of this model. */
  toEmbed: z.int(),
  /** How long that takes at the measured speed; null where it was not measured. */
  toEmbedSeconds: z.number().nullable(),
  /** Catalogs whose queries are answered by vectors of this model. */
  serves: z.int(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

export const modelDownloadSchema = z.object({
  id: z.string(),
  /** `waiting`: the connection broke, and is tried again by itself. */
  state: z.enum(['running', 'waiting', 'verifying', 'failed']),
  doneBytes: z.int(),
  /** Null until the server has said it. */
  totalBytes: z.int().nullable(),
  bytesPerSecond: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  /** Why it waits or has failed. */
  error: z.object({ code: z.string(), message: z.string(), action: z.string() }).nullable(),
});
export type ModelDownload = z.infer<typeof modelDownloadSchema>;

export const modelsLiveSchema = z.object({
  /** Another number whenever `list` may answer differently than before, for whatever reason. */
  revision: z.int(),
  /** The downloads under way or failed; one that is done is in `list`. */
  downloads: z.array(modelDownloadSchema),
});
export type ModelsLive = z.infer<typeof modelsLiveSchema>;

const modelIdSchema = z.object({ id: z.string() });

export const modelsContract = {
  list: oc.output(z.array(modelInfoSchema)),
  /** Reads the whole file again and compares size and SHA-256. */
  verify: oc.input(modelIdSchema).output(modelInfoSchema),
  /** Embeds bundled samples for about two seconds and remembers how quick that was. */
  measure: oc.input(modelIdSchema).output(modelInfoSchema),
  /** Makes new embeddings with this model; queries turn to it when its vectors are complete. */
  use: oc.input(modelIdSchema).output(modelInfoSchema),
  /** Starts a download, or goes on with one; `live` tells how it fares. */
  download: oc.input(modelIdSchema).output(z.void()),
  /** Stops a download; what has arrived is kept. */
  pauseDownload: oc.input(modelIdSchema).output(z.void()),
  /** Throws away what has arrived. */
  discardDownload: oc.input(modelIdSchema).output(z.void()),
  live: oc.output(eventIterator(modelsLiveSchema)),
};

/** A model file handed over piece by piece: a page knows no path, and 343 MB fit no message. */
export const modelImportContract = {
  begin: oc
    .input(z.object({ name: z.string().min(1).max(255), sizeBytes: z.int().nonnegative() }))
    .output(z.object({ importId: z.string() })),
  /** The next piece, in order. */
  put: oc.input(z.object({ importId: z.string(), piece: z.file() })).output(z.void()),
  /**
   * Puts the file in place if the manifest knows its SHA-256; for a model whose hash nobody published,
   * `id` says which it is, and it must load and run.
   */
  finish: oc
    .input(z.object({ importId: z.string(), id: z.string().optional() }))
    .output(z.array(modelInfoSchema)),
  abandon: oc.input(z.object({ importId: z.string() })).output(z.void()),
};
