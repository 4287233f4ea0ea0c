import { z } from 'zod';
import { modalitySchema } from '../../../shared/contract/models.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits');

const fileSchema = z.object({
  /** Relative to the models folder, forward slashes, never out of it. */
  path: z
    .string()
    .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\:]+$/, 'expected a path inside the models folder'),
  /** Exact, and checked. Left out when nobody published it. */
  sizeBytes: z.int().positive().optional(),
  /** To the nearest megabyte or so; shown where the exact size is not known. */
  aboutBytes: z.int().positive().optional(),
  /**
   * Left out when we do not know it: a file that is there is then judged by loading it, and its
   * vectors are told apart by the hash it turns out to have.
   */
  sha256: sha256.optional(),
  /**
   * Where it can be fetched, https only; left out when it ships with Vitrine. Without a `sha256` here
   * the host must give one (Hugging Face does).
   */
  url: z.url({ protocol: /^https$/ }).optional(),
});

const commonSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  title: z.string(),
  dimension: z.int().positive(),
  model: fileSchema,
  licence: z.string(),
  source: z.string(),
  /** The name of the graph's output that is read. */
  output: z.string(),
  /** `none`: the output is the vector. `cls`: row 0. `mean`: mean over the attention mask. */
  pooling: z.enum(['none', 'cls', 'mean']),
  /** How many inputs run at once; measured to be the quickest. */
  batch: z.int().positive(),
});

export const imageModelSchema = commonSchema.extend({
  modality: z.literal('image'),
  input: z.string(),
  preprocessing: z.object({
    width: z.int().positive(),
    height: z.int().positive(),
    /** `fill` squashes; `cover` crops the middle. */
    fit: z.enum(['fill', 'cover']),
    kernel: z.enum(['linear', 'cubic', 'lanczos3']),
    /** value = (x - mean) / std on 0..255, per channel R, G, B. */
    mean: z.tuple([z.number(), z.number(), z.number()]),
    std: z.tuple([z.number(), z.number(), z.number()]),
    layout: z.enum(['NCHW', 'NHWC']),
  }),
});

export const textModelSchema = commonSchema.extend({
  modality: z.literal('text'),
  inputs: z.object({
    ids: z.string(),
    mask: z.string(),
    types: z.string().optional(),
  }),
  tokenizer: fileSchema,
  maxTokens: z.int().positive(),
});

export const modelSchema = z.discriminatedUnion('modality', [imageModelSchema, textModelSchema]);
export type ModelFile = z.infer<typeof fileSchema>;
export type ModelSpec = z.infer<typeof modelSchema>;
export type ImageModelSpec = z.infer<typeof imageModelSchema>;
export type TextModelSpec = z.infer<typeof textModelSchema>;

export const manifestSchema = z
  .object({
    version: z.literal(1),
    /** Per modality, best first: the first whose files are in place makes new embeddings. */
    preference: z.record(modalitySchema, z.array(z.string())),
    models: z.array(modelSchema),
  })
  .superRefine((manifest, context) => {
    const ids = new Set(manifest.models.map((model) => model.id));
    if (ids.size !== manifest.models.length) {
      context.addIssue({
        code: 'custom',
        path: ['models'],
        message: 'two models have the same id',
      });
    }
    for (const [modality, preferred] of Object.entries(manifest.preference)) {
      for (const id of preferred) {
        if (!ids.has(id)) {
          context.addIssue({
            code: 'custom',
            path: ['preference', modality],
            message: `no model has the id ${id}`,
          });
        }
      }
    }
  });
export type Manifest = z.infer<typeof manifestSchema>;
