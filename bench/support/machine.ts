import { readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** What the figures were measured on, in one line. */
export function describeMachine(): string {
  const cpus = os.cpus();
  const model = cpus[0]?.model.trim() ?? 'unknown processor';
  const cores = `${os.availableParallelism()} core${os.availableParallelism() === 1 ? '' : 's'}`;
  const memory = `${Math.round(os.totalmem() / 2 ** 30)} GiB`;
  return `${model}, ${cores}, ${memory}, ${os.type()} ${os.release()} ${os.arch()}, Node ${process.versions.node}`;
}

/** Clock ticks of /proc a second: 100 on every Linux there is. */
const TICK_MS = 10;

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
  const oursBefore = childrenMs();
  const result = await work();
  const after = cpuTimes();
  const oursAfter = childrenMs();
  const othersShare =
    oursBefore === null || oursAfter === null
      ? (before.busy - idle.busy) / (before.all - idle.all)
      : (after.busy - before.busy - (oursAfter - oursBefore)) / (after.all - before.all);
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

/** Processor time of this process and of all children that have ended, theirs included. */
function childrenMs(): number | null {
  if (process.platform !== 'linux') return null;
  // The name in parentheses may hold spaces; utime, stime, cutime and cstime are fields 14 to 17.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks * TICK_MS;
}
