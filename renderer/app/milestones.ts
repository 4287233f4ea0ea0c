import type { CatalogProgress } from '../../shared/contract/ingest.ts';

/** What is worth saying aloud about a catalog's way through ingest. */
export type Milestone =
  | { readonly kind: 'started' | 'paused' }
  | { readonly kind: 'part'; readonly percent: number }
  | { readonly kind: 'done'; readonly problems: number }
  | { readonly kind: 'obstacle'; readonly message: string };

const PARTS = [75, 50, 25] as const;

/** What happened between two snapshots of a catalog's progress; null when it is not worth a word. */
export function milestoneBetween(
  before: CatalogProgress,
  after: CatalogProgress,
): Milestone | null {
  if (after.obstacle !== null && before.obstacle?.code !== after.obstacle.code) {
    return { kind: 'obstacle', message: after.obstacle.message };
  }
  if (before.state !== after.state) {
    switch (after.state) {
      case 'running':
        return { kind: 'started' };
      case 'paused':
        return { kind: 'paused' };
      case 'idle':
        return before.state === 'running' ? { kind: 'done', problems: after.problems } : null;
      case 'failed':
        return null;
    }
  }
  if (after.state !== 'running') return null;
  const [from, to] = [embeddedPercent(before), embeddedPercent(after)];
  const percent = PARTS.find((part) => from < part && to >= part);
  return percent === undefined ? null : { kind: 'part', percent };
}

/** Of pictures and names together; 0 while it is not known how many there are. */
function embeddedPercent({ stages }: CatalogProgress): number {
  const embedding = stages.filter(({ stage }) => stage !== 'scan');
  const total = embedding.reduce((sum, stage) => sum + (stage.total ?? 0), 0);
  const done = embedding.reduce((sum, stage) => sum + stage.done + stage.failed, 0);
  return total === 0 ? 0 : (done / total) * 100;
}
