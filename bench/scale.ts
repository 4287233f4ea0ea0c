import path from 'node:path';
import type { BrowseItemsInput } from '../electron/core/browse/browse-service.ts';
import { startBenchApp, temporaryFolder } from './support/bench-app.ts';
import type { BenchApp } from './support/bench-app.ts';
import type { Effort } from './support/effort.ts';
import { makeCatalog } from './support/make-catalog.ts';
import type { Report } from './support/report.ts';
import { percentile, show, timeEach } from './support/statistics.ts';
import { stallGoal, stepTable, WATCH_METHOD } from './support/watch-report.ts';
import type { Step } from './support/watch-report.ts';
import { watch } from './support/watch.ts';

/** The size of Kaggle's Fashion Product Images. */
const ITEMS = 44_446;
const QUICK_ITEMS = 4_000;
const SCAN_GOAL_SECONDS = 60;
const BROWSE_ROUNDS = 20;

/** A catalog of full size: scanned, its names embedded, browsed, searched and scanned again. */
export async function benchScale({ isQuick }: Effort): Promise<Report> {
  const items = isQuick ? QUICK_ITEMS : ITEMS;
  const count = items.toLocaleString('en-US');
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
      engine: 'local',
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
  const steps: Step[] = [
    ['scan', scan],
    ['plan, and embedding the names', names],
    ['browsing', browsing],
    ['first search, which loads the vectors', firstSearch],
    ['second scan, nothing changed', rescan],
  ];
  return {
    title: `A catalog of ${count} items`,
    method: [
      `Input: ${count} generated items, a picture file and a row of 10 columns each, all names different; the pictures are scanned, not embedded.`,
      ...WATCH_METHOD,
    ],
    goals: [
      stallGoal(steps),
      {
        what: `Scan of ${count} items`,
        bar: `< ${SCAN_GOAL_SECONDS} s`,
        measured: `${show(scan.seconds)} s`,
        isReached: scan.seconds < SCAN_GOAL_SECONDS,
      },
    ],
    tables: [
      stepTable(steps),
      {
        title: 'Browsing (milliseconds)',
        columns: ['', 'first', 'p50 after', 'p95 after'],
        rows: browsing.result,
      },
    ],
  };
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
