import { z } from 'zod';
import { S3_VECTORS_LIMITS } from '../s3-vectors-limits.ts';

const { nameLength, dimension } = S3_VECTORS_LIMITS;

/** Which credentials sign requests. The keys themselves are never stored with it. */
export const credentialSourceSchema = z.discriminatedUnion('kind', [
  /** The SDK's own search: environment, default profile, container, instance. */
  z.object({ kind: z.literal('default') }),
  z.object({ kind: z.literal('profile'), profile: z.string().min(1) }),
  z.object({ kind: z.literal('sso'), profile: z.string().min(1) }),
  z.object({ kind: z.literal('process'), profile: z.string().min(1) }),
  z.object({ kind: z.literal('environment') }),
  /** Typed in; kept by the operating system or for the running time. */
  z.object({ kind: z.literal('keys') }),
  /** Placeholder keys, for a server on this computer that takes any. */
  z.object({ kind: z.literal('practice') }),
]);
export type CredentialSource = z.infer<typeof credentialSourceSchema>;

const regionSchema = z
  .string()
  .regex(/^[a-z]{2,}(-[a-z0-9]+)+$/, 'a region looks like eu-central-1');

export const cloudConnectionSchema = z.object({
  source: credentialSourceSchema,
  /** Null: the one of the profile or the environment. */
  region: regionSchema.nullable(),
  /** A private link or a server of one's own; null: the service's address for the region. */
  endpoint: z.url({ protocol: /^https?$/ }).nullable(),
});
export type CloudConnection = z.infer<typeof cloudConnectionSchema>;

/** A profile of the shared AWS files. */
export const cloudProfileSchema = z.object({
  name: z.string(),
  kind: z.enum(['sso', 'login', 'role', 'process', 'keys', 'region-only']),
  region: z.string().nullable(),
});
export type CloudProfile = z.infer<typeof cloudProfileSchema>;

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
  ]),
  /** Keys that are not filterable may be long; which they are cannot be changed later. */
  filterable: z.boolean(),
});
export type MetadataColumn = z.infer<typeof metadataColumnSchema>;
