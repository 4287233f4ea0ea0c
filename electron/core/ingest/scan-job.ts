import type { ProblemRepository } from '../catalog/problem-repository.ts';
import { scanCatalog, type ScanProgress } from '../catalog/scan/scan-catalog.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { JobHandler } from '../queue/job-runner.ts';
import type { JobStore } from '../queue/job-store.ts';
import { noteGivenUp } from './give-up.ts';
import { writeScanObstacle } from './scan-obstacle.ts';

export interface ScanJobOptions {
  readonly db: Db;
  readonly problems: ProblemRepository;
  readonly store: JobStore;
  readonly onProgress: (catalogId: number, progress: ScanProgress | null) => void;
  /** The catalog's items have changed. */
  readonly onScanned: (catalogId: number) => void;
}

/** Scans one catalog, then asks for the plan of what to embed. */
export function createScanJob(options: ScanJobOptions): JobHandler {
  const { db, problems, store, onProgress, onScanned } = options;
  return {
    kind: 'scan',
    batchSize: 1,
    concurrency: 1,
    async run([job], { signal }) {
      if (job === undefined) return { outcomes: [] };
      const { catalogId } = job;
      try {
        await scanCatalog(db, catalogId, {
          signal,
          onProgress: (progress) => onProgress(catalogId, progress),
        });
      } catch (error) {
        if (!(error instanceof VitrineError) || signal.aborted) throw error;
        // A drive that comes back is noticed by the next scan the user asks for.
        return { outcomes: [{ status: 'failed', error: writeScanObstacle(error) }] };
      } finally {
        onProgress(catalogId, null);
      }
      onScanned(catalogId);
      return {
        outcomes: [{ status: 'done' }],
        commit: () => store.enqueue([{ kind: 'plan', catalogId }], Date.now()),
      };
    },
    giveUp: (job, error) => noteGivenUp({ db, problems }, { job, kind: 'scan', error }),
  };
}
