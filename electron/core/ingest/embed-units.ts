import { existsSync } from 'node:fs';
import type { Modality } from '../../../shared/contract/models.ts';
import type { ProblemRepository } from '../catalog/problem-repository.ts';
import type { Db } from '../db/database.ts';
import type { EmbedOutcome, Embedder, Refused } from '../embedding/embedder.ts';
import { VitrineError } from '../errors.ts';
import type { BatchResult, JobOutcome } from '../queue/job-runner.ts';
import type { Job, JobKind } from '../queue/job-store.ts';
import type {
  EmbeddingRepository,
  EmbeddingRow,
  ModelRef,
} from '../vectors/embedding-repository.ts';
import type { LocalEngine } from '../vectors/local-engine.ts';
import type { ActiveModels } from './active-models.ts';
import { adoptUnverified } from './adopt-unverified.ts';
import { readItems, type ItemRow } from './item-rows.ts';

export interface EmbedJobsOptions {
  readonly db: Db;
  readonly embedder: Embedder;
  readonly embeddings: EmbeddingRepository;
  readonly problems: ProblemRepository;
  readonly engine: Pick<LocalEngine, 'noteSaved'>;
  readonly models: Pick<ActiveModels, 'ref'>;
  readonly onObstacle: (catalogId: number, error: VitrineError | null, kind: JobKind) => void;
}

/** What a unit job needs done, decided from the state as it is now. */
type Work<Input> =
  | { readonly item: ItemRow; readonly input: Input }
  | { readonly item: ItemRow | undefined; readonly input: null };

const DONE: JobOutcome = { status: 'done' };
const NOTHING_TO_DO: JobOutcome = { status: 'done', hadNothingToDo: true };
/** How long jobs wait for a model or a drive before they look again. */
const BLOCKED_MS = 5_000;

export interface Units<Input> {
  readonly jobs: readonly Job[];
  readonly modality: Modality;
  /** What to embed, or null when there is nothing to do (any more). */
  readonly toInput: (item: ItemRow) => Input | null;
  readonly embed: (
    modelId: string,
    inputs: readonly Input[],
    ref: ModelRef,
  ) => Promise<(EmbedOutcome | undefined)[]>;
}

/** Reads the state, embeds what needs it, and says how to write the results in one transaction. */
export async function runUnits<Input>(
  options: EmbedJobsOptions,
  units: Units<Input>,
): Promise<BatchResult> {
  const { jobs, modality, toInput, embed } = units;
  const catalogIds = new Set(jobs.map((job) => job.catalogId));
  try {
    const ref = await options.models.ref(modality);
    let items = readItems(options.db, jobs, ref);
    const adopted = await adoptUnverified(options.db, items.values(), { modality, ref });
    if (adopted > 0) items = readItems(options.db, jobs, ref);
    const work = jobs.map(({ itemId }): Work<Input> => {
      const item = items.get(itemId);
      const input = item === undefined ? null : toInput(item);
      return item !== undefined && input !== null ? { item, input } : { item, input: null };
    });
    const inputs = work.flatMap((unit) => (unit.input === null ? [] : [unit.input]));
    const outcomes = inputs.length === 0 ? [] : await embed(ref.id, inputs, ref);
    // Another model was chosen while this one ran: what the jobs are for is now its vectors.
    if ((await options.models.ref(modality)).ref !== ref.ref) {
      const error = 'Another model is in use by now.';
      return { outcomes: jobs.map(() => ({ status: 'retry', error, afterMs: 0 })) };
    }
    const offline = outcomes.some(isVanished) ? findOffline(work) : new Map<string, VitrineError>();
    for (const catalogId of catalogIds) {
      const root = work.find(({ item }) => item?.catalogId === catalogId)?.item?.root ?? '';
      options.onObstacle(catalogId, offline.get(root) ?? null, `embed-${modality}`);
    }
    const now = readItems(options.db, jobs, ref);
    const isOutdated = ({ id, contentVersion }: ItemRow) =>
      (now.get(id)?.contentVersion ?? contentVersion) !== contentVersion;
    return collect(options, { work, outcomes, ref, modality, offline, isOutdated });
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code === 'CANCELLED') throw error;
    for (const catalogId of catalogIds) {
      options.onObstacle(catalogId, error, `embed-${modality}`);
    }
    const { message } = error;
    return {
      outcomes: jobs.map(() => ({ status: 'blocked', error: message, pauseMs: BLOCKED_MS })),
    };
  }
}

/** Pairs work with outcomes, and says how to write both in one transaction. */
function collect<Input>(
  options: EmbedJobsOptions,
  batch: {
    work: readonly Work<Input>[];
    outcomes: readonly (EmbedOutcome | undefined)[];
    ref: ModelRef;
    modality: Modality;
    /** Catalog folders that cannot be reached, with what to say about them. */
    offline: ReadonlyMap<string, VitrineError>;
    /** Whether a scan has found other content while this was embedded. */
    isOutdated: (item: ItemRow) => boolean;
  },
): BatchResult {
  const { db, embeddings, problems, engine } = options;
  const { work, outcomes, ref, modality, offline, isOutdated } = batch;
  const results: { item: ItemRow; outcome: EmbedOutcome }[] = [];
  let next = 0;
  const jobOutcomes = work.map(({ item, input }): JobOutcome => {
    if (item === undefined || input === null) return NOTHING_TO_DO;
    const outcome = outcomes[next++];
    if (outcome === undefined) return { status: 'retry', error: 'The embedder gave no answer.' };
    const isOffline = isVanished(outcome) ? offline.get(item.root) : undefined;
    if (isOffline !== undefined) {
      const { message } = isOffline;
      return { status: 'blocked', error: message, pauseMs: BLOCKED_MS, isCatalogOnly: true };
    }
    if (isOutdated(item)) return { status: 'retry', error: 'It changed meanwhile.', afterMs: 0 };
    results.push({ item, outcome });
    if (outcome.status === 'refused') return { status: 'failed', error: outcome.reason };
    return outcome.status === 'unchanged' ? NOTHING_TO_DO : DONE;
  });
  const saved: (EmbeddingRow & { readonly key: string; readonly catalogId: number })[] = [];
  const commit = () => {
    const exists = db.prepare<[number], number>('SELECT 1 FROM item WHERE id = ?').pluck();
    const settle = db.prepare('UPDATE item SET image_stale = 0, image_missing = ? WHERE id = ?');
    for (const { item, outcome } of results) {
      // It may have left the catalog while it was being embedded.
      if (exists.get(item.id) === undefined) continue;
      if (modality === 'image') {
        settle.run(isVanished(outcome) ? 1 : 0, item.id);
      }
      problems.removeForItem(item.id, modality);
      if (outcome.status === 'embedded') {
        const { contentHash, vector } = outcome;
        const { id: itemId, key, catalogId } = item;
        saved.push({ itemId, ref, contentHash, vector, key, catalogId });
      } else if (outcome.status === 'refused') {
        // What the picture was before is no longer there to be found; one that is only gone may return.
        if (!isVanished(outcome)) embeddings.remove(item.id, modality);
        problems.add(toProblem(item, outcome, modality));
      }
    }
    embeddings.save(saved);
  };
  const onCommitted = () => {
    for (const [catalogId, rows] of Map.groupBy(saved, (row) => row.catalogId)) {
      engine.noteSaved(catalogId, ref, rows);
    }
  };
  return { outcomes: jobOutcomes, commit, onCommitted };
}

/** Files that are gone because the whole folder is gone are no fault of theirs: such folders. */
function findOffline(work: readonly Work<unknown>[]): Map<string, VitrineError> {
  const roots = new Set(work.flatMap(({ item }) => (item === undefined ? [] : [item.root])));
  return new Map(
    [...roots].flatMap((root): [string, VitrineError][] => {
      if (existsSync(root)) return [];
      const action = 'Connect the drive or bring the folder back; embedding goes on by itself.';
      const message = `The folder ${root} cannot be reached.`;
      return [[root, new VitrineError('FOLDER_NOT_FOUND', message, { action, subject: root })]];
    }),
  );
}

function isVanished(outcome: EmbedOutcome | undefined): boolean {
  return outcome?.status === 'refused' && outcome.kind === 'picture-vanished';
}

function toProblem(item: ItemRow, refused: Refused, modality: Modality) {
  return {
    catalogId: item.catalogId,
    itemId: item.id,
    itemKey: item.key,
    stage: 'embed' as const,
    modality,
    kind: refused.kind,
    severity: 'problem' as const,
    file: modality === 'image' ? item.imagePath : null,
    line: null,
    field: null,
    reason: refused.reason,
    action: refused.action,
    raw: modality === 'text' ? item.name.slice(0, 1000) : null,
  };
}
