import path from 'node:path';
import { LARGE_TABLE_PICTURES, writeLargeTable } from '../tests/support/large-table.ts';
import { scanInProcess, type ScannedAlone } from '../tests/support/scan-in-process.ts';
import { temporaryFolder } from './support/bench-app.ts';
import type { Effort } from './support/effort.ts';
import type { Report } from './support/report.ts';
import { show, showMebibytes } from './support/statistics.ts';

const MB = 1024 ** 2;
/** At this size every cache of the scan is full: what grows from here on grows with the table. */
const SMALL_BYTES = 100 * MB;
const LARGE_BYTES = 1024 * MB;
const QUICK = { smallBytes: 25 * MB, largeBytes: 100 * MB };
const GROWTH_GOAL_BYTES = 64 * MB;

/** A table far larger than memory should be: it must stream. */
export async function benchCsv({ isQuick }: Effort): Promise<Report> {
  const { smallBytes, largeBytes } = isQuick
    ? QUICK
    : { smallBytes: SMALL_BYTES, largeBytes: LARGE_BYTES };
  const small = await scanTable(smallBytes);
  const large = await scanTable(largeBytes);
  const growth = large.peakBytes - small.peakBytes;
  return {
    title: `A table of ${show(largeBytes / MB)} MB`,
    method: [
      `Input: a generated products.csv of rows of about 1 kB with a quoted text in each, and ${LARGE_TABLE_PICTURES} files for the first of them; the other rows have no picture, and each is reported.`,
      'The scan runs in a process of its own; memory is the most that the system saw it have, Node itself (about 60 MB) included. The room for young objects is fixed, because V8 chooses it by the moment.',
    ],
    goals: [
      {
        what: `${show(largeBytes / smallBytes)} times the table takes no more memory`,
        bar: `<= ${showMebibytes(GROWTH_GOAL_BYTES)} more`,
        measured: growth <= 0 ? 'none' : showMebibytes(growth),
        isReached: growth <= GROWTH_GOAL_BYTES,
      },
    ],
    tables: [
      {
        title: 'Scan of one table',
        columns: ['', 'rows', 's', 'MB/s', 'peak memory'],
        rows: [toRow(smallBytes, small), toRow(largeBytes, large)],
      },
    ],
  };
}

async function scanTable(bytes: number): Promise<ScannedAlone> {
  await using folder = await temporaryFolder();
  const root = path.join(folder.path, 'catalog');
  const rows = await writeLargeTable(root, bytes);
  const scanned = await scanInProcess(root, path.join(folder.path, 'data'));
  if (scanned.rows !== rows) throw new Error(`Only ${scanned.rows} of ${rows} rows were read`);
  return scanned;
}

function toRow(bytes: number, { rows, seconds, peakBytes }: ScannedAlone): string[] {
  const rate = bytes / MB / seconds;
  return [
    `${show(bytes / MB)} MB`,
    show(rows),
    show(seconds),
    show(rate),
    showMebibytes(peakBytes),
  ];
}
