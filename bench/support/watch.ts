import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchApp } from './bench-app.ts';

/** How the application's own process and its children fared during some work. */
export interface Watched<Result> {
  readonly result: Result;
  readonly seconds: number;
  /** Longest time in which the main thread served nobody. */
  readonly longestStallMs: number;
  readonly p99StallMs: number;
  /** The most processor time the main thread took between two looks: what our own code holds it for. */
  readonly longestTurnMs: number;
  /** Processor time of all threads of the main process, and of its main thread alone. */
  readonly ownSeconds: number;
  readonly mainThreadSeconds: number;
  readonly mainBytesBefore: number;
  readonly peakMainBytes: number;
  /** Of the largest moment of each child still running at the end; null outside Linux. */
  readonly peakChildBytes: number | null;
}

/** How often the event loop is looked at; part of every delay that the monitor reports. */
const RESOLUTION_MS = 1;
const MEMORY_INTERVAL_MS = 10;

/**
 * Does some work while looking at the event loop of this process and at everyone's memory, with the
 * listeners of one open window.
 */
export async function watch<Result>(
  { app, children }: BenchApp,
  work: () => Promise<Result>,
): Promise<Watched<Result>> {
  const window = new AbortController();
  void drain(app.watchProgress(window.signal));
  void drain(app.watchCatalogs(window.signal));
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  // Right after it is enabled or reset the monitor misses a stall: it needs a first tick.
  await delay(20);
  const mainBytesBefore = process.memoryUsage.rss();
  let peakMainBytes = mainBytesBefore;
  const sampler = setInterval(() => {
    peakMainBytes = Math.max(peakMainBytes, process.memoryUsage.rss());
  }, MEMORY_INTERVAL_MS);
  const turns = watchTurns();
  const began = performance.now();
  const before = process.cpuUsage();
  const beforeInMain = process.threadCpuUsage();
  try {
    const result = await work();
    const seconds = (performance.now() - began) / 1000;
    const ownSeconds = secondsOf(process.cpuUsage(before));
    const mainThreadSeconds = secondsOf(process.threadCpuUsage(beforeInMain));
    // A stall at the very end is noticed by the tick after it.
    await delay(20);
    const peaks = await Promise.all([...children.values()].map(peakOf));
    return {
      result,
      seconds,
      ownSeconds,
      mainThreadSeconds,
      longestStallMs: Math.max(0, monitor.max / 1e6 - RESOLUTION_MS),
      longestTurnMs: turns.longestMs(),
      p99StallMs: Math.max(0, monitor.percentile(99) / 1e6 - RESOLUTION_MS),
      mainBytesBefore,
      peakMainBytes,
      peakChildBytes: peaks.includes(null)
        ? null
        : peaks.reduce<number>((sum, peak) => sum + (peak ?? 0), 0),
    };
  } finally {
    clearInterval(sampler);
    turns.stop();
    window.abort();
    monitor.disable();
  }
}

/**
 * Looks every millisecond at how much the main thread has worked. Unlike the event-loop delay it does
 * not grow when other programs have the processor; it leaves out waiting for a disk.
 */
function watchTurns(): { longestMs(): number; stop(): void } {
  let longest = 0;
  let before = process.threadCpuUsage();
  const look = () => {
    const worked = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    longest = Math.max(longest, secondsOf(worked) * 1000);
  };
  const timer = setInterval(look, RESOLUTION_MS);
  return { longestMs: () => longest, stop: () => clearInterval(timer) };
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

/** What sending to a window takes of the main thread. */
async function drain(stream: AsyncGenerator<unknown, void>): Promise<void> {
  for await (const value of stream) JSON.stringify(value);
}

/** The most memory a process has had since it began ("high water mark" in /proc). */
async function peakOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}
