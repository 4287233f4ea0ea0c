import type { PublishProgress } from '../../../../shared/contract/cloud/publish.ts';
import type { App } from '../../../core/app.ts';
import { formatDuration } from '../../output.ts';
import { showLine } from '../../terminal-line.ts';

const LABELS = { image: 'Pictures', text: 'Names' } as const;

/** Shows publishing in one line of a terminal until stopped; nothing in a pipe. */
export function showPublishing(
  app: App,
  catalogId: number,
  options: { json?: boolean | undefined },
): () => void {
  return showLine(() => {
    const progress = app.cloud.progress().find((one) => one.catalogId === catalogId);
    return progress === undefined ? '' : describePublishing(progress);
  }, options);
}

function describePublishing({ sides, etaSeconds, obstacle }: PublishProgress): string {
  if (obstacle !== null) return `${obstacle.message} ${obstacle.action}`;
  const parts = sides
    .filter(({ total }) => total > 0)
    .map(({ modality, done, total, ratePerSecond }) => {
      const rate = ratePerSecond === null ? '' : ` at ${Math.round(ratePerSecond)}/s`;
      return `${LABELS[modality]} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}${rate}`;
    });
  if (etaSeconds !== null) parts.push(`${formatDuration(etaSeconds)} left`);
  return parts.join('   ');
}
