import { oc } from '@orpc/contract';
import { z } from 'zod';

export const modalitySchema = z.enum(['image', 'text']);
export type Modality = z.infer<typeof modalitySchema>;

export const modelInfoSchema = z.object({
  id: z.string(),
  title: z.string(),
  modality: modalitySchema,
  dimension: z.int(),
  sizeBytes: z.int(),
  licence: z.string(),
  source: z.string(),
  /** Where the file is looked for, most specific first. */
  file: z.string(),
  state: z.enum(['ready', 'missing', 'damaged']),
  /** Why it cannot be used, and what to do; null when ready. */
  reason: z.string().nullable(),
  /** Whether new embeddings of its modality are made with it. */
  active: z.boolean(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

export const modelsContract = {
  list: oc.output(z.array(modelInfoSchema)),
  /** Reads the whole file again and compares size and SHA-256. */
  verify: oc.input(z.object({ id: z.string() })).output(modelInfoSchema),
};
