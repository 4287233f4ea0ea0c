import { z } from 'zod';
import { S3_VECTORS_LIMITS } from '../../s3-vectors-limits.ts';

/** One key of a published vector's metadata, and where its value comes from. */
export const metadataColumnSchema = z.object({
  /** The key in the index. */
  as: z
    .string()
    .min(1)
    .max(S3_VECTORS_LIMITS.metadataKeyLength, 'a metadata key has at most 63 characters'),
  from: z.discriminatedUnion('kind', [
    /** A field of the catalog. */
    z.object({ kind: z.literal('field'), field: z.string() }),
    /** The product's name. */
    z.object({ kind: z.literal('name') }),
    /** A text with `{filename}`, `{path}` and `{key}`; left out for items without a picture. */
    z.object({ kind: z.literal('template'), template: z.string().min(1).max(1_000) }),
    /** The SHA-256 of the picture file or of the name, by which a restored copy knows it again. */
    z.object({ kind: z.literal('content') }),
  ]),
  /** Keys that are not filterable may be long; which they are cannot be changed later. */
  filterable: z.boolean(),
});
export type MetadataColumn = z.infer<typeof metadataColumnSchema>;

/** What the metadata of a catalog's items takes; bytes in UTF-8, of one vector. */
export const columnMeasureSchema = z.object({
  items: z.int(),
  meanBytes: z.number(),
  maxBytes: z.int(),
  maxFilterableBytes: z.int(),
  maxKeys: z.int(),
  /** Items the service would refuse, and the first of them. */
  failing: z.int(),
  failures: z.array(z.object({ key: z.string(), reason: z.string() })),
  /** The first item's metadata as JSON; null in an empty catalog. */
  example: z.string().nullable(),
});
export type ColumnMeasure = z.infer<typeof columnMeasureSchema>;
