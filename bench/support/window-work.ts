import type { Page } from '@playwright/test';
import { readProcess } from './process-stat.ts';
import type { WindowHost } from './window-host.ts';

/** Processor time that was taken, whatever else the machine did meanwhile. */
export interface Work {
  /** Milliseconds of the page's main thread. */
  readonly pageMs: number;
  /** Milliseconds of the application's main process, its threads included. */
  readonly hostMs: number;
}

/** Starts to count; the function tells what was taken since it was last called. */
export async function countWork(page: Page, host: WindowHost): Promise<() => Promise<Work>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const look = async (): Promise<Work> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    return { pageMs: seconds * 1000, hostMs: readProcess(host.pid)?.ownMs ?? 0 };
  };
  let before = await look();
  return async () => {
    const now = await look();
    const taken = { pageMs: now.pageMs - before.pageMs, hostMs: now.hostMs - before.hostMs };
    before = now;
    return taken;
  };
}
