import { z } from 'zod';

/** A metadata value as S3 Vectors knows it, without lists. */
export const primitiveSchema = z.union([z.string(), z.number(), z.boolean()]);
export type Primitive = z.infer<typeof primitiveSchema>;

/** A metadata value: string, number, boolean or a list of them. */
export const metadataValueSchema = z.union([primitiveSchema, z.array(primitiveSchema)]);

export const metadataSchema = z.record(z.string(), metadataValueSchema);
export type Metadata = z.infer<typeof metadataSchema>;

/** The operators on one field. Several in one object must all hold. */
export const conditionSchema = z
  .strictObject({
    $eq: primitiveSchema,
    $ne: primitiveSchema,
    $gt: z.number(),
    $gte: z.number(),
    $lt: z.number(),
    $lte: z.number(),
    $in: z.array(primitiveSchema).min(1),
    $nin: z.array(primitiveSchema).min(1),
    $exists: z.boolean(),
    $startsWith: z.string(),
  })
  .partial()
  .refine((condition) => Object.keys(condition).length > 0, {
    error: 'An empty condition: name an operator such as {"$eq": "Red"}',
  });
export type Condition = z.infer<typeof conditionSchema>;

/**
 * A metadata filter in the language of Amazon S3 Vectors (S3 User Guide, "Metadata filtering"):
 * `{"colour": "Red"}`, `{"year": {"$gte": 2012}}`, `{"$or": [{…}, {…}]}`. Several fields in one
 * object must all hold. A bare value means `$eq`.
 */
export type Filter = {
  readonly $and?: readonly Filter[] | undefined;
  readonly $or?: readonly Filter[] | undefined;
  readonly [field: string]: Primitive | Condition | readonly Filter[] | undefined;
};

export const filterSchema: z.ZodType<Filter> = z.lazy(() =>
  z
    .object({ $and: z.array(filterSchema).min(1), $or: z.array(filterSchema).min(1) })
    .partial()
    .catchall(z.union([primitiveSchema, conditionSchema]))
    .superRefine((filter, context) => {
      for (const key of Object.keys(filter)) {
        if (key.startsWith('$') && key !== '$and' && key !== '$or') {
          context.addIssue({
            code: 'custom',
            path: [key],
            message: `${key} is not a filter operator here: use $and or $or, or put it under a field name`,
          });
        }
      }
    }),
);
