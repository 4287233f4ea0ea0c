import { oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogInputSchema } from './catalog-input.ts';

export const keyListSchema = z.object({
  count: z.int(),
  /** The first of them. */
  keys: z.array(z.string()),
});

export const indexReportSchema = z.object({
  modality: z.enum(['image', 'text']),
  index: z.string(),
  /** Vectors found in it. */
  listed: z.int(),
  /** Of the catalog, and not in the index. */
  missing: keyListSchema,
  /** In the index, and not of the catalog. */
  unexpected: keyListSchema,
  different: z.object({ metadata: keyListSchema, vector: keyListSchema }),
});
export type IndexReport = z.infer<typeof indexReportSchema>;

/** What the indexes really hold, compared with the catalog. */
export const verifyReportSchema = z.object({
  catalogId: z.int().positive(),
  indexes: z.array(indexReportSchema),
  isInStep: z.boolean(),
  seconds: z.number(),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

/** What the indexes really hold; how far it is and what came of it: `listings`. */
export const verifyContract = {
  /** Begins to list both indexes and to compare; the next `publish` mends what differs. */
  verify: oc
    .input(catalogInputSchema.extend({ vectors: z.boolean().default(false) }))
    .output(z.void()),
  /** When the indexes were last compared with the catalog, milliseconds since 1970. */
  lastVerified: oc
    .input(catalogInputSchema)
    .output(z.object({ at: z.number(), isInStep: z.boolean() }).nullable()),
};
