import type { CatalogRepository } from '../catalog/catalog-repository.ts';
import type { ProblemRepository } from '../catalog/problem-repository.ts';
import type { Db } from '../db/database.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { Log } from '../ports.ts';
import { Instance } from '../queue/instance.ts';
import { JobRunner, type JobHandler } from '../queue/job-runner.ts';
import type { JobKind, JobStore } from '../queue/job-store.ts';
import type { EmbeddingRepository } from '../vectors/embedding-repository.ts';
import type { LocalEngine } from '../vectors/local-engine.ts';
import type { ActiveModels } from './active-models.ts';
import { IngestService, type IngestServiceOptions } from './ingest-service.ts';
import { IngestTotals } from './ingest-totals.ts';
import { createNameJob } from './name-job.ts';
import { createPictureJob } from './picture-job.ts';
import { createPlanJob } from './plan-job.ts';
import { Progress } from './progress.ts';
import { createScanJob } from './scan-job.ts';

/** The queue with everything that runs in it. */
export interface Ingest {
  readonly service: IngestService;
  readonly runner: JobRunner;
  /** This process among those that may use the data folder. */
  readonly instance: Instance;
  readonly progress: Progress;
  /** What this process has done since it started. */
  readonly totals: IngestTotals;
  /** Kinds of jobs this process runs. */
  readonly kinds: ReadonlySet<JobKind>;
}

export function createIngest(parts: {
  readonly db: Db;
  readonly catalogs: CatalogRepository;
  readonly problems: ProblemRepository;
  readonly embeddings: EmbeddingRepository;
  readonly models: ActiveModels;
  readonly embedder: Embedder;
  readonly engine: LocalEngine;
  readonly store: JobStore;
  /** Jobs beside those that embed. */
  readonly otherJobs: readonly JobHandler[];
  /** Kinds of jobs this process runs; all by default. */
  readonly kinds: readonly JobKind[] | undefined;
  readonly publishAgain: IngestServiceOptions['publishAgain'];
  readonly log: Log;
  readonly onChange: () => void;
}): Ingest {
  const { db, catalogs, problems, embeddings, models, store, onChange } = parts;
  const instance = new Instance(db, store);
  const progress = new Progress({
    catalogs,
    problems,
    store,
    isAttended: () => instance.isAnyAlive(),
  });
  const totals = new IngestTotals();
  const onObstacle: Progress['noteObstacle'] = (catalogId, error, kind) => {
    progress.noteObstacle(catalogId, error, kind);
    onChange();
  };
  const { embedder, engine } = parts;
  const embedJobs = { db, embedder, embeddings, problems, engine, models, onObstacle };
  const handlers = [
    createScanJob({
      db,
      problems,
      store,
      onProgress: (catalogId, scan) => {
        progress.noteScan(catalogId, scan);
        onChange();
      },
      onScanned: onChange,
    }),
    createPlanJob({
      db,
      embeddings,
      problems,
      store,
      models,
      onPlanned: () => runner.kick(),
      onObstacle,
    }),
    createNameJob(embedJobs),
    createPictureJob(embedJobs),
    ...parts.otherJobs,
  ].filter((handler) => parts.kinds?.includes(handler.kind) ?? true);
  const runner = new JobRunner({
    db,
    store,
    owner: instance.id,
    handlers,
    log: parts.log,
    onBatch: (batch) => {
      progress.noteBatch(batch);
      totals.noteBatch(batch);
      onChange();
    },
  });
  const service = new IngestService({
    db,
    catalogs,
    problems,
    store,
    runner,
    publishAgain: parts.publishAgain,
    onChange,
  });
  const kinds = new Set(handlers.map(({ kind }) => kind));
  return { service, runner, instance, progress, totals, kinds };
}
