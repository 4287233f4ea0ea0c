import { spawn } from 'node:child_process';
import path from 'node:path';
import { reasonForBrowser } from './choose-host.ts';
import { findElectron } from './electron-binary.ts';

/**
 * `npm run dev`: the window with hot reload, and the core started again when its own source changes;
 * in Electron where its binary is there, otherwise in the browser host.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
/** As renderer/vite.config.ts has it. */
const DEV_SERVER = 'http://127.0.0.1:5173';

const args = process.argv.slice(2);
const why =
  reasonForBrowser({
    args,
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
  }) ??
  (findElectron() === null ? 'Electron is not here; npm run setup:electron fetches it' : null);

const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
const electronVite = path.join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
const commandLine = path.join(ROOT, 'electron/cli/main.ts');
const serve = ['serve', '--no-open', '--port', '5180', '--dev-server', DEV_SERVER];
const commands =
  why === null
    ? [[electronVite, 'dev', '--watch', '--', ...args]]
    : [
        [vite, '--config', path.join(ROOT, 'renderer/vite.config.ts'), '--logLevel', 'warn'],
        ['--watch', '--watch-preserve-output', commandLine, ...serve],
      ];
if (why !== null) process.stderr.write(`In the browser: ${why}.\n`);

const children = commands.map((command) =>
  spawn(process.execPath, command, { cwd: ROOT, stdio: 'inherit' }),
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
