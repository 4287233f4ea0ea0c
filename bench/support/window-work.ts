import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { WindowHost } from './window-host.ts';

/** Processor time that was taken, whatever else the machine did meanwhile. */
export interface Work {
  /** Milliseconds of the page's main thread. */
  readonly pageMs: number;
  /** Milliseconds of the application's main process, its threads included. */
  readonly hostMs: number;
}

/** Clock ticks of /proc a second: 100 on every Linux there is. */
const TICK_MS = 10;

/** Starts to count; the function tells what was taken since it was last called. */
export async function countWork(page: Page, host: WindowHost): Promise<() => Promise<Work>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const look = async (): Promise<Work> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    return { pageMs: seconds * 1000, hostMs: processorMs(host.pid) };
  };
  let before = await look();
  return async () => {
    const now = await look();
    const taken = { pageMs: now.pageMs - before.pageMs, hostMs: now.hostMs - before.hostMs };
    before = now;
    return taken;
  };
}

function processorMs(pid: number): number {
  // The name in parentheses may hold spaces; user and system time are fields 14 and 15.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
