import path from 'node:path';
import { openDatabase } from '../electron/core/db/database.ts';
import { buildWindowIfStale } from '../scripts/build-window.ts';
import { temporaryFolder, until } from './support/bench-app.ts';
import { drawPictures } from './support/draw-pictures.ts';
import type { Effort } from './support/effort.ts';
import { makeCatalog } from './support/make-catalog.ts';
import type { Report } from './support/report.ts';
import { makeWindowCatalog } from './support/window-catalog.ts';
import { launchChromium, runCommand, startWindowHost, VIEWPORT } from './support/window-host.ts';
import { ACTIONS_AN_HOUR, watchMemory } from './support/window-memory.ts';
import { untilPainted } from './support/window-probe.ts';
import { reportWindow, type Start } from './support/window-report.ts';
import { newWords } from './support/window-steps.ts';
import { takeTour } from './support/window-tour.ts';
import type { TourOptions } from './support/window-tour.ts';

const FULL = {
  items: 44_446,
  pictures: 2_000,
  others: 30_000,
  warmStarts: 3,
  times: 30,
  scrollPixels: 14_400,
  thumbnails: 240,
};
const QUICK = {
  items: 4_000,
  pictures: 400,
  others: 6_000,
  warmStarts: 1,
  times: 6,
  scrollPixels: 3_600,
  thumbnails: 60,
};
const START_PAGE = /Or start from a product/;

/** What a user feels: the window in Chromium before the browser host, on a catalog of full size. */
export async function benchWindow({ isQuick, hours }: Effort): Promise<Report> {
  const size = isQuick ? QUICK : FULL;
  buildWindowIfStale();
  await using folder = await temporaryFolder();
  const pictures = await drawPictures(size.pictures, 5);
  const { dataDir, itemIds } = await makeWindowCatalog(folder.path, {
    items: size.items,
    pictures,
  });
  const others = path.join(folder.path, 'Others');
  await makeCatalog(others, { items: size.others, pictures, seed: 4 });
  const queries = await drawPictures(4 * size.times, 6);

  await using browser = await launchChromium();
  const context = await browser.newContext({ viewport: VIEWPORT });
  const open = async () => {
    const began = performance.now();
    const host = await startWindowHost(dataDir);
    const page = await context.newPage();
    await page.goto(host.url);
    const start = page.getByRole('grid', { name: START_PAGE });
    await start.getByRole('gridcell').first().waitFor();
    const tilesMs = performance.now() - began;
    await untilPainted(page, (await start.getAttribute('aria-label')) ?? '');
    return { host, page, start: { tilesMs, picturesMs: performance.now() - began } };
  };
  const starts: Start[] = [];
  let { host, page, start } = await open();
  try {
    starts.push(start);
    for (let n = 0; n < size.warmStarts; n += 1) {
      await page.close();
      await host.stop();
      ({ host, page, start } = await open());
      starts.push(start);
    }
    const options: TourOptions = {
      ...size,
      host,
      pictures: queries.slice(0, 2 * size.times),
      unseen: itemIds.slice(10_000 % itemIds.length).slice(0, size.thumbnails),
      scrollFrom: 0.3,
      seed: 21,
    };
    const quiet = await takeTour(page, options);
    const words = newWords(23);
    const memory = await watchMemory({ page, words }, { browser, host }, hours * ACTIONS_AN_HOUR);

    await runCommand(dataDir, ['catalog', 'add', others]);
    const queue = watchQueue(dataDir);
    try {
      const { embedded: idle } = queue.look();
      await until(() => queue.look().embedded > idle);
      const { embedded: before } = queue.look();
      const began = performance.now();
      const busy = await takeTour(page, {
        ...options,
        pictures: queries.slice(2 * size.times),
        unseen: itemIds.slice(-size.thumbnails),
        scrollFrom: 0.6,
        seed: 22,
      });
      const { embedded: after, waiting } = queue.look();
      const seconds = (performance.now() - began) / 1000;
      if (waiting === 0) throw new Error('Ingest ended before the tour: give it more pictures');
      return reportWindow({
        items: size.items,
        starts,
        quiet,
        busy,
        memory,
        actions: hours * ACTIONS_AN_HOUR,
        embeddedASecond: (after - before) / seconds,
      });
    } finally {
      queue.close();
    }
  } finally {
    await page.close();
    await host.stop();
  }
}

/** What ingest has done and has before it, seen from another connection. */
function watchQueue(dataDir: string) {
  const db = openDatabase(dataDir);
  const look = db.prepare<[], { embedded: number; waiting: number }>(
    `SELECT (SELECT max(version) FROM embedding) AS embedded,
            (SELECT count(*) FROM job WHERE kind = 'embed-image' AND state = 'queued') AS waiting`,
  );
  return { look: () => look.get() ?? { embedded: 0, waiting: 0 }, close: () => void db.close() };
}
