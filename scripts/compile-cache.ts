import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled');

/**
 * Environment in which Node keeps what it has compiled, also for the processes that it starts: from
 * the second start on that halves their work (0.70 to 0.34 s of processor time for the first of them).
 */
export const KEEP_COMPILED: Readonly<Record<string, string>> = {
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? FOLDER,
};
