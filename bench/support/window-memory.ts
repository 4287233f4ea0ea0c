import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { goTo, results, words } from '../../tests/e2e/window.ts';
import { readProcesses } from './process-stat.ts';
import { scrollGrid } from './window-frames.ts';
import type { WindowHost } from './window-host.ts';
import { untilPainted } from './window-probe.ts';
import type { Steps } from './window-steps.ts';
import { openDetails } from './window-steps.ts';

/** What someone does who searches without a break: an action every three seconds. */
export const ACTIONS_AN_HOUR = 1200;
const ACTIONS_A_ROUND = 12;

/** Bytes of each process, in the order of the actions. */
export interface MemoryCourse {
  readonly process: string;
  readonly samples: readonly { readonly actions: number; readonly bytes: number }[];
}

/**
 * Decoded pictures and drawn tiles. Chromium keeps them up to a limit and gives them back when memory
 * gets short, so they say nothing about a leak.
 */
export const CACHE_OF_WINDOW = 'window: decoded pictures, tiles';

/**
 * Works with the window and looks at the resident size of every process after each round of twelve
 * actions: three searches, results opened and followed, browsing, sorting, scrolling, other screens.
 */
export async function watchMemory(
  { page, words: next }: Steps,
  { browser, host }: { readonly browser: Browser; readonly host: WindowHost },
  actions: number,
): Promise<MemoryCourse[]> {
  await stopKeepingResponses(page);
  const courses = new Map<string, { actions: number; bytes: number }[]>();
  const rounds = Math.ceil(actions / ACTIONS_A_ROUND);
  for (let round = 1; round <= rounds; round += 1) {
    await actRound(page, next, round);
    for (const [process, bytes] of await readMemory(browser, page, host)) {
      const course = courses.get(process) ?? [];
      courses.set(process, course);
      course.push({ actions: round * ACTIONS_A_ROUND, bytes });
    }
  }
  return [...courses].map(([process, samples]) => ({ process, samples }));
}

async function actRound(page: Page, next: Iterator<string, never>, round: number): Promise<void> {
  await goTo(page, 'Search');
  for (let n = 0; n < 3; n += 1) {
    await words(page).fill(next.next().value);
    await page.waitForTimeout(100);
    await untilPainted(page, 'Results');
  }
  await results(page).nth(4).click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await results(page).nth(2).focus();
  await page.keyboard.press('Shift+Enter');
  await untilPainted(page, 'Results');
  await goTo(page, 'Browse');
  await untilPainted(page, 'Items');
  await page.getByRole('checkbox').nth(1).click();
  await untilPainted(page, 'Items');
  await page.getByRole('checkbox').nth(1).click();
  await untilPainted(page, 'Items');
  await openDetails(page);
  await scrollGrid(page, {
    grid: 'Items',
    from: (round * 0.037) % 0.9,
    pixels: 3000,
    pixelsPerSecond: 6000,
  });
  await goTo(page, 'Ingest');
  await goTo(page, 'Settings');
}

/** Growth of the second half of a course, by least squares, in bytes an action. */
export function slopeOf({ samples }: MemoryCourse): number {
  const late = samples.slice(Math.floor(samples.length / 2));
  const middle = (read: (one: (typeof late)[number]) => number) =>
    late.reduce((sum, one) => sum + read(one), 0) / late.length;
  const x = middle((one) => one.actions);
  const y = middle((one) => one.bytes);
  const across = late.reduce((sum, one) => sum + (one.actions - x) * (one.bytes - y), 0);
  const square = late.reduce((sum, one) => sum + (one.actions - x) ** 2, 0);
  return square === 0 ? 0 : across / square;
}

/** Resident sizes by what the process is; and what the page holds after collecting garbage. */
async function readMemory(
  browser: Browser,
  page: Page,
  host: WindowHost,
): Promise<[process: string, bytes: number][]> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const system = await browser.newBrowserCDPSession();
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  await system.detach();
  // The page of the window is the largest of Chromium's.
  const [window = { all: 0, shared: 0 }] = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => residentBytes(id))
    .toSorted((a, b) => b.all - a.all);
  // The model makes the inference process the larger of the two.
  const [inference = 0, pictures = 0] = childrenOf(host.pid)
    .map((pid) => residentBytes(pid).all)
    .toSorted((a, b) => b - a);
  return [
    ['main process', residentBytes(host.pid).all],
    ['inference', inference],
    ['thumbnails', pictures],
    ['window', window.all - window.shared],
    [CACHE_OF_WINDOW, window.shared],
    ['window: JavaScript in use', usedSize],
  ];
}

function childrenOf(pid: number): number[] {
  return readProcesses().flatMap((one) => (one.parent === pid ? one.pid : []));
}

/** Bytes in memory, and those of them that are shared memory without a file. */
function residentBytes(pid: number): { all: number; shared: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (line: string) =>
    Number(new RegExp(`^${line}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return { all: read('VmRSS'), shared: read('RssShmem') };
}

/** What Playwright 1.65 holds of a page behind its interface. */
interface PlaywrightPage {
  readonly _connection: {
    toImpl(page: unknown): {
      readonly delegate: {
        readonly _mainFrameSession: {
          readonly _client: { send(method: string): Promise<unknown> };
        };
      };
    };
  };
}

/**
 * Playwright watches the network of every page, and Chromium then keeps the bytes of each response in
 * the page's process: five kilobytes a picture that nobody but the driver would ever see again. There
 * is no option against it, so it is told to stop behind Playwright's back.
 */
async function stopKeepingResponses(page: Page): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- not public; a missing part throws
  const { _connection: connection } = page as unknown as PlaywrightPage;
  // oxlint-disable-next-line no-underscore-dangle -- Playwright's names
  await connection.toImpl(page).delegate._mainFrameSession._client.send('Network.disable');
}
