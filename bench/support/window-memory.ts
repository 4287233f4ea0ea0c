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
 * Works with the window and looks at the resident size of every process after each round of twelve
 * actions: three searches, results opened and followed, browsing, sorting, scrolling, other screens.
 */
export async function watchMemory(
  { page, words: next }: Steps,
  { browser, host }: { readonly browser: Browser; readonly host: WindowHost },
  actions: number,
): Promise<MemoryCourse[]> {
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
  const renderers = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => residentBytes(id));
  // The model makes the inference process the larger of the two.
  const [inference = 0, pictures = 0] = childrenOf(host.pid)
    .map(residentBytes)
    .toSorted((a, b) => b - a);
  return [
    ['main process', residentBytes(host.pid)],
    ['inference', inference],
    ['thumbnails', pictures],
    ['window', Math.max(0, ...renderers)],
    ['window: JavaScript in use', usedSize],
  ];
}

function childrenOf(pid: number): number[] {
  return readProcesses().flatMap((one) => (one.parent === pid ? one.pid : []));
}

function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
