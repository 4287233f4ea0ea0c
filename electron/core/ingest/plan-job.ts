import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { Modality } from '../../../shared/contract/models.ts';
import type { ProblemRepository } from '../catalog/problem-repository.ts';
import type { JobHandler } from '../queue/job-runner.ts';
import type { Job, JobKind, JobStore, NewJob } from '../queue/job-store.ts';
import type { EmbeddingRepository } from '../vectors/embedding-repository.ts';
import type { ActiveModels } from './active-models.ts';
import { noteGivenUp } from './give-up.ts';

/**
 * Item ids looked at in one turn. Ranges of ids, not pages of results: a page would walk the whole
 * catalog whenever little or nothing is left to embed. NOT INDEXED leaves only the walk by id.
 */
const RANGE = 250;

/**
 * Items whose picture needs the model: not embedded by it, or perhaps changed since. A picture that
 * was refused or given up on waits until it changes or the user asks again.
 */
const PICTURES_TO_EMBED = `
  SELECT item.id FROM item NOT INDEXED
  LEFT JOIN embedding ON embedding.item_id = item.id AND embedding.model_ref = @ref
  WHERE item.id BETWEEN @from AND @to AND item.catalog_id = @catalogId
    AND item.image_path IS NOT NULL
    AND (embedding.item_id IS NULL OR item.image_stale = 1)
    AND NOT EXISTS (SELECT 1 FROM problem WHERE problem.item_id = item.id
      AND problem.modality = 'image' AND problem.stage <> 'publish')
  ORDER BY item.id`;

/** Items whose name the model has not embedded as it stands now; refused names wait likewise. */
const NAMES_TO_EMBED = `
  SELECT item.id FROM item NOT INDEXED
  LEFT JOIN embedding ON embedding.item_id = item.id AND embedding.model_ref = @ref
  WHERE item.id BETWEEN @from AND @to AND item.catalog_id = @catalogId
    AND item.name_hash IS NOT NULL
    AND (embedding.item_id IS NULL OR embedding.content_hash <> item.name_hash)
    AND NOT EXISTS (SELECT 1 FROM problem WHERE problem.item_id = item.id
      AND problem.modality = 'text' AND problem.stage <> 'publish')
  ORDER BY item.id`;

const NAMES_GONE = `
  SELECT item.id FROM item INDEXED BY item_without_name
  WHERE item.catalog_id = ? AND item.name_hash IS NULL
    AND EXISTS (SELECT 1 FROM embedding WHERE embedding.item_id = item.id
      AND embedding.modality = 'text')
  LIMIT ${RANGE}`;

export interface PlanJobOptions {
  readonly db: Db;
  readonly embeddings: EmbeddingRepository;
  readonly problems: ProblemRepository;
  readonly store: JobStore;
  readonly models: Pick<ActiveModels, 'ref'>;
  /** There are new jobs: they need not wait for the rest of the plan. */
  readonly onPlanned: () => void;
  readonly onObstacle: (catalogId: number, error: VitrineError | null, kind: JobKind) => void;
}

/** The fan-out: one unit job for each picture and each name that has no vector yet. */
export function createPlanJob(options: PlanJobOptions): JobHandler {
  const { db, embeddings, problems, store, models, onPlanned, onObstacle } = options;
  return {
    kind: 'plan',
    batchSize: 1,
    concurrency: 1,
    async run([job], { signal }) {
      if (job === undefined) return { outcomes: [] };
      const { catalogId } = job;
      await forgetNames({ db, embeddings, catalogId, signal });
      let obstacle: VitrineError | null = null;
      for (const modality of ['text', 'image'] as const) {
        try {
          const { ref } = await models.ref(modality);
          await planModality({ db, store, job, modality, ref, onPlanned, signal });
        } catch (error) {
          if (!(error instanceof VitrineError)) throw error;
          obstacle = error; // one model missing does not hold up the other
        }
      }
      onObstacle(catalogId, obstacle, 'plan');
      if (obstacle !== null) {
        return { outcomes: [{ status: 'blocked', error: obstacle.message, pauseMs: 10_000 }] };
      }
      return {
        outcomes: [{ status: 'done' }],
        commit: () => problems.removeForCatalog(catalogId, 'plan-given-up'),
      };
    },
    giveUp: (job, error) => noteGivenUp({ db, problems }, { job, kind: 'plan', error }),
  };
}

/** Names that are gone keep no vector. */
async function forgetNames(options: {
  db: Db;
  embeddings: EmbeddingRepository;
  catalogId: number;
  signal: AbortSignal;
}): Promise<void> {
  const { db, embeddings, catalogId, signal } = options;
  const select = db.prepare<[number], number>(NAMES_GONE).pluck();
  for (;;) {
    signal.throwIfAborted();
    const gone = select.all(catalogId);
    if (gone.length === 0) return;
    db.transaction(() => {
      for (const itemId of gone) embeddings.remove(itemId, 'text');
    }).immediate();
    await nextTurn();
  }
}

async function planModality(options: {
  db: Db;
  store: JobStore;
  job: Job;
  modality: Modality;
  ref: number;
  onPlanned: () => void;
  signal: AbortSignal;
}): Promise<void> {
  const { db, store, job, modality, ref, onPlanned, signal } = options;
  const { catalogId } = job;
  const select = db
    .prepare<unknown[], number>(modality === 'image' ? PICTURES_TO_EMBED : NAMES_TO_EMBED)
    .pluck();
  await eachRange({ db, catalogId, signal }, ({ from, to }) => {
    const ids = select.all({ ref, catalogId, from, to });
    // Cancelled meanwhile: what was queued is gone, and nothing must follow it.
    if (ids.length === 0 || !store.stands(job.id)) return;
    const jobs = ids.map((itemId): NewJob => ({ kind: `embed-${modality}`, catalogId, itemId }));
    store.enqueue(jobs, Date.now());
    onPlanned();
  });
}

/** Calls `visit` for one range of item ids after another, a turn of the event loop each. */
async function eachRange(
  { db, catalogId, signal }: { db: Db; catalogId: number; signal: AbortSignal },
  visit: (range: { from: number; to: number }) => void,
): Promise<void> {
  const { first, last } = db
    .prepare<[number], { first: number | null; last: number | null }>(
      'SELECT min(id) AS first, max(id) AS last FROM item WHERE catalog_id = ?',
    )
    .get(catalogId)!;
  if (first === null || last === null) return;
  for (let from = first; from <= last; from += RANGE) {
    signal.throwIfAborted();
    visit({ from, to: from + RANGE - 1 });
    await nextTurn();
  }
}
