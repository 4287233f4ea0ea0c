import { readFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import type { Client } from '../../shared/contract/index.ts';
import type { DesktopEvent } from '../../shared/desktop.ts';
import { waitUntil } from '../support/wait-until.ts';
import { connectPage } from './connect-page.ts';
import { createElectronDouble, type ElectronDouble } from './double/electron-double.ts';
import type { BrowserWindowDouble } from './double/browser-window.ts';
import type { Page } from './double/page.ts';

export interface TestShell extends AsyncDisposable {
  readonly electron: ElectronDouble;
  readonly dataDir: string;
  readonly window: BrowserWindowDouble;
  page: Page;
  /** The page has one connection: whoever makes another puts it here. */
  client: Client;
  /** Everything the page was told, oldest first. */
  readonly events: readonly DesktopEvent[];
  /** The messages of the log. */
  log(): string[];
}

export interface StartOptions {
  /** The built application. */
  readonly appPath: string;
  readonly dataDir: string;
  /** What stands behind the application on its command line. */
  readonly args?: readonly string[];
}

const PROCESS_EVENTS = ['SIGINT', 'SIGTERM', 'unhandledRejection', 'uncaughtExceptionMonitor'];

/**
 * Runs the shell's entry on a double of Electron, from the sources, with modules of its own. Returns
 * at once: the shell may have found another one running.
 */
export async function runEntry({ appPath, dataDir, args = [] }: StartOptions): Promise<{
  electron: ElectronDouble;
  forgetProcess: () => void;
}> {
  const electron = createElectronDouble(appPath);
  const before = new Map(PROCESS_EVENTS.map((name) => [name, process.listeners(name as 'SIGINT')]));
  const { argv } = process;
  vi.resetModules();
  vi.doMock('electron', () => electron.module);
  vi.stubEnv('VITRINE_DATA_DIR', dataDir);
  process.argv = ['/path/to/electron', appPath, ...args];
  try {
    await import('../../electron/shell/main.ts');
  } finally {
    process.argv = argv;
    vi.unstubAllEnvs();
  }
  electron.app.becomeReady();
  return {
    electron,
    forgetProcess() {
      for (const [name, known] of before) {
        for (const listener of process.listeners(name as 'SIGINT')) {
          if (!known.includes(listener)) process.off(name, listener);
        }
      }
    },
  };
}

/** Starts the shell and connects to its window, as the window itself would. */
export async function startTestShell(options: StartOptions): Promise<TestShell> {
  const { electron, forgetProcess } = await runEntry(options);
  const { dataDir } = options;
  const logFile = path.join(dataDir, 'logs', 'vitrine.log');
  const window = await waitUntil('the window', () => {
    const [failure] = electron.dialog.errors;
    if (failure !== undefined) throw new Error(`${failure.title}: ${failure.content}`);
    return electron.windows().find((one) => one.isShown);
  });
  const page = await waitUntil('the page', () => window.webContents.page);
  await waitUntil('the menu', () => electron.menus.bar);
  const events: DesktopEvent[] = [];
  page.bridge.onEvent((event) => events.push(event));
  return {
    electron,
    dataDir,
    window,
    page,
    client: connectPage(page).client,
    events,
    log: () =>
      readFileSync(logFile, { encoding: 'utf8', flag: 'a+' })
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { message: string }).message),
    async [Symbol.asyncDispose]() {
      electron.dialog.answer = () => ({ button: 'Quit' });
      electron.app.quit();
      await electron.app.ended;
      forgetProcess();
    },
  };
}
