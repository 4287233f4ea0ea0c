import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { filterSchema, metadataSchema, metadataValueSchema, primitiveSchema } from './filter.ts';
import { problemKindSchema, problemSeveritySchema } from './problems.ts';

export const catalogIdSchema = z.int().positive();

/** How the CSV of a catalog is read; whatever is left out is detected. */
export const csvOptionsSchema = z.object({
  /** CSV files relative to the catalog's folder. Detected when left out; `[]` means no CSV. */
  files: z.array(z.string()).optional(),
  delimiter: z.string().length(1).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  /** Whether the first line holds the column names. */
  header: z.boolean().optional(),
  /** Column that holds the item key (joined to the file stem). */
  keyColumn: z.string().optional(),
  /** Column that holds the picture's path or file name. */
  imageColumn: z.string().optional(),
  /** Column that holds the product name. */
  nameColumn: z.string().optional(),
});
export type CsvOptions = z.infer<typeof csvOptionsSchema>;

export const scanOptionsSchema = z.object({
  preset: z.enum(['auto', 'kaggle-fashion', 'csv', 'pictures']).default('auto'),
  csv: csvOptionsSchema.default({}),
  /** Takes `size` items, chosen by `seed`: the same seed takes the same items. */
  sample: z.object({ size: z.int().positive(), seed: z.int().default(0) }).optional(),
});
export type ScanOptions = z.infer<typeof scanOptionsSchema>;

export const fieldTypeSchema = z.enum(['string', 'number', 'boolean']);

export const fieldSchema = z.object({ name: z.string(), type: fieldTypeSchema });
export type Field = z.infer<typeof fieldSchema>;

export const catalogSchema = z.object({
  id: catalogIdSchema,
  name: z.string(),
  /** Absolute path of the folder. */
  root: z.string(),
  /** False while the folder cannot be reached (a drive unplugged). */
  online: z.boolean(),
  isSample: z.boolean(),
  preset: z.enum(['kaggle-fashion', 'csv', 'pictures']).nullable(),
  /** CSV files joined, relative to the root. */
  csvFiles: z.array(z.string()),
  items: z.int(),
  /** Picture files found by the last scan. */
  images: z.int(),
  /** CSV rows read by the last scan. */
  rows: z.int(),
  problems: z.int(),
  notices: z.int(),
  /** Items with a vector of the model in use: the one that answers queries in this catalog. */
  embedded: z.object({ image: z.int(), text: z.int() }),
  fields: z.array(fieldSchema),
  /** Grows with every change of items, so that caches know when to refetch. */
  revision: z.int(),
  paused: z.boolean(),
  scannedAt: z.number().nullable(),
  scanSeconds: z.number().nullable(),
});
export type Catalog = z.infer<typeof catalogSchema>;

export const itemTileSchema = z.object({
  /** Below zero for an item not in the catalog (`not-here`, `gone`): the same for the same key. */
  id: z.int(),
  key: z.string(),
  /** Empty when the catalog gives none. */
  name: z.string(),
  /** Path relative to the catalog's root with forward slashes; null when the item has no picture. */
  imagePath: z.string().nullable(),
  /** Changes when the picture changes: part of the picture's address. */
  imageVersion: z.string(),
  metadata: metadataSchema,
  /** What stands in the way of finding this item, and whether an index in the cloud holds it. */
  badges: z.array(z.enum(['not-embedded', 'problem', 'missing', 'not-here', 'gone', 'published'])),
});
export type ItemTile = z.infer<typeof itemTileSchema>;

export const itemProblemSchema = z.object({
  id: z.int(),
  kind: problemKindSchema,
  severity: problemSeveritySchema,
  file: z.string().nullable(),
  line: z.int().nullable(),
  field: z.string().nullable(),
  reason: z.string(),
  action: z.string(),
});

export const itemDetailSchema = itemTileSchema.extend({
  catalogId: catalogIdSchema,
  imageBytes: z.int().nullable(),
  rowFile: z.string().nullable(),
  rowLine: z.int().nullable(),
  embedded: z.object({
    image: z.object({ model: z.string(), dimension: z.int() }).nullable(),
    text: z.object({ model: z.string(), dimension: z.int() }).nullable(),
  }),
  problems: z.array(itemProblemSchema),
});
export type ItemDetail = z.infer<typeof itemDetailSchema>;

export const facetSchema = z.object({
  field: z.string(),
  type: fieldTypeSchema,
  /** How many different values there are, of which `values` holds the commonest. */
  distinct: z.int(),
  values: z.array(z.object({ value: metadataValueSchema, count: z.int() })),
});
export type Facet = z.infer<typeof facetSchema>;

const browseScopeSchema = z.object({
  catalogId: catalogIdSchema,
  /** Only items whose picture lies in this folder or below (relative, forward slashes). */
  folder: z.string().optional(),
  filter: filterSchema.optional(),
});

export const browseSortSchema = z.object({
  /** `name`, `key`, or the name of a metadata field prefixed with `field:`. */
  by: z.string().default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
});

const listSchema = browseScopeSchema.extend({
  /** Items whose name or key holds these words. */
  contains: z.string().optional(),
  sort: browseSortSchema.default({ by: 'name', direction: 'asc' }),
  /**
   * Name of a metadata field: items with equal values stand together, smallest value first, and are
   * sorted among themselves. Those without the field come last.
   */
  groupBy: z.string().optional(),
});

/** Items that stand together in a list because they have the same value of a field. */
export const itemGroupSchema = z.object({
  /** Null for the items without the field. */
  value: primitiveSchema.nullable(),
  count: z.int(),
});
export type ItemGroup = z.infer<typeof itemGroupSchema>;

export const folderNodeSchema = z.object({ path: z.string(), items: z.int() });
export type FolderNode = z.infer<typeof folderNodeSchema>;

export const catalogContract = {
  list: oc.output(z.array(catalogSchema)),
  /** Adds a folder (or scans it again when it is there already); the scan runs in the queue. */
  add: oc
    .input(
      z.object({
        path: z.string().min(1),
        name: z.string().trim().min(1).max(120).optional(),
        options: scanOptionsSchema.optional(),
      }),
    )
    .output(z.object({ catalogId: catalogIdSchema })),
  addSample: oc.output(z.object({ catalogId: catalogIdSchema })),
  rescan: oc.input(z.object({ catalogId: catalogIdSchema })).output(z.void()),
  rename: oc
    .input(z.object({ catalogId: catalogIdSchema, name: z.string().trim().min(1).max(120) }))
    .output(z.void()),
  /** Forgets the catalog and its vectors; the folder is never touched. */
  remove: oc.input(z.object({ catalogId: catalogIdSchema })).output(z.void()),
  /** Emits whenever the list or a revision changes. */
  changes: oc.output(eventIterator(z.array(catalogSchema))),
};

export const browseContract = {
  items: oc
    .input(
      listSchema.extend({
        offset: z.int().nonnegative().default(0),
        limit: z.int().positive().max(1000).default(200),
      }),
    )
    .output(
      z.object({
        total: z.int(),
        items: z.array(itemTileSchema),
        /** Of the whole list in its order; with `groupBy`, on the page at offset 0. */
        groups: z.array(itemGroupSchema).optional(),
      }),
    ),
  /** The place of an item in a list, from 0; null when the list does not hold it. */
  place: oc
    .input(listSchema.extend({ itemId: z.int() }))
    .output(z.object({ index: z.int().nullable() })),
  facets: oc
    .input(browseScopeSchema.extend({ limit: z.int().positive().max(200).default(50) }))
    .output(z.array(facetSchema)),
  folders: oc.input(z.object({ catalogId: catalogIdSchema })).output(z.array(folderNodeSchema)),
  item: oc.input(z.object({ itemId: z.int() })).output(itemDetailSchema),
};
