import { oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogInputSchema } from './catalog-input.ts';
import { bucketNameSchema, indexNameSchema } from './indexes.ts';
import { keyListSchema } from './verify.ts';

export const restoreInputSchema = z.object({
  bucket: bucketNameSchema,
  imageIndex: indexNameSchema.default('img-index'),
  textIndex: indexNameSchema.default('txt-index'),
  /** What to call the new catalog; the bucket's name when left out. */
  name: z.string().trim().min(1).max(200).optional(),
  /** Fills a catalog that is there, by key, instead of making one. */
  into: z.int().positive().optional(),
  /** The metadata key with the product's name; found out when left out. */
  nameKey: z.string().min(1).optional(),
  /** Yes to indexes that do not say which model made their vectors. */
  assumeModel: z.boolean().default(false),
});
export type RestoreInput = z.input<typeof restoreInputSchema>;

export const restoreReportSchema = z.object({
  catalogId: z.int().positive(),
  sides: z.array(
    z.object({
      modality: z.enum(['image', 'text']),
      index: z.string(),
      model: z.object({ id: z.string(), dimension: z.int() }),
      /** Vectors found in it. */
      listed: z.int(),
      /** Vectors written here; the others were here already. */
      restored: z.int(),
      /** Of these, vectors that came without a hash of their content: taken by key. */
      byKey: z.int(),
      /** Not taken, because picture or name are others here. */
      outdated: z.int(),
      /** Keys that the catalog does not have. */
      unknown: keyListSchema,
    }),
  ),
  /** Items the catalog has now. */
  items: z.int(),
  seconds: z.number(),
});
export type RestoreReport = z.infer<typeof restoreReportSchema>;

/** A catalog out of its indexes; how far it is: `listings`. */
export const restoreContract = {
  /**
   * Begins to make a catalog of two indexes, or to fill one that is there, without embedding anything.
   * Again to follow what others published. Answers when the indexes are found to be fit.
   */
  restore: oc.input(restoreInputSchema).output(catalogInputSchema),
  /** Goes on with what was stopped, failed, or ended with Vitrine. */
  goOnRestoring: oc.input(catalogInputSchema).output(z.void()),
};
