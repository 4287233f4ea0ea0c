import { EventEmitter } from 'node:events';
import type electron from 'electron';
import type { CrashReporterStartOptions, CustomScheme } from 'electron';
import { AppDouble } from './app.ts';
import { type BrowserWindowDouble, createBrowserWindow } from './browser-window.ts';
import {
  ClipboardDouble,
  ClipboardItemDouble,
  createNotification,
  DialogDouble,
  type NotificationDouble,
  PowerSaveBlockerDouble,
  ShellDouble,
} from './desktop.ts';
import { IpcMainDouble } from './ipc-main.ts';
import { createMenus, type ShownMenus } from './menus.ts';
import { SafeStorageDouble } from './safe-storage.ts';
import { SessionDouble } from './session.ts';
import { strict } from './strict.ts';
import { utilityProcess } from './utility-process.ts';

export interface ElectronDouble {
  /** What `import … from 'electron'` gives. */
  readonly module: Readonly<Record<string, unknown>>;
  readonly app: AppDouble;
  readonly ipcMain: IpcMainDouble;
  /** A request of a page, answered by the handler of its scheme. */
  readonly request: (url: string, init?: RequestInit) => Promise<Response>;
  readonly schemes: readonly CustomScheme[];
  readonly menus: ShownMenus;
  readonly notifications: readonly NotificationDouble[];
  readonly dialog: DialogDouble;
  readonly shell: ShellDouble;
  readonly powerSaveBlocker: PowerSaveBlockerDouble;
  readonly clipboard: ClipboardDouble;
  readonly session: SessionDouble;
  readonly nativeTheme: { readonly themeSource: string };
  readonly safeStorage: SafeStorageDouble;
  readonly crashReports: readonly CrashReporterStartOptions[];
  windows(): BrowserWindowDouble[];
}

/**
 * Electron's main-process module with real things underneath: message channels, child processes,
 * protocol handlers called with real requests, a preload that runs. What it cannot have (windows on
 * a screen, an operating system) it remembers, for tests to read. `appPath` is the built application.
 */
export function createElectronDouble(appPath: string): ElectronDouble {
  const app = new AppDouble(appPath);
  const ipcMain = new IpcMainDouble();
  const handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  const schemes: CustomScheme[] = [];
  const request = async (url: string, init?: RequestInit): Promise<Response> => {
    const handler = handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) throw new Error(`ERR_UNKNOWN_URL_SCHEME ${url}`);
    return handler(new Request(url, init));
  };
  const BrowserWindow = createBrowserWindow({ app, ipcMain, request });
  app.closeWindows = () => BrowserWindow.getAllWindows().every((window) => window.closeForQuit());
  const menus = createMenus();
  const notifications: NotificationDouble[] = [];
  const dialog = new DialogDouble();
  const shell = new ShellDouble();
  const powerSaveBlocker = new PowerSaveBlockerDouble();
  const clipboard = new ClipboardDouble();
  const defaultSession = new SessionDouble();
  const safeStorage = new SafeStorageDouble(app);
  const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };
  const powerMonitor = new EventEmitter();
  const crashReports: CrashReporterStartOptions[] = [];

  const module = {
    app: strict('app', app),
    BrowserWindow,
    ipcMain,
    Menu: strict('Menu', menus.module),
    Notification: createNotification(notifications),
    dialog: strict('dialog', dialog),
    shell: strict('shell', shell),
    powerSaveBlocker: strict('powerSaveBlocker', powerSaveBlocker),
    powerMonitor,
    clipboard: strict('clipboard', clipboard),
    ClipboardItem: ClipboardItemDouble,
    nativeTheme: strict('nativeTheme', nativeTheme),
    nativeImage: strict('nativeImage', {
      createFromBuffer: (bytes: Buffer) => ({ bytes }),
    } satisfies Partial<Record<keyof typeof electron.nativeImage, unknown>>),
    crashReporter: strict('crashReporter', {
      start: (options: CrashReporterStartOptions) => void crashReports.push(options),
    } satisfies Partial<Record<keyof typeof electron.crashReporter, unknown>>),
    protocol: strict('protocol', {
      registerSchemesAsPrivileged: (custom: CustomScheme[]) => {
        app.assertBeforeReady('protocol.registerSchemesAsPrivileged');
        schemes.push(...custom);
      },
      handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
        if (!app.isReady()) throw new Error('protocol can only be used after app is ready');
        handlers.set(scheme, handler);
      },
    } satisfies Partial<Record<keyof typeof electron.protocol, unknown>>),
    session: strict('session', { defaultSession: strict('session', defaultSession) }),
    safeStorage: strict('safeStorage', safeStorage),
    utilityProcess: strict('utilityProcess', utilityProcess),
  } satisfies Partial<Record<keyof typeof electron, unknown>>;

  return {
    module,
    app,
    ipcMain,
    request,
    schemes,
    menus: menus.shown,
    notifications,
    dialog,
    shell,
    powerSaveBlocker,
    clipboard,
    session: defaultSession,
    nativeTheme,
    safeStorage,
    crashReports,
    windows: () => BrowserWindow.getAllWindows(),
  };
}
