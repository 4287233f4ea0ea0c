import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { isStale } from './stale.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Builds the window when a source of it is newer than the last build. */
export function buildWindowIfStale(): void {
  buildIfStale({
    what: 'window',
    built: path.join(ROOT, 'out', 'renderer', 'index.html'),
    sources: ['renderer', 'shared', 'package-lock.json'],
    command: ['vite/bin/vite.js', 'build', '--config', path.join(ROOT, 'renderer/vite.config.ts')],
  });
}

/** Builds Electron's side (shell, preload, workers) when a source of it is newer. */
export function buildShellIfStale(): void {
  buildIfStale({
    what: 'shell',
    built: path.join(ROOT, 'out', 'preload', 'preload.cjs'),
    sources: ['electron', 'shared', 'electron.vite.config.ts', 'package-lock.json'],
    command: ['electron-vite/bin/electron-vite.js', 'build'],
    env: { VITRINE_BUILD: 'shell' },
  });
}

function buildIfStale(build: {
  what: string;
  built: string;
  sources: readonly string[];
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
}): void {
  const sources = build.sources.map((source) => path.join(ROOT, source));
  if (!isStale(build.built, sources)) return;
  process.stderr.write(`Building the ${build.what}…\n`);
  const [script = '', ...args] = build.command;
  const { status } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'node_modules', script), ...args, '--logLevel', 'warn'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...build.env },
    },
  );
  if (status !== 0) throw new Error(`The ${build.what} could not be built: see above.`);
}
