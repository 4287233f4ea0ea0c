import { oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogInputSchema } from './catalog-input.ts';
import { bucketNameSchema, encryptionSchema, indexNameSchema } from './indexes.ts';
import { columnMeasureSchema, metadataColumnSchema } from './metadata.ts';

export const linkSchema = z.object({
  catalogId: z.int().positive(),
  bucket: z.string(),
  region: z.string().nullable(),
  endpoint: z.string().nullable(),
  columns: z.array(metadataColumnSchema),
  indexes: z.array(
    z.object({
      modality: z.enum(['image', 'text']),
      name: z.string(),
      model: z.object({ id: z.string(), dimension: z.int() }),
      /** Whether the service has been asked about it. */
      isConfirmed: z.boolean(),
    }),
  ),
});
export type CloudLink = z.infer<typeof linkSchema>;

export const linkInputSchema = z.object({
  catalogId: z.int().positive(),
  bucket: bucketNameSchema,
  imageIndex: indexNameSchema.default('img-index'),
  textIndex: indexNameSchema.default('txt-index'),
  /** Make the bucket and the indexes that are not there. */
  create: z.boolean().default(false),
  encryption: encryptionSchema.optional(),
  /** What is published beside each vector; suggested from the catalog's fields when left out. */
  columns: z.array(metadataColumnSchema).optional(),
  /** Where the pictures lie, such as `s3://my-pictures/{filename}`. */
  uriTemplate: z.string().min(1).max(1_000).optional(),
  /** Publish the hash of each picture and name too, so that a restored copy need not trust keys. */
  contentHash: z.boolean().default(false),
  /** Yes to indexes that do not say which model made their vectors. */
  assumeModel: z.boolean().default(false),
});
export type LinkInput = z.input<typeof linkInputSchema>;

/** Which indexes a catalog is published to, and what beside each vector. */
export const linkContract = {
  /** The link of a catalog; null when it has none. */
  link: oc.input(catalogInputSchema).output(linkSchema.nullable()),
  /** What a catalog would publish unless told otherwise. */
  suggestColumns: oc
    .input(catalogInputSchema.extend({ uriTemplate: z.string().optional() }))
    .output(z.array(metadataColumnSchema)),
  /** What these columns take, before an index is made that fixes them. */
  measureColumns: oc
    .input(catalogInputSchema.extend({ columns: z.array(metadataColumnSchema) }))
    .output(columnMeasureSchema),
  /** Links a catalog; `unconfirmed` says why the service could not be asked (offline). */
  setLink: oc
    .input(linkInputSchema)
    .output(z.object({ link: linkSchema, unconfirmed: z.string().nullable() })),
  unlink: oc.input(catalogInputSchema).output(z.void()),
};
