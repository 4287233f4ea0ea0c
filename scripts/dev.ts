import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildWindowIfStale } from './build-window.ts';

/**
 * `npm run dev`: the browser host with a window that is built again on every change of its source;
 * reload the page to see it. The core restarts when its own source changes.
 */
buildWindowIfStale();
const root = path.resolve(import.meta.dirname, '..');
const children = [
  [
    'node_modules/vite/bin/vite.js',
    'build',
    '--watch',
    '--config',
    'renderer/vite.config.ts',
    '--logLevel',
    'warn',
  ],
  [
    '--watch',
    '--watch-preserve-output',
    'electron/cli/main.ts',
    'serve',
    '--no-open',
    '--port',
    '5180',
  ],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
