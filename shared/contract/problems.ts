import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Everything that can be wrong with a catalog, as a closed list. */
export const PROBLEM_KINDS = [
  'row-does-not-fit',
  'unclosed-quote',
  'row-unreadable',
  'row-too-long',
  'row-without-key',
  'row-without-name',
  'row-without-picture',
  'link-undefined',
  'duplicate-key',
  'duplicate-column',
  'csv-empty',
  'csv-without-key',
  'csv-unreadable',
  'picture-without-row',
  'picture-empty',
  'picture-unreadable',
  'picture-truncated',
  'picture-too-large',
  'picture-unsupported',
  'picture-vanished',
  'picture-crashed',
  'picture-given-up',
  'file-refused',
  'folder-unreadable',
  'name-unreadable',
  'name-given-up',
  'scan-given-up',
  'plan-given-up',
  'publish-refused',
  'publish-given-up',
] as const;

export const problemKindSchema = z.enum(PROBLEM_KINDS);
export type ProblemKind = z.infer<typeof problemKindSchema>;

/** `problem`: something could not be used. `notice`: used, or nothing to use, but worth knowing. */
export const problemSeveritySchema = z.enum(['problem', 'notice']);
export type ProblemSeverity = z.infer<typeof problemSeveritySchema>;

export const problemSchema = z.object({
  id: z.int(),
  kind: problemKindSchema,
  severity: problemSeveritySchema,
  /** Found while a dropped folder was copied, while scanning, embedding or publishing. */
  stage: z.enum(['drop', 'scan', 'embed', 'publish']),
  itemKey: z.string().nullable(),
  /** Relative to the catalog's root. */
  file: z.string().nullable(),
  /** 1-based line of a CSV file. */
  line: z.int().nullable(),
  field: z.string().nullable(),
  reason: z.string(),
  action: z.string(),
  /** The line as it stands in the file, at most 1,000 characters. */
  raw: z.string().nullable(),
});
export type Problem = z.infer<typeof problemSchema>;

const scopeSchema = z.object({
  catalogId: z.int().positive(),
  kind: problemKindSchema.optional(),
  severity: problemSeveritySchema.optional(),
});

export const problemsContract = {
  list: oc
    .input(
      scopeSchema.extend({
        offset: z.int().nonnegative().default(0),
        limit: z.int().positive().max(500).default(100),
      }),
    )
    .output(
      z.object({
        total: z.int(),
        kinds: z.array(
          z.object({ kind: problemKindSchema, severity: problemSeveritySchema, count: z.int() }),
        ),
        problems: z.array(problemSchema),
      }),
    ),
  /** All problems of the scope as CSV text. */
  csv: oc.input(scopeSchema).output(z.string()),
  /**
   * Tries again: the item of one problem, a kind, or everything that failed. What the scan found
   * takes another scan. Says how many jobs that makes: 0 when nothing in the scope can be retried.
   */
  retry: oc
    .input(scopeSchema.extend({ problemId: z.int().optional() }))
    .output(z.object({ queued: z.int() })),
};
