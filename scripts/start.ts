import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildWindowIfStale } from './build-window.ts';

/**
 * `npm start`: builds what is stale and opens the window. The desktop shell is not part of this
 * version, so the window opens in the browser, served on this computer only.
 */
buildWindowIfStale();
const main = path.resolve(import.meta.dirname, '..', 'electron', 'cli', 'main.ts');
const child = spawn(process.execPath, [main, 'serve', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl-C reaches the child by itself; this process only waits for it to finish cleanly.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
