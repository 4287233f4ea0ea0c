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
// Ctrl-C in a terminal reaches the child by itself; this process only waits for its clean end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
