import { oc } from '@orpc/contract';
import { z } from 'zod';
import { S3_VECTORS_LIMITS } from '../../s3-vectors-limits.ts';

const { nameLength, dimension } = S3_VECTORS_LIMITS;

/** S3 User Guide: 3 to 63 characters. A dot would pass some documents and fail in others: none. */
export const bucketNameSchema = z
  .string()
  .min(nameLength.min)
  .max(nameLength.max)
  .regex(
    /^[a-z0-9][a-z0-9-]*[a-z0-9]$/,
    'a bucket name has lowercase letters, digits and hyphens, and ends with a letter or digit',
  );

export const indexNameSchema = z
  .string()
  .min(nameLength.min)
  .max(nameLength.max)
  .regex(
    /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    'an index name has lowercase letters, digits, hyphens and dots, and ends with a letter or digit',
  );

export const dimensionSchema = z.int().min(dimension.min).max(dimension.max);

export const indexPlaceSchema = z.object({ bucket: bucketNameSchema, name: indexNameSchema });
export type IndexPlace = z.infer<typeof indexPlaceSchema>;

export const encryptionSchema = z.discriminatedUnion('sseType', [
  z.object({ sseType: z.literal('AES256') }),
  z.object({
    sseType: z.literal('aws:kms'),
    kmsKeyArn: z
      .string()
      .regex(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/.+$/, 'the full ARN of the key, no alias'),
  }),
]);
export type Encryption = z.infer<typeof encryptionSchema>;

export const bucketSummarySchema = z.object({
  name: z.string(),
  createdAt: z.number().nullable(),
});
export type BucketSummary = z.infer<typeof bucketSummarySchema>;

export const bucketDetailSchema = bucketSummarySchema.extend({
  encryption: z.enum(['AES256', 'aws:kms']).nullable(),
});
export type BucketDetail = z.infer<typeof bucketDetailSchema>;

/** When an index applies a filter: while it searches, or before. Newer ones are ENHANCED. */
export const indexModeSchema = z.enum(['CLASSIC', 'ENHANCED']);
export type IndexMode = z.infer<typeof indexModeSchema>;

export const indexDetailSchema = z.object({
  bucket: z.string(),
  name: z.string(),
  createdAt: z.number().nullable(),
  dimension: z.int(),
  metric: z.enum(['cosine', 'euclidean']),
  nonFilterableKeys: z.array(z.string()),
  encryption: z.enum(['AES256', 'aws:kms']).nullable(),
  /** Null where the service does not tell. */
  mode: indexModeSchema.nullable(),
  tags: z.record(z.string(), z.string()),
});
export type IndexDetail = z.infer<typeof indexDetailSchema>;

const pageSchema = z.object({ prefix: z.string().optional(), next: z.string().optional() });

const deleteSchema = z.object({ confirmation: z.string() });

/** Vector buckets and the indexes in them. */
export const indexesContract = {
  buckets: {
    list: oc
      .input(pageSchema)
      .output(z.object({ buckets: z.array(bucketSummarySchema), next: z.string().nullable() })),
    show: oc.input(z.object({ bucket: bucketNameSchema })).output(bucketDetailSchema),
    create: oc
      .input(z.object({ bucket: bucketNameSchema, encryption: encryptionSchema.optional() }))
      .output(z.void()),
    /** `confirmation` is the bucket's name, typed again. */
    delete: oc.input(deleteSchema.extend({ bucket: z.string() })).output(z.void()),
  },
  indexes: {
    list: oc
      .input(pageSchema.extend({ bucket: bucketNameSchema }))
      .output(z.object({ indexes: z.array(bucketSummarySchema), next: z.string().nullable() })),
    show: oc.input(indexPlaceSchema).output(indexDetailSchema),
    create: oc
      .input(
        indexPlaceSchema.extend({
          dimension: dimensionSchema,
          metric: z.enum(['cosine', 'euclidean']).default('cosine'),
          nonFilterableKeys: z.array(z.string()).default([]),
          encryption: encryptionSchema.optional(),
        }),
      )
      .output(z.void()),
    /** `confirmation` is the index's name, typed again. */
    delete: oc.input(indexPlaceSchema.extend(deleteSchema.shape)).output(z.void()),
  },
};
