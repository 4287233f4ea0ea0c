import type { CDPSession, Page } from '@playwright/test';

/** Two frames of a screen of 60 a second: what the eye takes for a hitch. */
const SLOW_FRAME_MS = 32;

export interface Scrolled {
  /** Frames the page was given, and the longest wait between two. */
  readonly frames: number;
  readonly slowFrames: number;
  readonly longestFrameMs: number;
  /** Tasks of the page's main thread over 32 ms, after Chromium's own tracing. */
  readonly slowTasks: number;
  readonly longestTaskMs: number;
}

export interface ScrollOptions {
  readonly grid: string;
  /** Where it begins, as a fraction of the list. */
  readonly from: number;
  readonly pixels: number;
  readonly pixelsPerSecond: number;
}

/**
 * Scrolls a grid as a wheel does, through the browser's own input, and counts frames twice: those
 * that the page was given (requestAnimationFrame) and the tasks that its main thread took (tracing).
 */
export async function scrollGrid(page: Page, options: ScrollOptions): Promise<Scrolled> {
  const { grid, from, pixels, pixelsPerSecond } = options;
  const box = await page.evaluate(
    async ({ name, fraction }) => {
      const scroller = document.querySelector(`[role="grid"][aria-label="${name}"]`)?.parentElement;
      if (!scroller) throw new Error(`There is no grid "${name}"`);
      scroller.scrollTop = fraction * scroller.scrollHeight;
      await new Promise((resolve) => setTimeout(resolve, 800));
      const { left, top, width, height } = scroller.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    },
    { name: grid, fraction: from },
  );
  const session = await page.context().newCDPSession(page);
  const stopTracing = await startTracing(session);
  await page.evaluate(watchFrames);
  await session.send('Input.synthesizeScrollGesture', {
    ...box,
    yDistance: -pixels,
    speed: pixelsPerSecond,
    gestureSourceType: 'mouse',
  });
  const times = await page.evaluate(() => window.benchFrames?.() ?? []);
  const tasks = await stopTracing();
  await session.detach();
  const gaps = times.slice(1).map((time, at) => time - times[at]!);
  return {
    frames: gaps.length,
    slowFrames: gaps.filter((gap) => gap > SLOW_FRAME_MS).length,
    longestFrameMs: Math.max(0, ...gaps),
    slowTasks: tasks.filter((ms) => ms > SLOW_FRAME_MS).length,
    longestTaskMs: Math.max(0, ...tasks),
  };
}

declare global {
  interface Window {
    /** Stops watching; when each frame began. */
    benchFrames?: () => number[];
  }
}

/** Runs in the page. */
function watchFrames(): void {
  const times: number[] = [];
  let isOver = false;
  const note = (time: number) => {
    times.push(time);
    if (!isOver) requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  window.benchFrames = () => {
    isOver = true;
    return times;
  };
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** Begins a trace; the function ends it and returns the milliseconds of each main-thread task. */
async function startTracing(session: CDPSession): Promise<() => Promise<number[]>> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', '__metadata', 'disabled-by-default-devtools.timeline'],
      excludedCategories: ['*'],
    },
  });
  return async () => {
    const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await ended;
    const threads = events.filter(
      ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
    );
    const isMain = ({ pid, tid }: TraceEvent) =>
      threads.some((thread) => thread.pid === pid && thread.tid === tid);
    return events
      .filter((event) => event.name === 'RunTask' && event.ph === 'X' && isMain(event))
      .map(({ dur }) => (dur ?? 0) / 1000);
  };
}
