import type { App } from '../core/app.ts';
import type { CatalogProgress, Stage } from '../../shared/contract/ingest.ts';
import { formatDuration } from './output.ts';
import { drawBar, showLine } from './terminal-line.ts';

/** Shows the queue's progress in one line of a terminal until stopped; nothing in a pipe. */
export function showProgress(app: App, options: { json?: boolean | undefined }): () => void {
  return showLine(() => describeProgress(app.progress()), options);
}

/** One line over all catalogs that are at work. */
export function describeProgress(catalogs: readonly CatalogProgress[]): string {
  const obstacle = catalogs.find((catalog) => catalog.obstacle !== null)?.obstacle;
  if (obstacle !== null && obstacle !== undefined) return `${obstacle.message} ${obstacle.action}`;
  const stages = catalogs.flatMap((catalog) => catalog.stages);
  const scan = stages.find((stage) => stage.stage === 'scan' && stage.state === 'running');
  if (scan !== undefined) return `Scanning, ${scan.done.toLocaleString('en')} so far`;
  return (['image', 'text'] as const)
    .map((name) =>
      describeUnits(
        stages.filter((stage) => stage.stage === name),
        name,
      ),
    )
    .filter((part) => part !== '')
    .join('   ');
}

function describeUnits(stages: readonly Stage[], name: 'image' | 'text'): string {
  const sum = (read: (stage: Stage) => number | null) =>
    stages.reduce((total, stage) => total + (read(stage) ?? 0), 0);
  const total = sum((stage) => stage.total);
  const done = sum((stage) => stage.done + stage.failed);
  if (total === 0) return '';
  const rate = sum((stage) => stage.ratePerSecond);
  const eta =
    rate > 0 ? `, ${Math.round(rate)} a second, ${formatDuration((total - done) / rate)} left` : '';
  const label = name === 'image' ? 'Pictures' : 'Names';
  return `${label} ${drawBar(done / total)} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}${eta}`;
}
