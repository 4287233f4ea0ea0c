import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { descendantsOf, readProcess } from './process-stat.ts';

/** What the figures were measured on, in one line. */
export function describeMachine(): string {
  const cpus = os.cpus();
  const model = cpus[0]?.model.trim() ?? 'unknown processor';
  const cores = `${os.availableParallelism()} core${os.availableParallelism() === 1 ? '' : 's'}`;
  const memory = `${Math.round(os.totalmem() / 2 ** 30)} GiB`;
  return `${model}, ${cores}, ${memory}, ${os.type()} ${os.release()} ${os.arch()}, Node ${process.versions.node}`;
}

/** How often is looked which processes are ours. */
const LOOK_MS = 500;

/**
 * Does some work in child processes and tells which share of the processor, 0 to 1, went to others
 * meanwhile. Inference on all cores is more than halved by one busy neighbour, so figures must say
 * what they were taken beside. Outside Linux the share is that of the second before.
 */
export async function measureOthers<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly othersShare: number }> {
  const idle = cpuTimes();
  await delay(1_000);
  const before = cpuTimes();
  const ourMs = watchOurs();
  const result = await work();
  const after = cpuTimes();
  const ours = ourMs();
  const othersShare =
    ours === null
      ? (before.busy - idle.busy) / (before.all - idle.all)
      : (after.busy - before.busy - ours) / (after.all - before.all);
  return { result, othersShare: Math.max(0, othersShare) };
}

/** Milliseconds of all cores since the system began. */
function cpuTimes(): { busy: number; all: number } {
  let busy = 0;
  let all = 0;
  for (const { times } of os.cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    all += sum;
    busy += sum - times.idle;
  }
  return { busy, all };
}

/**
 * Begins to count the processor time of this process and of all that it starts; the function ends it
 * and tells the milliseconds, null outside Linux.
 *
 * Two counts, both of which miss something and never add anything, so the larger one is nearer: what
 * the system adds up when a process has waited for its children, which a browser does not do for its
 * pages; and what was seen of each process while it ran, which misses those that end between two looks.
 */
function watchOurs(): () => number | null {
  const began = readProcess('self');
  if (began === undefined) return () => null;
  const seen = new Map<string, number>();
  const look = () => {
    for (const { pid, startedAt, ownMs } of descendantsOf(process.pid)) {
      seen.set(`${pid} ${startedAt}`, ownMs);
    }
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    look();
    const ended = readProcess('self') ?? began;
    const waitedForMs = ended.waitedForMs - began.waitedForMs;
    const seenMs = [...seen.values()].reduce((sum, ms) => sum + ms, 0);
    return ended.ownMs - began.ownMs + Math.max(waitedForMs, seenMs);
  };
}
