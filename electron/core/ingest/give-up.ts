import type { ProblemKind } from '../../../shared/contract/problems.ts';
import type { NewProblem, ProblemRepository } from '../catalog/problem-repository.ts';
import type { Db } from '../db/database.ts';
import type { Job, JobKind } from '../queue/job-store.ts';

/** How a job that was tried too often is told, by what it was to do. */
const KINDS = {
  scan: 'scan-given-up',
  plan: 'plan-given-up',
  'embed-image': 'picture-given-up',
  'embed-text': 'name-given-up',
} as const satisfies Partial<Record<JobKind, ProblemKind>>;

type IngestJobKind = keyof typeof KINDS;

const ACTION = 'Try again; if it stays like this, the log says more.';

/**
 * Writes the problem of a job that is not tried again by itself, in place of what is known of it. Call
 * it in the transaction that ends the job.
 */
export function noteGivenUp(
  { db, problems }: { db: Db; problems: ProblemRepository },
  { job, kind, error }: { job: Job; kind: IngestJobKind; error: string },
): void {
  const { catalogId, attempts } = job;
  const problem = {
    catalogId,
    kind: KINDS[kind],
    severity: 'problem',
    line: null,
    field: null,
    reason: `Given up after ${attempts} tries: ${error}`,
    action: ACTION,
  } as const satisfies Partial<NewProblem>;
  if (kind === 'scan' || kind === 'plan') {
    problems.removeForCatalog(catalogId, problem.kind);
    const whole = { itemId: null, itemKey: null, modality: null, file: null, raw: null };
    problems.add({ ...problem, ...whole, stage: kind === 'scan' ? 'scan' : 'embed' });
    return;
  }
  const item = db
    .prepare<[number | null], { id: number; key: string; name: string; imagePath: string | null }>(
      'SELECT id, key, name, image_path AS imagePath FROM item WHERE id = ?',
    )
    .get(job.itemId);
  if (item === undefined) return; // it left the catalog meanwhile
  const isPicture = kind === 'embed-image';
  const modality = isPicture ? 'image' : 'text';
  problems.removeForItem(item.id, modality);
  problems.add({
    ...problem,
    itemId: item.id,
    itemKey: item.key,
    stage: 'embed',
    modality,
    file: isPicture ? item.imagePath : null,
    raw: isPicture ? null : item.name.slice(0, 1000),
  });
}
