import type { ModelDownload } from '../../shared/contract/models.ts';
import { formatBytes, formatDuration } from './output.ts';
import { drawBar } from './terminal-line.ts';

/** Shows a download in one line of a terminal; nothing in a pipe. */
export function showDownload(options: { json?: boolean | undefined }): {
  show(state: ModelDownload): void;
  end(): void;
} {
  if (!process.stderr.isTTY || options.json === true) {
    return { show: () => undefined, end: () => undefined };
  }
  return {
    show(state) {
      const line = describeDownload(state);
      process.stderr.write(`\r\u001B[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    },
    end() {
      process.stderr.write('\r\u001B[2K');
    },
  };
}

function describeDownload(download: ModelDownload): string {
  const { state, doneBytes, totalBytes, bytesPerSecond, etaSeconds, error } = download;
  if (state === 'verifying') return 'Verifying…';
  if (state === 'waiting') return `${error?.message ?? 'The connection broke.'} Trying again…`;
  const bar = drawBar(totalBytes === null ? 0 : doneBytes / totalBytes);
  const parts = [
    `${bar} ${formatBytes(doneBytes)}`,
    totalBytes === null ? '' : ` of ${formatBytes(totalBytes)}`,
    bytesPerSecond === null ? '' : `, ${formatBytes(bytesPerSecond)} a second`,
    etaSeconds === null ? '' : `, ${formatDuration(etaSeconds)} left`,
  ];
  return parts.join('');
}
