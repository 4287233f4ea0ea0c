import type { Goal, Table } from './report.ts';
import { show, showMebibytes } from './statistics.ts';
import type { Watched } from './watch.ts';

/** Something that was done, and how the application fared meanwhile. */
export type Step = readonly [name: string, watched: Watched<unknown>];

const STALL_GOAL_MS = 50;

/** How the figures of `stepTable` were taken. */
export const WATCH_METHOD: readonly string[] = [
  'The application as its hosts run it, main process and children, with the listeners of one open window. Stall: event-loop delay, looked at every millisecond; on a busy machine it holds the time that others had the processor. Own work: the most processor time the main thread took from one look to the next.',
  'Memory: resident size of the main process before and at its largest; of the children together at their largest since they began.',
];

export function stallGoal(steps: readonly Step[]): Goal {
  const worst = Math.max(...steps.map(([, one]) => one.longestStallMs));
  const worstTurn = Math.max(...steps.map(([, one]) => one.longestTurnMs));
  return {
    what: 'No stall of the main thread',
    bar: `<= ${STALL_GOAL_MS} ms`,
    measured: `${show(worst)} ms (${show(worstTurn)} ms own work)`,
    isReached: worst <= STALL_GOAL_MS,
  };
}

export function stepTable(steps: readonly Step[]): Table {
  return {
    title: 'Main thread and memory',
    columns: ['', 's', 'longest stall ms', 'own work ms', 'p99 stall ms', 'main', 'children'],
    rows: steps.map(([name, one]) => [
      name,
      show(one.seconds),
      show(one.longestStallMs),
      show(one.longestTurnMs),
      show(one.p99StallMs),
      `${showMebibytes(one.mainBytesBefore)} to ${showMebibytes(one.peakMainBytes)}`,
      one.peakChildBytes === 0 ? '-' : showMebibytes(one.peakChildBytes),
    ]),
  };
}
