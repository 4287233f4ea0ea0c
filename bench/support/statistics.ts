import { setImmediate as nextTurn } from 'node:timers/promises';

/** The value below which `fraction` of the samples lie (nearest rank). */
export function percentile(samples: readonly number[], fraction: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(fraction * sorted.length) - 1));
  const value = sorted[at];
  if (value === undefined) throw new RangeError('No samples: nothing was measured');
  return value;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/**
 * Runs `work` for each of `count` rounds and returns the milliseconds of each. Between rounds the
 * event loop runs, as between two calls of a user.
 */
export async function timeEach(count: number, work: (round: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const began = performance.now();
    await work(round);
    times.push(performance.now() - began);
    await nextTurn();
  }
  return times;
}

/** Three significant digits, without an exponent: 0.213, 4.71, 132, 44,446. */
export function show(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded >= 1000
    ? Math.round(value).toLocaleString('en-US')
    : String(Math.round(rounded * 1e4) / 1e4);
}

export function showRatio(value: number): string {
  return value.toFixed(2);
}

export function showMebibytes(bytes: number | null): string {
  return bytes === null ? 'not measured on this system' : `${Math.round(bytes / 2 ** 20)} MiB`;
}
