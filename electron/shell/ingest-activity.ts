import type { CatalogProgress } from '../../shared/contract/ingest.ts';

/** What all catalogs together are doing, as little as a dock icon can show. */
export interface IngestActivity {
  /** `unknown`: nobody watches any more, so that nothing must be left switched on. */
  readonly state: 'idle' | 'working' | 'paused' | 'unknown';
  /** 0 to 1 of what is known to do; null while that is not known (a scan). */
  readonly fraction: number | null;
  readonly problems: number;
  /** Something stands in the way of a catalog. */
  readonly isBlocked: boolean;
}

export const UNKNOWN_ACTIVITY: IngestActivity = {
  state: 'unknown',
  fraction: null,
  problems: 0,
  isBlocked: false,
};

export function summarizeIngest(progress: readonly CatalogProgress[]): IngestActivity {
  const working = progress.filter((catalog) => catalog.state === 'running');
  const paused = progress.filter((catalog) => catalog.state === 'paused');
  const busy = working.length > 0 ? working : paused;
  const stages = busy.flatMap((catalog) => catalog.stages.filter(({ stage }) => stage !== 'scan'));
  const isScanning = working.some((catalog) =>
    catalog.stages.some(({ stage, state }) => stage === 'scan' && state === 'running'),
  );
  const done = stages.reduce((sum, stage) => sum + stage.done + stage.failed, 0);
  const total = stages.reduce((sum, stage) => sum + (stage.total ?? 0), 0);
  return {
    state: working.length > 0 ? 'working' : paused.length > 0 ? 'paused' : 'idle',
    fraction: isScanning || total === 0 ? null : Math.min(1, done / total),
    problems: progress.reduce((sum, catalog) => sum + catalog.problems, 0),
    isBlocked: progress.some((catalog) => catalog.state === 'failed'),
  };
}
