import { oc } from '@orpc/contract';
import { z } from 'zod';
import { S3_VECTORS_LIMITS } from '../../s3-vectors-limits.ts';
import { bucketNameSchema, indexNameSchema } from './indexes.ts';

const { count, keyLength, valueLength } = S3_VECTORS_LIMITS.tags;

/** What the service takes in keys and values of tags (model of the API); for `pattern` too. */
export const TAG_CHARACTERS = String.raw`[\p{L}\p{Z}\p{N}_.:\/=+\-@]`;
const RULE = 'letters, digits, spaces and _ . : / = + - @';

export const tagKeySchema = z
  .string()
  .min(1, 'a key has at least one character')
  .max(keyLength, `a key has at most ${keyLength} characters`)
  .regex(new RegExp(`^${TAG_CHARACTERS}*$`, 'u'), `a key has ${RULE} only`)
  .regex(/^(?!aws:)/i, 'keys that begin with aws: are those of AWS');

export const tagValueSchema = z
  .string()
  .max(valueLength, `a value has at most ${valueLength} characters`)
  .regex(new RegExp(`^${TAG_CHARACTERS}*$`, 'u'), `a value has ${RULE} only`);

export const tagsSchema = z
  .record(tagKeySchema, tagValueSchema)
  .refine((tags) => Object.keys(tags).length <= count, `at most ${count} tags`);

/** A bucket, or an index of it. */
export const tagTargetSchema = z.object({
  bucket: bucketNameSchema,
  index: indexNameSchema.optional(),
});
export type TagTarget = z.infer<typeof tagTargetSchema>;

export const tagChangeSchema = z.object({
  /** Added, or given another value. */
  set: z.record(z.string(), z.string()).default({}),
  /** Keys; those that are not there are no error. */
  remove: z.array(z.string()).default([]),
  /** Yes to changing `MODEL_TAGS` of an index. */
  isModelAgreed: z.boolean().default(false),
});
export type TagChange = z.input<typeof tagChangeSchema>;

/** Tags of buckets and indexes. */
export const tagsContract = {
  tags: {
    list: oc.input(tagTargetSchema).output(z.record(z.string(), z.string())),
    change: oc.input(tagTargetSchema.extend(tagChangeSchema.shape)).output(z.void()),
  },
};
