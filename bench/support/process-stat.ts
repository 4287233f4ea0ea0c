import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc a second: 100 on every Linux there is. */
const TICK_MS = 10;

/** What Linux says of a process in /proc. */
export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Milliseconds of processor time of all its threads. */
  readonly ownMs: number;
  /** The same of those children, and theirs, that have ended and that it has waited for. */
  readonly waitedForMs: number;
  /** Clock ticks since the system began: with the pid it names one process for good. */
  readonly startedAt: number;
}

/** Undefined when there is no such process any more, and outside Linux. */
export function readProcess(pid: number | 'self'): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; what follows it begins with field 3, the state.
    const fields = stat
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [own = 0, system = 0, waited = 0, waitedSystem = 0] = fields.slice(11, 15);
    return {
      pid: Number.parseInt(stat, 10),
      parent,
      ownMs: (own + system) * TICK_MS,
      waitedForMs: (waited + waitedSystem) * TICK_MS,
      startedAt: fields[19] ?? 0,
    };
  } catch {
    return undefined;
  }
}

/** Every process there is; none outside Linux. */
export function readProcesses(): ProcessStat[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)) ?? []);
  } catch {
    return [];
  }
}

/** The processes that a process started, and those that these did. */
export function descendantsOf(pid: number): ProcessStat[] {
  const byParent = Map.groupBy(readProcesses(), ({ parent }) => parent);
  const found: ProcessStat[] = [];
  const look = (parent: number) => {
    for (const child of byParent.get(parent) ?? []) {
      found.push(child);
      look(child.pid);
    }
  };
  look(pid);
  return found;
}
