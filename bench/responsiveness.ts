import path from 'node:path';
import type { BrowseItemsInput } from '../electron/core/browse/browse-service.ts';
import { startBenchApp, temporaryFolder } from './support/bench-app.ts';
import type { BenchApp } from './support/bench-app.ts';
import type { Effort } from './support/effort.ts';
import { makeCatalog } from './support/make-catalog.ts';
import { findSource } from './support/pictures.ts';
import type { Report } from './support/report.ts';
import { percentile, show, showMebibytes, timeEach } from './support/statistics.ts';
import { watch } from './support/watch.ts';
import type { Watched } from './support/watch.ts';

const ITEMS = 44_446;
const QUICK_ITEMS = 4_000;
const STALL_GOAL_MS = 50;
const SCAN_GOAL_SECONDS = 60;
const BROWSE_ROUNDS = 20;

/** Whether the main thread stays free, and memory flat, while everything else happens. */
export async function benchResponsiveness({ isQuick }: Effort): Promise<Report> {
  const items = isQuick ? QUICK_ITEMS : ITEMS;
  const large = await watchLargeCatalog(items);
  const source = await findSource();
  const ingest = await watchIngest(source.root, isQuick ? 200 : undefined);
  const watched = [...large.watched, ['pictures and names: scan and ingest', ingest] as const];
  const worst = Math.max(...watched.map(([, one]) => one.longestStallMs));
  const worstTurn = Math.max(...watched.map(([, one]) => one.longestTurnMs));
  const scanSeconds = large.watched[0]![1].seconds;
  return {
    title: 'Responsiveness',
    method: [
      "Everything as in the application, in its main process and its children, with one window's worth of listeners to progress and catalogs. Stall: event-loop delay, looked at every millisecond; on a busy machine it holds the time others had the processor. Own work: the most processor time the main thread took from one look to the next.",
      `Large: ${items.toLocaleString('en-US')} generated items with picture files and a row each (pictures not embedded). Ingest: ${source.description}, with names.`,
      'Memory: the largest resident size of the process until the end of the step.',
    ],
    goals: [
      {
        what: 'No stall of the main thread',
        bar: `<= ${STALL_GOAL_MS} ms`,
        measured: `${show(worst)} ms (${show(worstTurn)} ms own work)`,
        isReached: worst <= STALL_GOAL_MS,
      },
      {
        what: `Scan of ${items.toLocaleString('en-US')} items`,
        bar: `< ${SCAN_GOAL_SECONDS} s`,
        measured: `${show(scanSeconds)} s`,
        isReached: scanSeconds < SCAN_GOAL_SECONDS,
      },
    ],
    tables: [
      {
        title: 'Main thread and memory',
        columns: [
          '',
          'seconds',
          'longest stall ms',
          'own work ms',
          'p99 stall ms',
          'main process',
          'children',
        ],
        rows: watched.map(([name, one]) => [
          name,
          show(one.seconds),
          show(one.longestStallMs),
          show(one.longestTurnMs),
          show(one.p99StallMs),
          showMebibytes(one.peakMainBytes),
          one.peakChildBytes === 0 ? '-' : showMebibytes(one.peakChildBytes),
        ]),
      },
      {
        title: `Browsing ${items.toLocaleString('en-US')} items (milliseconds)`,
        columns: ['', 'first', 'p50 after', 'p95 after'],
        rows: large.browse,
      },
    ],
  };
}

type Step = readonly [name: string, watched: Watched<unknown>];

async function watchLargeCatalog(items: number) {
  await using folder = await temporaryFolder();
  const root = path.join(folder.path, 'catalog');
  await makeCatalog(root, { items, seed: 3 });
  await using bench = await startBenchApp({ jobs: ['scan', 'plan', 'embed-text'] });
  const { app } = bench;
  const scan = await watch(bench, async () => {
    const catalogId = await app.catalogs.add(root);
    await app.runner.whenIdle({ kinds: ['scan'], catalogId });
    return catalogId;
  });
  const catalogId = scan.result;
  const names = await watch(bench, () => app.runner.whenIdle({ catalogId }));
  const browsing = await watch(bench, () => browse(bench, catalogId));
  const firstSearch = await watch(bench, () =>
    app.search.run({
      catalogId,
      mode: 'text',
      text: 'navy blue shirt',
      top: 100,
      candidates: 100,
      k: 60,
      weights: { image: 1, text: 1 },
    }),
  );
  const rescan = await watch(bench, async () => {
    app.ingest.scan(catalogId);
    await app.runner.whenIdle({ catalogId });
  });
  const count = items.toLocaleString('en-US');
  const watched: Step[] = [
    [`scan of ${count} items`, scan],
    [`plan, and names of ${count} items`, names],
    [`browsing them`, browsing],
    [`first search: loads ${count} vectors`, firstSearch],
    [`second scan: nothing changed`, rescan],
  ];
  return { watched, browse: browsing.result };
}

async function watchIngest(root: string, sampleSize: number | undefined) {
  await using bench = await startBenchApp();
  const { app } = bench;
  return await watch(bench, async () => {
    await app.catalogs.add(root, {
      scan: {
        preset: 'auto',
        csv: {},
        ...(sampleSize === undefined ? {} : { sample: { size: sampleSize, seed: 1 } }),
      },
    });
    await app.runner.whenIdle();
  });
}

/** What the screens ask for: first as after opening, then again and again. */
async function browse({ app }: BenchApp, catalogId: number): Promise<string[][]> {
  const page: BrowseItemsInput = {
    catalogId,
    sort: { by: 'name', direction: 'asc' },
    offset: 0,
    limit: 100,
  };
  const filter = { articleType: 'Shirts', year: { $gte: 2012 } };
  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['first page by name', () => app.browse.items(page)],
    ['a page in the middle', () => app.browse.items({ ...page, offset: 20_000 })],
    ['by year', () => app.browse.items({ ...page, sort: { by: 'field:year', direction: 'desc' } })],
    ['filtered', () => app.browse.items({ ...page, filter })],
    ['containing "navy"', () => app.browse.items({ ...page, contains: 'navy' })],
    ['facets', () => app.browse.facets({ catalogId })],
    ['facets, filtered', () => app.browse.facets({ catalogId, filter })],
    ['folder tree', () => app.browse.folders(catalogId)],
  ];
  const rows: string[][] = [];
  for (const [name, call] of calls) {
    const [first = 0, ...after] = await timeEach(BROWSE_ROUNDS + 1, call);
    rows.push([name, show(first), show(percentile(after, 0.5)), show(percentile(after, 0.95))]);
  }
  return rows;
}
