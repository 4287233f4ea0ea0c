import type { Diagnostics } from './contract/diagnostics.ts';

/** Diagnostics as text to paste into a report, one fact a line. In English, for whoever reads it. */
export function formatDiagnostics(diagnostics: Diagnostics): string {
  const { app, runtime, system, dataDir, models, catalogs, queue, log } = diagnostics;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const versions = Object.entries(runtime).map(([name, version]) => `${name} ${version}`);
  return [
    `Vitrine ${app.version} (${app.host})`,
    versions.join(', '),
    `${system.platform} ${system.release} ${system.arch}, ${system.cpu}, ${system.cores} cores`,
    `Memory: ${gigabytes(system.memoryBytes)}, free ${gigabytes(system.freeMemoryBytes)}, ` +
      `used here ${gigabytes(system.residentBytes)}`,
    `Data folder: ${dataDir}`,
    '',
    'Models:',
    ...models.map(({ id, state, active, sha256, perSecond }) =>
      [
        `  ${active ? '*' : '-'} ${id}: ${state}`,
        sha256 === null ? '' : ` ${sha256}`,
        perSecond === null ? '' : ` ${perSecond.toFixed(1)}/s`,
      ].join(''),
    ),
    '',
    'Catalogs:',
    ...(catalogs.length === 0 ? ['  none'] : []),
    ...catalogs.map(
      (catalog) =>
        `  ${catalog.id}: ${catalog.state}, ${catalog.items} items, ${catalog.pictures} pictures, ` +
        `embedded ${catalog.embeddedPictures} + ${catalog.embeddedNames}, ` +
        `${catalog.problems} problems${catalog.online ? '' : ', offline'}`,
    ),
    '',
    'Queue:',
    ...(queue.length === 0 ? ['  empty'] : []),
    ...queue.map(({ kind, state, count }) => `  ${kind} ${state}: ${count}`),
    '',
    'Last warnings and errors:',
    ...(log.length === 0 ? ['  none'] : []),
    ...log.map(({ time, level, message }) => `  ${time} ${level} ${message}`),
    '',
  ].join('\n');
}
