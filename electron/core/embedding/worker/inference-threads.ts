import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const CPU_FOLDER = '/sys/devices/system/cpu';

/**
 * Threads for one graph run: physical cores, because two hardware threads of a core share the
 * arithmetic units that a matrix product keeps full. Where the system does not say (outside Linux),
 * undefined: ONNX Runtime then counts for itself.
 */
export function inferenceThreads(): number | undefined {
  const cores = countPhysicalCores();
  return cores === undefined ? undefined : Math.max(1, Math.min(cores, availableParallelism()));
}

function countPhysicalCores(): number | undefined {
  try {
    const siblings = readdirSync(CPU_FOLDER)
      .filter((name) => /^cpu\d+$/.test(name))
      .map((name) =>
        readFileSync(path.join(CPU_FOLDER, name, 'topology/thread_siblings_list'), 'utf8').trim(),
      );
    return siblings.length > 0 ? new Set(siblings).size : undefined;
  } catch {
    return undefined;
  }
}
