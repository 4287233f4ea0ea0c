import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogInputSchema } from './catalog-input.ts';
import { metadataColumnSchema } from './metadata.ts';

/** Vectors of each index. */
export const sideCountsSchema = z.object({ image: z.int(), text: z.int() });
export type SideCounts = z.infer<typeof sideCountsSchema>;

/** Why an index is not to hold a key any more. */
export const leavingReasonSchema = z.enum([
  /** Its row is there and its picture is not, or the catalog is one of pictures only. */
  'picture-missing',
  /** Neither row nor picture. */
  'gone',
  /** Found in the index by a comparison, and not of the catalog. */
  'unexpected',
  /** Its picture or name cannot be used any more. */
  'unusable',
  /** An older version: the one of now is over the limits, or the service has refused it. */
  'refused',
  /** Embedded by another model than the index is for. */
  'other-model',
  /** Still to be embedded. */
  'not-embedded',
]);
export type LeavingReason = z.infer<typeof leavingReasonSchema>;

export const indexPlanSchema = z.object({
  modality: z.enum(['image', 'text']),
  bucket: z.string(),
  index: z.string(),
  model: z.object({ id: z.string(), dimension: z.int() }),
  added: z.int(),
  changed: z.int(),
  /** What a yes to all of it would delete. */
  deleted: z.int(),
  /** What it holds and should not: of how many, and why. */
  leaving: z.object({
    count: z.int(),
    held: z.int(),
    reasons: z.array(
      z.object({ reason: leavingReasonSchema, count: z.int(), keys: z.array(z.string()) }),
    ),
  }),
  unchanged: z.int(),
  /** Refused by the service as they are now. */
  quarantined: z.int(),
  /** Requests it takes, at 500 vectors each. */
  requests: z.int(),
  /** Bytes as the service bills them, to be sent. */
  bytes: z.number(),
  /** UTF-8 bytes of metadata of one vector. */
  metadata: z.object({
    meanBytes: z.number(),
    maxBytes: z.int(),
    maxFilterableBytes: z.int(),
    maxKeys: z.int(),
  }),
  /** Rows the service would refuse; they stay here. */
  failing: z.int(),
  failures: z.array(z.object({ key: z.string(), reason: z.string() })),
});
export type IndexPlan = z.infer<typeof indexPlanSchema>;

/** What publishing would do and cost; making it needs no network. */
export const publishPlanSchema = z.object({
  catalogId: z.int().positive(),
  indexes: z.array(indexPlanSchema),
  columns: z.array(metadataColumnSchema),
  /** At the service's limits, both indexes side by side. */
  seconds: z.number(),
  /** US dollars, by the table of `pricesReadOn`. */
  cost: z.object({
    upload: z.number(),
    perMonth: z.number(),
    perThousandSearches: z.number(),
    pricesReadOn: z.string(),
  }),
  /**
   * What it takes to delete what leaves: the yes to publish; a yes of its own, as it is more than a
   * tenth of an index; or a folder that is in reach: until then nothing is deleted.
   */
  deletions: z.enum(['included', 'separate', 'withheld']),
  /** Whether there is anything to do. */
  isUpToDate: z.boolean(),
});
export type PublishPlan = z.infer<typeof publishPlanSchema>;

export const publishSideSchema = z.object({
  modality: z.enum(['image', 'text']),
  done: z.int(),
  total: z.int(),
  ratePerSecond: z.number().nullable(),
});

/** The publishing of a linked catalog, as it stands. */
export const publishProgressSchema = z.object({
  catalogId: z.int().positive(),
  state: z.enum(['idle', 'waiting', 'running', 'paused', 'failed']),
  sides: z.array(publishSideSchema),
  etaSeconds: z.number().nullable(),
  sent: sideCountsSchema,
  deleted: sideCountsSchema,
  quarantined: z.int(),
  /** Why nothing moves; it goes on by itself unless the action says otherwise. */
  obstacle: z
    .object({
      code: z.string(),
      message: z.string(),
      action: z.string(),
      command: z.string().nullable(),
    })
    .nullable(),
});
export type PublishProgress = z.infer<typeof publishProgressSchema>;

/** The plan with its bill, and what comes of it. */
export const publishContract = {
  plan: oc.input(catalogInputSchema).output(publishPlanSchema),
  /**
   * The yes to a plan; also goes on after a pause. `deletions` is the yes of their own that some need:
   * as many as the plan has said. Without it publishing does the rest.
   */
  publish: oc
    .input(catalogInputSchema.extend({ deletions: sideCountsSchema.optional() }))
    .output(z.void()),
  pause: oc.input(catalogInputSchema).output(z.void()),
  cancel: oc.input(catalogInputSchema).output(z.void()),
  /** Lets `publish` send again what the service has refused. */
  retryRefused: oc.input(catalogInputSchema).output(z.object({ records: z.int() })),
  /** Every linked catalog's publishing now and after each change, at most four times a second. */
  live: oc.output(eventIterator(z.array(publishProgressSchema))),
};
