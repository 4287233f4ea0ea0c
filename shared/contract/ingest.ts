import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

export const stageNameSchema = z.enum(['scan', 'image', 'text']);
export type StageName = z.infer<typeof stageNameSchema>;

/** One bar of the Ingest screen: numbers only, the window writes the words. */
export const stageSchema = z.object({
  stage: stageNameSchema,
  state: z.enum(['waiting', 'running', 'paused', 'done', 'failed']),
  done: z.int(),
  /** Null while it is not known (a scan under way). */
  total: z.int().nullable(),
  /** Items given up on; each has a problem. */
  failed: z.int(),
  /** Over the last seconds; null when nothing ran lately. */
  ratePerSecond: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  /** Working time so far, seconds; null before it starts. */
  seconds: z.number().nullable(),
});
export type Stage = z.infer<typeof stageSchema>;

export const catalogProgressSchema = z.object({
  catalogId: z.int().positive(),
  /** `waiting`: there is work, and no process of Vitrine is running that would do it. */
  state: z.enum(['idle', 'waiting', 'running', 'paused', 'failed']),
  stages: z.array(stageSchema),
  problems: z.int(),
  notices: z.int(),
  /** Why nothing moves, when the reason is not an item's (model missing, folder offline). */
  obstacle: z.object({ code: z.string(), message: z.string(), action: z.string() }).nullable(),
});
export type CatalogProgress = z.infer<typeof catalogProgressSchema>;

export const ingestContract = {
  /** The state of every catalog now and after each change, at most four times a second. */
  live: oc.output(eventIterator(z.array(catalogProgressSchema))),
  pause: oc.input(z.object({ catalogId: z.int().positive() })).output(z.void()),
  resume: oc.input(z.object({ catalogId: z.int().positive() })).output(z.void()),
  /** Drops what is queued; vectors made so far stay. `resume` queues the rest again. */
  cancel: oc.input(z.object({ catalogId: z.int().positive() })).output(z.void()),
};
