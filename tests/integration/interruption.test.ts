import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runJson } from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import { readRows, readVectors } from '../support/read-database.ts';
import { installation, ROOT, temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

const PRODUCTS = 240;
const INTERRUPTION = pathToFileURL(path.join(ROOT, 'electron', 'cli', 'interruption.ts')).href;

/** In a process group of its own, as a terminal does it. */
function start(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<string | number | null>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  onTestFinished(() => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  });
  return { child, ended, printed: () => printed };
}

/**
 * What Ctrl-C does in a terminal: the signal reaches every process of the group, if one is left. On a
 * quick machine a clean stop is over before the second press.
 */
function pressCtrlC({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  test('twice ends a command whose clean stop hangs, and a doubled signal is one', async () => {
    // The clean stop of this one never ends, and holds the event loop as a locked file may.
    const script = `
      import { interruption } from ${JSON.stringify(INTERRUPTION)};
      const signal = interruption();
      signal.addEventListener('abort', () => {
        console.log('stopping');
        setTimeout(() => { console.log('stuck'); for (;;); }, 1000);
      });
      setInterval(() => {}, 1000);
      console.log('started');`;
    const { child, ended, printed } = start(process.execPath, [
      '--input-type=module',
      '-e',
      script,
    ]);
    await waitUntil('the start', () => printed().includes('started'));
    pressCtrlC(child);
    pressCtrlC(child); // as npm passes it on
    await waitUntil('the clean stop to hang', () => printed().includes('stuck'));
    const pressedAt = Date.now();
    pressCtrlC(child);
    expect(await ended).toBe('SIGINT');
    expect(Date.now() - pressedAt).toBeLessThan(1000);
    expect(printed().match(/stopping/g)).toHaveLength(1);
  });

  // `npm test` builds the window before; a bare vitest run in a fresh clone has none.
  const isWindowBuilt = existsSync(path.join(installation.rendererDir, 'index.html'));
  test.skipIf(!isWindowBuilt)(
    'in npm start stops cleanly in the middle of the work, also when pressed twice',
    { timeout: 180_000 },
    async () => {
      await using folder = await temporaryFolder();
      const dataDir = path.join(folder.path, 'data');
      const products = path.join(folder.path, 'products');
      await drawProducts(products, PRODUCTS);
      await runJson(dataDir, ['catalog', 'add', products]);
      const args = ['start', '--silent', '--', '--data-dir', dataDir, '--no-open'];
      // Without a display the window opens in the browser, wherever the test runs.
      const env = { CI: '1', DISPLAY: '', WAYLAND_DISPLAY: '' };
      const { child, ended, printed } = start('npm', args, env);
      await waitUntil('the first vectors', () => readVectors(dataDir).length > 0, 120_000);
      expect(printed()).toContain('http://127.0.0.1:');
      pressCtrlC(child);
      await delay(100);
      pressCtrlC(child);
      const ending = await Promise.race([ended, delay(20_000).then(() => 'still running')]);
      expect(ending).not.toBe('still running');
      expect(readRows(dataDir, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      // A clean stop gives back its jobs and signs off; only a killed process leaves them.
      expect(readRows(dataDir, `SELECT * FROM job WHERE state = 'running'`)).toEqual([]);
      expect(readRows(dataDir, 'SELECT * FROM instance')).toEqual([]);
      expect(readVectors(dataDir).length).toBeLessThan(PRODUCTS * 2);
      await runJson(dataDir, ['ingest']);
      expect(readVectors(dataDir)).toHaveLength(PRODUCTS * 2);
    },
  );
});
