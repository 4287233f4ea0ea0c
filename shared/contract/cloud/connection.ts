import { oc } from '@orpc/contract';
import { z } from 'zod';
import { bucketNameSchema } from './indexes.ts';

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

/** Who asks Amazon S3 Vectors, and where. */
export const connectionContract = {
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
};
