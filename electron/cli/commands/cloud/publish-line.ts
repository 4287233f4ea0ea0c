import type { PublishProgress } from '../../../../shared/contract/cloud/publish.ts';
import type { App } from '../../../core/app.ts';
import { formatDuration } from '../../output.ts';

const EVERY_MS = 200;
const LABELS = { image: 'Pictures', text: 'Names' } as const;

/** Shows publishing in one line of a terminal until stopped; nothing in a pipe. */
export function showPublishing(
  app: App,
  catalogId: number,
  options: { json?: boolean | undefined },
): () => void {
  if (!process.stderr.isTTY || options.json === true) return () => undefined;
  const timer = setInterval(() => {
    const progress = app.cloud.progress().find((one) => one.catalogId === catalogId);
    const line = progress === undefined ? '' : describePublishing(progress);
    process.stderr.write(`\r\u001B[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\u001B[2K');
  };
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
