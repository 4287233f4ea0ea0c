import type { Catalog } from '../../shared/contract/catalog.ts';
import { useProgress } from './catalog-choice.ts';
import { useLive } from './live.ts';
import { useSettled } from './use-settled.ts';

const EVERY_MS = 2000;

/**
 * Changes as a catalog's items and embeddings do, and when it has been published, for answers that
 * depend on these to be asked for again. With `hold` it stands still while the catalog is worked on, because someone is reading, and
 * moves on once when the work is over.
 */
export function useFreshness(catalog: Pick<Catalog, 'id' | 'revision'>, hold: boolean): string {
  const progress = useProgress(catalog.id);
  const stages = progress?.stages.map(({ stage, done, failed }) =>
    stage === 'scan' ? '' : `${done}-${failed}`,
  );
  const publishing = useLive(
    (live) => live.publishing.find(({ catalogId }) => catalogId === catalog.id)?.state,
  );
  const now = [catalog.revision, progress?.state, publishing, ...(stages ?? [])].join(':');
  const still = hold && progress?.state === 'running';
  return useSettled(now, still ? Number.POSITIVE_INFINITY : EVERY_MS);
}
