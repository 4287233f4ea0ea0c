import type { CatalogProgress, Stage, StageName } from '../../../shared/contract/ingest.ts';
import type { CatalogRepository, CatalogRow } from '../catalog/catalog-repository.ts';
import type { ProblemRepository } from '../catalog/problem-repository.ts';
import type { ScanProgress } from '../catalog/scan/scan-catalog.ts';
import type { VitrineError } from '../errors.ts';
import { isSettled, type FinishedBatch } from '../queue/job-runner.ts';
import type { JobCounts, JobKind, JobStore } from '../queue/job-store.ts';
import { readScanObstacle } from './scan-obstacle.ts';
import { Throughput } from './throughput.ts';

const UNIT_STAGES = { image: 'embed-image', text: 'embed-text' } as const satisfies Partial<
  Record<StageName, JobKind>
>;

const PLAN_FAILED = {
  code: 'INTERNAL',
  message: 'What is to be embedded could not be planned.',
  action: 'See the problems of the catalog, and try again from there.',
} as const;

interface Wanted {
  readonly revision: number;
  readonly image: number;
  readonly text: number;
}

/** What every catalog's ingest is doing: counts from the queue, rates and scans from this process. */
export class Progress {
  readonly #catalogs: CatalogRepository;
  readonly #problems: ProblemRepository;
  readonly #store: JobStore;
  /** Whether a process is there that runs jobs: this one or another. */
  readonly #isAttended: () => boolean;
  readonly #scans = new Map<number, ScanProgress>();
  /** By catalog, then by the kind of job that met it. */
  readonly #obstacles = new Map<number, Map<JobKind, VitrineError>>();
  /** Only a scan changes these, and counting walks the whole catalog. */
  readonly #wants = new Map<number, Wanted>();
  /** By catalog, then by kind of job. */
  readonly #throughput = new Map<number, Map<JobKind, Throughput>>();

  constructor(options: {
    catalogs: CatalogRepository;
    problems: ProblemRepository;
    store: JobStore;
    isAttended?: () => boolean;
  }) {
    this.#isAttended = options.isAttended ?? (() => true);
    this.#catalogs = options.catalogs;
    this.#problems = options.problems;
    this.#store = options.store;
  }

  noteScan(catalogId: number, progress: ScanProgress | null): void {
    if (progress === null) this.#scans.delete(catalogId);
    else this.#scans.set(catalogId, progress);
  }

  noteObstacle(catalogId: number, error: VitrineError | null, kind: JobKind): void {
    const obstacles = this.#obstacles.get(catalogId) ?? new Map<JobKind, VitrineError>();
    this.#obstacles.set(catalogId, obstacles);
    if (error === null) obstacles.delete(kind);
    else obstacles.set(kind, error);
  }

  noteBatch({ kind, jobs, outcomes, ms }: FinishedBatch): void {
    const settled = jobs.filter((_, index) => isSettled(outcomes[index]));
    for (const [catalogId, group] of Map.groupBy(settled, (job) => job.catalogId)) {
      this.#throughputOf(catalogId, kind).note(group.length, ms);
    }
  }

  /** Drops what is known of catalogs that are not among these. */
  keepOnly(catalogIds: ReadonlySet<number>): void {
    for (const known of [this.#scans, this.#obstacles, this.#wants, this.#throughput]) {
      for (const id of known.keys()) if (!catalogIds.has(id)) known.delete(id);
    }
  }

  snapshot(): CatalogProgress[] {
    return this.#catalogs.list().map((catalog) => this.#describe(catalog));
  }

  #describe(catalog: CatalogRow): CatalogProgress {
    const failed = this.#problems.countFailed(catalog.id);
    const stages = [
      this.#scanStage(catalog),
      this.#unitStage(catalog, 'image', failed.image),
      this.#unitStage(catalog, 'text', failed.text),
    ];
    const obstacle = this.#obstacle(catalog);
    const state = summarize(stages, obstacle !== null);
    return {
      catalogId: catalog.id,
      state: state === 'running' && !this.#isAttended() ? 'waiting' : state,
      stages,
      ...this.#problems.count(catalog.id),
      obstacle,
    };
  }

  #scanStage(catalog: CatalogRow): Stage {
    const counts = this.#store.counts(catalog.id, 'scan');
    const scan = this.#scans.get(catalog.id);
    const state =
      counts.running > 0
        ? 'running'
        : counts.queued > 0
          ? catalog.paused
            ? 'paused'
            : 'waiting'
          : counts.failed > 0
            ? 'failed'
            : catalog.scannedAt === null
              ? 'waiting'
              : 'done';
    return {
      stage: 'scan',
      state,
      done: scan?.done ?? catalog.imageCount,
      total: scan === undefined ? catalog.imageCount : scan.total,
      failed: counts.failed,
      ratePerSecond: null,
      etaSeconds: null,
      seconds: catalog.scanMs === null ? null : catalog.scanMs / 1000,
    };
  }

  /** `failed` counts problems, not jobs: an empty file has a problem and never had a job. */
  #unitStage(catalog: CatalogRow, stage: 'image' | 'text', failed: number): Stage {
    const kind = UNIT_STAGES[stage];
    const counts = this.#store.counts(catalog.id, kind);
    const throughput = this.#throughputOf(catalog.id, kind);
    const left = counts.queued + counts.running;
    const rate = left === 0 ? null : throughput.ratePerSecond();
    const wanted = this.#wanted(catalog)[stage];
    // Items embedded elsewhere have no job here; jobs that were cancelled are still wanted.
    const plan = this.#store.counts(catalog.id, 'plan');
    const isPlanning = plan.queued + plan.running > 0;
    const isUnplanned = isPlanning || plan.failed > 0;
    const isStopped = left === 0 && catalog.paused && counts.done + failed < wanted;
    const total = Math.max(wanted, left + counts.done + failed);
    return {
      stage,
      state: isStopped ? 'paused' : unitState(catalog, { ...counts, isPlanning }),
      done: isStopped || isUnplanned ? counts.done : Math.max(0, total - left - failed),
      total,
      failed,
      ratePerSecond: rate,
      etaSeconds: rate === null || rate === 0 ? null : left / rate,
      seconds: throughput.seconds(),
    };
  }

  /** How many items have a picture, and a name. */
  #wanted(catalog: CatalogRow): Wanted {
    const known = this.#wants.get(catalog.id);
    if (known?.revision === catalog.revision) return known;
    const wanted = { ...this.#catalogs.countContents(catalog.id), revision: catalog.revision };
    this.#wants.set(catalog.id, wanted);
    return wanted;
  }

  #obstacle(catalog: CatalogRow): CatalogProgress['obstacle'] {
    const [error] = this.#obstacles.get(catalog.id)?.values() ?? [];
    if (error !== undefined) {
      return { code: error.code, message: error.message, action: error.data.action ?? '' };
    }
    const scanError = this.#store.lastError(catalog.id, 'scan');
    if (scanError !== null) return readScanObstacle(scanError);
    return this.#store.counts(catalog.id, 'plan').failed > 0 ? PLAN_FAILED : null;
  }

  #throughputOf(catalogId: number, kind: JobKind): Throughput {
    const known = this.#throughput.get(catalogId) ?? new Map<JobKind, Throughput>();
    this.#throughput.set(catalogId, known);
    const throughput = known.get(kind) ?? new Throughput();
    known.set(kind, throughput);
    return throughput;
  }
}

function unitState(
  catalog: CatalogRow,
  counts: JobCounts & { isPlanning: boolean },
): Stage['state'] {
  if (counts.running > 0) return catalog.paused ? 'paused' : 'running';
  if (counts.queued > 0 || counts.isPlanning) return catalog.paused ? 'paused' : 'waiting';
  return catalog.scannedAt === null ? 'waiting' : 'done';
}

function summarize(stages: readonly Stage[], isBlocked: boolean): CatalogProgress['state'] {
  if (stages.some((stage) => stage.state === 'failed') || isBlocked) return 'failed';
  if (stages.some((stage) => stage.state === 'paused')) return 'paused';
  const isWorking = stages.some(
    (stage) =>
      stage.state === 'running' || (stage.state === 'waiting' && stage.total !== stage.done),
  );
  return isWorking ? 'running' : 'idle';
}
