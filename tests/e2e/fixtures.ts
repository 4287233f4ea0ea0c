import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, chromium, test as base, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../support/find-chromium.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** A running Vitrine with a data folder of its own. */
export interface Host {
  readonly dataDir: string;
  /** Opens one more window; the first is the `page` fixture. */
  readonly openWindow: () => Promise<Page>;
}

interface Fixtures {
  readonly host: Host;
  readonly page: Page;
  /** Fails the test when the page logged an error: part of every spec. */
  readonly consoleErrors: string[];
}

/** Every spec starts from an empty data folder and a window that nobody has used. */
export const test = base.extend<Fixtures>({
  // Playwright needs the empty pattern to know that the fixture has no dependencies.
  // oxlint-disable-next-line no-empty-pattern
  host: async ({}, use, info) => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-e2e-'));
    const running =
      info.project.name === 'electron'
        ? await startElectron(dataDir)
        : await startBrowserHost(dataDir);
    await use({ dataDir, openWindow: running.openWindow });
    await running.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  },
  consoleErrors: async ({}, use) => {
    await use([]);
  },
  page: async ({ host, consoleErrors }, use) => {
    const page = await host.openWindow();
    page.on('console', (message) => {
      if (message.type() === 'error') consoleErrors.push(message.text());
    });
    page.on('pageerror', (error) => consoleErrors.push(String(error)));
    await use(page);
    base.expect(consoleErrors, 'the page logged errors').toEqual([]);
  },
});

export { expect } from '@playwright/test';

interface Running {
  readonly openWindow: () => Promise<Page>;
  readonly stop: () => Promise<void>;
}

async function startBrowserHost(dataDir: string): Promise<Running> {
  const executablePath = findChromium();
  if (executablePath === null) {
    const message =
      'No Chromium found: set VITRINE_CHROMIUM, or run npx playwright install chromium.';
    if (process.env['VITRINE_REQUIRE_BROWSER'] === '1') throw new Error(message);
    base.skip(true, message);
  }
  const main = path.join(ROOT, 'electron', 'cli', 'main.ts');
  const server = spawn(
    process.execPath,
    [main, 'serve', '--no-open', '--json', '--data-dir', dataDir],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const { url } = await readAnswer(server);
  const browser: Browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return {
    async openWindow() {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    async stop() {
      await browser.close();
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

async function startElectron(dataDir: string): Promise<Running> {
  const electron = await _electron.launch({
    args: [ROOT, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
    env: { ...process.env, VITRINE_DATA_DIR: dataDir } as Record<string, string>,
  });
  return {
    openWindow: () => electron.firstWindow(),
    stop: () => electron.close(),
  };
}

async function readAnswer(server: ChildProcess): Promise<{ url: string }> {
  if (server.stdout === null) throw new Error('The host has no output.');
  let text = '';
  for await (const line of createInterface({ input: server.stdout })) {
    text += line;
    try {
      return JSON.parse(text) as { url: string };
    } catch {
      // not complete yet
    }
  }
  throw new Error(`The host ended before it was ready: ${text}`);
}
