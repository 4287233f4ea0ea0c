import { eventIterator, oc } from '@orpc/contract';
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
    /** The SHA-256 of the picture file or of the name, by which a restored copy knows it again. */
    z.object({ kind: z.literal('content') }),
  ]),
  /** Keys that are not filterable may be long; which they are cannot be changed later. */
  filterable: z.boolean(),
});
export type MetadataColumn = z.infer<typeof metadataColumnSchema>;

/** Whether credentials may do something; unknown where trying would change something. */
export const permissionSchema = z.object({
  /** The IAM action, such as `s3vectors:GetVectors`. */
  action: z.string(),
  allowed: z.enum(['yes', 'no', 'unknown']),
});

export const connectionTestSchema = z.object({
  /** Where the credentials come from, in words; never the credentials. */
  identity: z.string(),
  region: z.string().nullable(),
  endpoint: z.string().nullable(),
  /** Of the first answer. */
  latencyMs: z.number(),
  /** When temporary credentials end, milliseconds since 1970. */
  expiresAt: z.number().nullable(),
  permissions: z.array(permissionSchema),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;

export const bucketSummarySchema = z.object({
  name: z.string(),
  createdAt: z.number().nullable(),
});
export type BucketSummary = z.infer<typeof bucketSummarySchema>;

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

const sideCountsSchema = z.object({ image: z.int(), text: z.int() });

export const indexPlanSchema = z.object({
  modality: z.enum(['image', 'text']),
  bucket: z.string(),
  index: z.string(),
  model: z.object({ id: z.string(), dimension: z.int() }),
  added: z.int(),
  changed: z.int(),
  deleted: z.int(),
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

const keyListSchema = z.object({
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

const catalogInputSchema = z.object({ catalogId: z.int().positive() });
const pageSchema = z.object({ prefix: z.string().optional(), next: z.string().optional() });
const deleteSchema = z.object({ confirmation: z.string() });

export const cloudContract = {
  /** The connection in use; null before there is one. Keys are never told. */
  connection: oc.output(cloudConnectionSchema.nullable()),
  /** Connects from now on so; sends nothing. `keys` go with the source `keys`. */
  connect: oc
    .input(
      cloudConnectionSchema.extend({
        keys: z
          .object({
            accessKeyId: z.string().min(1),
            secretAccessKey: z.string().min(1),
            sessionToken: z.string().optional(),
          })
          .optional(),
      }),
    )
    .output(z.void()),
  disconnect: oc.output(z.void()),
  /** Starts a practice cloud on this computer and connects to it. */
  startPractice: oc.output(z.void()),
  /** Where the practice cloud of this data folder listens when it runs; null before its first start. */
  practiceEndpoint: oc.output(z.url().nullable()),
  /** Whether typed-in keys are kept by the operating system; otherwise until Vitrine is closed. */
  keepsKeys: oc.output(z.boolean()),
  profiles: oc.output(z.array(cloudProfileSchema)),
  test: oc.output(connectionTestSchema),
  /** The least-privilege IAM policy as JSON text. */
  policy: oc
    .input(z.object({ bucket: bucketNameSchema.optional(), isForDeletion: z.boolean().optional() }))
    .output(z.string()),
  buckets: {
    list: oc
      .input(pageSchema)
      .output(z.object({ buckets: z.array(bucketSummarySchema), next: z.string().nullable() })),
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
    tag: oc
      .input(indexPlaceSchema.extend({ tags: z.record(z.string(), z.string()) }))
      .output(z.void()),
    /** `confirmation` is the index's name, typed again. */
    delete: oc.input(indexPlaceSchema.extend(deleteSchema.shape)).output(z.void()),
  },
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
  plan: oc.input(catalogInputSchema).output(publishPlanSchema),
  /** The yes to a plan; also goes on after a pause. */
  publish: oc.input(catalogInputSchema).output(z.void()),
  pause: oc.input(catalogInputSchema).output(z.void()),
  cancel: oc.input(catalogInputSchema).output(z.void()),
  /** Lets `publish` send again what the service has refused. */
  retryRefused: oc.input(catalogInputSchema).output(z.object({ records: z.int() })),
  /** Lists both indexes and compares; the next `publish` mends what differs. Takes a while. */
  verify: oc
    .input(catalogInputSchema.extend({ vectors: z.boolean().default(false) }))
    .output(verifyReportSchema),
  /**
   * Makes a catalog of two indexes, or fills one that is there, without embedding anything. Again
   * after an interruption, or to follow what others published. Takes a while.
   */
  restore: oc.input(restoreInputSchema).output(restoreReportSchema),
  /** When the indexes were last compared with the catalog, milliseconds since 1970. */
  lastVerified: oc
    .input(catalogInputSchema)
    .output(z.object({ at: z.number(), isInStep: z.boolean() }).nullable()),
  /** Every linked catalog's publishing now and after each change, at most four times a second. */
  live: oc.output(eventIterator(z.array(publishProgressSchema))),
};
