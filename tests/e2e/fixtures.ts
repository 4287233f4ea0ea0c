import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  test as base,
  chromium,
  expect,
  type Browser,
  type ConsoleMessage,
  type Page,
} from '@playwright/test';
import { COMMAND_LINE, runJson } from '../support/command-line.ts';
import { drawShop } from '../support/draw-shop.ts';
import { findChromium } from '../support/find-chromium.ts';
import { ROOT } from '../support/test-app.ts';
import { NO_ELECTRON, startElectron } from './electron-host.ts';

/** A running Vitrine with a data folder of its own. */
export interface Host {
  readonly dataDir: string;
  /** Opens one more window; the first is the `page` fixture. */
  readonly openWindow: () => Promise<Page>;
}

/** A drawn catalog, and a data folder in which it is scanned and embedded. */
export interface Shop {
  readonly catalog: string;
  readonly dataDir: string;
}

interface Options {
  /** What the data folder holds when the window opens: the shop has pictures that cannot be shown. */
  readonly start: 'empty' | 'shop';
  /** The spec takes pictures away: browsers log each that they do not get, whatever the page does. */
  readonly losesPictures: boolean;
  /** Added to the environment of the host. */
  readonly hostEnv: Readonly<Record<string, string>>;
}

interface Fixtures {
  readonly host: Host;
  /** The first window; the test fails when it logs an error. */
  readonly page: Page;
  /** A folder for the test's own files. */
  readonly folder: string;
}

interface WorkerFixtures {
  readonly chromiumBrowser: Browser | null;
  readonly shop: Shop;
}

const NO_CHROMIUM =
  'No Chromium found: set VITRINE_CHROMIUM, or run npx playwright install chromium.';

const PICTURE_NOT_FOUND = /status of 404 .*\/img\/\d+/;

export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  start: ['empty', { option: true }],
  losesPictures: [false, { option: true }],
  hostEnv: [{}, { option: true }],

  // Playwright needs the empty pattern to know that a fixture has no dependencies.
  /* oxlint-disable no-empty-pattern */
  chromiumBrowser: [
    async ({}, use, info) => {
      const executablePath = findChromium();
      if (info.project.name === 'electron') return use(null);
      if (executablePath === null) {
        process.stderr.write(`${NO_CHROMIUM} Without it these specs are skipped.\n`);
        return use(null);
      }
      const browser = await chromium.launch({
        executablePath,
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
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  shop: [
    async ({}, use) => {
      const dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-shop-'));
      const shop = { catalog: path.join(dir, 'Corner shop'), dataDir: path.join(dir, 'data') };
      await drawShop(shop.catalog);
      await runJson(shop.dataDir, ['catalog', 'add', shop.catalog]);
      await runJson(shop.dataDir, ['ingest']);
      await use(shop);
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker' },
  ],
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'vitrine-files-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  /* oxlint-enable no-empty-pattern */

  host: async ({ start, shop, chromiumBrowser, hostEnv }, use, info) => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-e2e-'));
    if (start === 'shop') await cp(shop.dataDir, dataDir, { recursive: true });
    const running =
      info.project.name === 'electron'
        ? await startDesktop(dataDir, hostEnv)
        : await startBrowserHost(dataDir, { browser: chromiumBrowser, env: hostEnv });
    await use({ dataDir, openWindow: running.openWindow });
    await running.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  },
  page: async ({ host, start, losesPictures }, use) => {
    const page = await host.openWindow();
    const errors: string[] = [];
    const isExpected = (text: string) =>
      (start === 'shop' || losesPictures) && PICTURE_NOT_FOUND.test(text);
    const note = (text: string) => {
      if (!isExpected(text)) errors.push(text);
    };
    page.on('console', (message) => {
      if (message.type() === 'error') note(describe(message));
    });
    page.on('pageerror', (error) => note(String(error)));
    await use(page);
    expect(errors, 'the window logged errors').toEqual([]);
  },
});

export { expect } from '@playwright/test';

interface Running {
  readonly openWindow: () => Promise<Page>;
  readonly stop: () => Promise<void>;
}

/** With the address: "Failed to load resource" alone does not say which. */
function describe(message: ConsoleMessage): string {
  return `${message.text()} (${new URL(message.location().url || 'about:blank').pathname})`;
}

async function startBrowserHost(
  dataDir: string,
  { browser, env }: { readonly browser: Browser | null; readonly env: Options['hostEnv'] },
): Promise<Running> {
  if (browser === null) {
    if (process.env['VITRINE_REQUIRE_BROWSER'] === '1') throw new Error(NO_CHROMIUM);
    base.skip(true, NO_CHROMIUM);
    throw new Error(NO_CHROMIUM);
  }
  if (!existsSync(path.join(ROOT, 'out', 'renderer', 'index.html'))) {
    throw new Error('The window is not built: run npm test, or npm run build before.');
  }
  const server = spawn(
    process.execPath,
    [COMMAND_LINE, 'serve', '--no-open', '--json', '--data-dir', dataDir],
    { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { url } = await readAnswer(server);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  return {
    async openWindow() {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    async stop() {
      await context.close();
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

async function startDesktop(dataDir: string, env: Options['hostEnv']): Promise<Running> {
  const host = await startElectron(dataDir, env);
  if (host !== null) return host;
  if (process.env['CI'] !== undefined) throw new Error(NO_ELECTRON);
  base.skip(true, NO_ELECTRON);
  throw new Error(NO_ELECTRON);
}

async function readAnswer(server: ChildProcess): Promise<{ url: string }> {
  if (server.stdout === null) throw new Error('The host has no output.');
  for await (const line of createInterface({ input: server.stdout })) {
    return JSON.parse(line) as { url: string };
  }
  throw new Error('The host ended before it was ready: see its output above.');
}
