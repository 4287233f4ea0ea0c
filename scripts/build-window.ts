import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const BUILT = path.join(ROOT, 'out', 'renderer', 'index.html');
const SOURCES = ['renderer', 'shared', 'package-lock.json'];

/** Builds the window when a source of it is newer than the last build. */
export function buildWindowIfStale(): void {
  const builtAt = modifiedAt(BUILT);
  if (builtAt > 0 && SOURCES.every((source) => newest(path.join(ROOT, source)) <= builtAt)) return;
  process.stderr.write('Building the window…\n');
  const vite = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(
    process.execPath,
    [
      vite,
      'build',
      '--config',
      path.join(ROOT, 'renderer', 'vite.config.ts'),
      '--logLevel',
      'warn',
    ],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) throw new Error('The window could not be built: see above.');
}

function newest(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const times = readdirSync(file)
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => newest(path.join(file, name)));
  return Math.max(stats.mtimeMs, ...times);
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
