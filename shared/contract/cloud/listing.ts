import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogInputSchema } from './catalog-input.ts';
import { restoreReportSchema } from './restore.ts';
import { verifyReportSchema } from './verify.ts';

/** How far one of the two indexes is read. */
export const listingSideSchema = z.object({
  modality: z.enum(['image', 'text']),
  /** Vectors found so far. */
  listed: z.int(),
  /** Of these, vectors that were written here; 0 when nothing is restored. */
  restored: z.int(),
  /** How many there may be, for the service does not tell; null while nobody knows. */
  about: z.int().nullable(),
  ratePerSecond: z.number().nullable(),
  isDone: z.boolean(),
});
export type ListingSide = z.infer<typeof listingSideSchema>;

const stateSchema = z.object({
  catalogId: z.int().positive(),
  /** `stopped` by the user, or by the end of Vitrine; what was done stays done. */
  state: z.enum(['running', 'done', 'failed', 'stopped']),
  sides: z.array(listingSideSchema),
  etaSeconds: z.number().nullable(),
  /** Why it failed. */
  failure: z
    .object({
      code: z.string(),
      message: z.string(),
      action: z.string().nullable(),
      command: z.string().nullable(),
    })
    .nullable(),
});

/** Indexes being read to their end, or just read: goes on whether or not a window looks. */
export const listingSchema = z.discriminatedUnion('kind', [
  stateSchema.extend({ kind: z.literal('verify'), report: verifyReportSchema.nullable() }),
  stateSchema.extend({ kind: z.literal('restore'), report: restoreReportSchema.nullable() }),
]);
export type Listing = z.infer<typeof listingSchema>;
export type ListingOf<Kind extends Listing['kind']> = Extract<Listing, { kind: Kind }>;

const listingInputSchema = catalogInputSchema.extend({ kind: z.enum(['verify', 'restore']) });

/** What `verify` and `restore` have begun. */
export const listingContract = {
  /** Every listing now and after each change, at most four times a second. */
  listings: oc.output(eventIterator(z.array(listingSchema))),
  stopListing: oc.input(listingInputSchema).output(z.void()),
  /** What has ended need not be shown any more. */
  forgetListing: oc.input(listingInputSchema).output(z.void()),
};
