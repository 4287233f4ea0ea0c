import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { KEEP_COMPILED } from '../../scripts/compile-cache.ts';
import { findChromium } from '../../tests/support/find-chromium.ts';
import { ROOT } from './bench-app.ts';

const COMMAND_LINE = path.join(ROOT, 'electron', 'cli', 'main.ts');
/** The window as it opens on most screens. */
export const VIEWPORT = { width: 1440, height: 900 };

/** The browser host in a process of its own, as `npm start` runs it. */
export interface WindowHost {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startWindowHost(dataDir: string): Promise<WindowHost> {
  const host = spawn(
    process.execPath,
    [COMMAND_LINE, 'serve', '--no-open', '--json', '--data-dir', dataDir],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...KEEP_COMPILED },
    },
  );
  const [line] = await Promise.race([
    once(createInterface({ input: host.stdout }), 'line') as Promise<[string]>,
    once(host, 'exit').then(() => {
      throw new Error('The host ended before it was ready: see its output above');
    }),
  ]);
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  return {
    url,
    pid,
    async stop() {
      host.kill('SIGTERM');
      if (host.exitCode === null) await once(host, 'exit');
    },
  };
}

/** Runs a command of the command line beside the window, to its end. */
export async function runCommand(dataDir: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [COMMAND_LINE, ...args, '--data-dir', dataDir], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`vitrine ${args.join(' ')} failed: see above`);
}

export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error(
      'No Chromium found: set VITRINE_CHROMIUM, or run npx playwright install chromium',
    );
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
}
