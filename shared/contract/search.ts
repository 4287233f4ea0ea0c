import { oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogIdSchema, itemTileSchema } from './catalog.ts';
import { ERROR_CODES, type ErrorCode } from './errors.ts';
import { filterSchema } from './filter.ts';

export const modeSchema = z.enum(['image', 'text', 'fused']);
export type Mode = z.infer<typeof modeSchema>;

/** Where the vectors are compared: on this machine, or in the indexes the catalog is linked to. */
export const engineSchema = z.enum(['local', 's3vectors']);
export type Engine = z.infer<typeof engineSchema>;

/** A rectangle in fractions of the upright picture's width and height, 0 to 1. */
export const cropSchema = z.object({
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  width: z.number().gt(0).max(1),
  height: z.number().gt(0).max(1),
});
export type Crop = z.infer<typeof cropSchema>;

/**
 * The picture of a query: one handed over by `addPicture`, a catalog item's own, or that of a key
 * which only the index knows.
 */
export const queryPictureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picture'), pictureId: z.string(), crop: cropSchema.optional() }),
  z.object({ kind: z.literal('item'), itemId: z.int(), crop: cropSchema.optional() }),
  z.object({ kind: z.literal('key'), key: z.string().min(1) }),
]);
export type QueryPicture = z.infer<typeof queryPictureSchema>;

export const weightsSchema = z.object({
  image: z.number().min(0).max(100),
  text: z.number().min(0).max(100),
});
export type Weights = z.infer<typeof weightsSchema>;

export const searchInputSchema = z.object({
  catalogId: catalogIdSchema,
  engine: engineSchema.default('local'),
  mode: modeSchema,
  picture: queryPictureSchema.optional(),
  text: z.string().max(10_000).optional(),
  filter: filterSchema.optional(),
  /** How many results to return. */
  top: z.int().positive().max(1000).default(100),
  /** How many candidates each side puts into the fusion. */
  candidates: z.int().positive().max(1000).default(100),
  /** The k of Reciprocal Rank Fusion. */
  k: z.number().positive().max(10_000).default(60),
  weights: weightsSchema.default({ image: 1, text: 1 }),
});
export type SearchInput = z.infer<typeof searchInputSchema>;

/** Where one side placed a result: rank from 1, cosine distance = 1 - cosine similarity, 0 to 2. */
export const placeSchema = z.object({ rank: z.int().positive(), distance: z.number() });
export type Place = z.infer<typeof placeSchema>;

export const searchResultSchema = z.object({
  rank: z.int().positive(),
  /** Fused mode: the RRF score. One side alone: the cosine similarity, 1 - distance. */
  score: z.number(),
  image: placeSchema.nullable(),
  text: placeSchema.nullable(),
  /** Of an item that only the index knows: its metadata there, the badge `not-here`, no picture. */
  item: itemTileSchema,
});
export type SearchResult = z.infer<typeof searchResultSchema>;

/** How one side of a query went. Where one fails the other is still shown. */
export const sideReportSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ok'),
    /** Milliseconds of its search, without embedding the query. */
    ms: z.number(),
    /** Candidates it found. */
    count: z.int(),
  }),
  z.object({
    state: z.literal('failed'),
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    action: z.string(),
  }),
]);
export type SideReport = z.infer<typeof sideReportSchema>;

const modelRefSchema = z.object({ id: z.string(), dimension: z.int() });

export const searchOutputSchema = z.object({
  mode: modeSchema,
  engine: engineSchema,
  catalogId: catalogIdSchema,
  k: z.number(),
  weights: weightsSchema,
  /** The models that made the vectors compared; null for a side not asked. */
  models: z.object({ image: modelRefSchema.nullable(), text: modelRefSchema.nullable() }),
  /** Milliseconds. */
  timing: z.object({
    /** For the vectors of the query, beyond what was searched meanwhile. */
    embedMs: z.number(),
    /** For the filter, and for comparing on both sides. */
    searchMs: z.number(),
    fuseMs: z.number(),
    totalMs: z.number(),
  }),
  /** Null for a side not asked. */
  sides: z.object({ image: sideReportSchema.nullable(), text: sideReportSchema.nullable() }),
  /** How many candidates each side found. */
  candidates: z.object({ image: z.int(), text: z.int() }),
  /** Items that could have been found: with a vector, within the filter. Null: S3 Vectors does not tell. */
  searched: z.int().nullable(),
  results: z.array(searchResultSchema),
});
export type SearchOutput = z.infer<typeof searchOutputSchema>;

export const searchContract = {
  run: oc.input(searchInputSchema).output(searchOutputSchema),
  /** Takes a dropped, pasted or picked picture and gives it an id for queries of this session. */
  addPicture: oc.input(z.object({ file: z.file() })).output(z.object({ pictureId: z.string() })),
};
