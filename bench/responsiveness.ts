import { startBenchApp } from './support/bench-app.ts';
import type { Effort } from './support/effort.ts';
import { findSource } from './support/pictures.ts';
import type { Report } from './support/report.ts';
import { show } from './support/statistics.ts';
import { stallGoal, stepTable, WATCH_METHOD } from './support/watch-report.ts';
import type { Step } from './support/watch-report.ts';
import { watch } from './support/watch.ts';

const QUICK_ITEMS = 200;
const MODES = ['image', 'text', 'fused'] as const;

/** Whether the main thread stays free, and memory in bounds, while pictures and names are embedded. */
export async function benchResponsiveness({ isQuick }: Effort): Promise<Report> {
  const source = await findSource();
  await using bench = await startBenchApp();
  const { app } = bench;
  const ingest = await watch(bench, async () => {
    const sample = isQuick ? { sample: { size: QUICK_ITEMS, seed: 1 } } : {};
    const catalogId = await app.catalogs.add(source.root, {
      scan: { preset: 'auto', csv: {}, ...sample },
    });
    await app.runner.whenIdle();
    return catalogId;
  });
  const catalogId = ingest.result;
  const search = await watch(bench, async () => {
    const { items } = await app.browse.items({
      catalogId,
      sort: { by: 'key', direction: 'asc' },
      offset: 0,
      limit: 10,
    });
    for (const { id } of items) {
      for (const mode of MODES) {
        await app.search.run({
          catalogId,
          engine: 'local',
          mode,
          picture: { kind: 'item', itemId: id },
          text: `navy blue shirt ${id}`,
          top: 100,
          candidates: 100,
          k: 60,
          weights: { image: 1, text: 1 },
        });
      }
    }
  });
  const { image, text } = app.totals.embedded;
  const steps: Step[] = [
    ['scan and ingest of pictures and names', ingest],
    [`${10 * MODES.length} searches after it`, search],
  ];
  return {
    title: 'Responsiveness',
    method: [
      `Input: ${source.description}, and their tables: ${image} pictures and ${text} names embedded, ${show((image + text) / ingest.seconds)} a second.`,
      ...WATCH_METHOD,
    ],
    goals: [stallGoal(steps)],
    tables: [stepTable(steps)],
  };
}
