import { oc } from '@orpc/contract';
import { z } from 'zod';
import { linkInputSchema } from './link.ts';
import { metadataColumnSchema } from './metadata.ts';

/** A metadata key of an index, and where the catalog has the same. */
export const metadataLookSchema = z.object({
  key: z.string(),
  /** Vectors of the sample that have it. */
  count: z.int(),
  filterable: z.boolean(),
  /** One value, shortened. */
  example: z.string(),
  /** What of the catalog it corresponds to; null when nothing does. */
  from: metadataColumnSchema.shape.from.nullable(),
  /** Found out by equal values of the items with the same key, or by its name alone. */
  by: z.enum(['values', 'name']).nullable(),
  /** Items with equal values, of those that could be compared. */
  agreeing: z.int(),
  compared: z.int(),
});
export type MetadataLook = z.infer<typeof metadataLookSchema>;

/** How an index stands to the catalog it may be linked to, from a sample of it. */
export const indexLookSchema = z.object({
  modality: z.enum(['image', 'text']),
  index: z.string(),
  /** `hidden`: these credentials may not look at it. */
  state: z.enum(['found', 'missing', 'hidden']),
  dimension: z.int().nullable(),
  metric: z.enum(['cosine', 'euclidean']).nullable(),
  /** The one whose vectors the catalog would publish. */
  model: z.object({ id: z.string(), dimension: z.int() }),
  /** What its tags say: the model's id; null when they name none, or may not be read. */
  toldModel: z.string().nullable(),
  /** Why it cannot be linked, whatever the yes. */
  misfit: z.string().nullable(),
  /** Whether linking takes a yes to vectors of a model that is not told. */
  needsModelYes: z.boolean(),
  /** Null when its keys may not be listed. */
  keys: z
    .object({
      sampled: z.int(),
      /** Keys of the catalog. */
      matching: z.int(),
      /** Keys of the catalog but for folder and file ending, with an example. */
      byStem: z.int(),
      stemExample: z.object({ there: z.string(), here: z.string() }).nullable(),
      /** The first of those that are neither. */
      others: z.array(z.string()),
    })
    .nullable(),
  /** Of keys of the catalog that were asked for, as the sample held few of them; null otherwise. */
  asked: z.object({ count: z.int(), found: z.int() }).nullable(),
  /** Null when it may not be read. */
  metadata: z.array(metadataLookSchema).nullable(),
  /**
   * Cosine between the vectors there and those of the catalog's own model. `same`: about 1; `near`:
   * another precision or preprocessing; `other`: another model. Null without any to compare.
   */
  vectors: z
    .object({
      compared: z.int(),
      median: z.number(),
      lowest: z.number(),
      verdict: z.enum(['same', 'near', 'other']),
    })
    .nullable(),
  /** IAM actions that are missing to know more. */
  denied: z.array(z.string()),
});
export type IndexLook = z.infer<typeof indexLookSchema>;

export const lookInputSchema = linkInputSchema.pick({
  catalogId: true,
  bucket: true,
  imageIndex: true,
  textIndex: true,
});
export type LookInput = z.input<typeof lookInputSchema>;

/** What matches, before a yes to indexes that others made. */
export const lookContract = {
  /** Looks at a sample of both indexes, with at most five requests each; changes nothing. */
  look: oc.input(lookInputSchema).output(z.array(indexLookSchema)),
};
