import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { BrowserWindow, BrowserWindowConstructorOptions, ProgressBarOptions } from 'electron';
import type { AppDouble } from './app.ts';
import { DoubleEvent } from './double-event.ts';
import type { IpcMainDouble } from './ipc-main.ts';
import { WebContentsDouble } from './web-contents.ts';

type Methods = Pick<
  BrowserWindow,
  | 'loadURL'
  | 'isFocused'
  | 'isMinimized'
  | 'restore'
  | 'show'
  | 'focus'
  | 'close'
  | 'setProgressBar'
  | 'isDestroyed'
>;

interface Parts {
  readonly app: AppDouble;
  readonly ipcMain: IpcMainDouble;
  readonly request: (url: string) => Promise<Response>;
}

/** A window that is on no screen: it loads its page, and remembers what it was told. */
export class BrowserWindowDouble extends EventEmitter implements Methods {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: WebContentsDouble;
  readonly progress: { value: number; mode: ProgressBarOptions['mode'] | undefined }[] = [];
  isShown: boolean;
  readonly #app: AppDouble;
  readonly #open: BrowserWindowDouble[];
  #isFocused = false;
  #isMinimized = false;
  #isDestroyed = false;

  constructor(
    { app, ipcMain, request }: Parts,
    open: BrowserWindowDouble[],
    options: BrowserWindowConstructorOptions = {},
  ) {
    super();
    this.#app = app;
    this.#open = open;
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const preload = options.webPreferences?.preload ?? '';
    if (!existsSync(preload)) throw new Error(`There is no preload ${preload}.`);
    this.options = options;
    this.isShown = options.show !== false;
    this.webContents = new WebContentsDouble({ ipcMain, preload, request });
    open.push(this);
    app.emit('web-contents-created', new DoubleEvent(), this.webContents);
    app.emit('browser-window-created', new DoubleEvent(), this);
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url);
    this.emit('ready-to-show');
  }

  isFocused(): boolean {
    return this.#isFocused;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  minimize(): void {
    this.#isMinimized = true;
    this.blur();
  }

  restore(): void {
    this.#isMinimized = false;
  }

  show(): void {
    this.isShown = true;
    this.focus();
  }

  focus(): void {
    if (this.#isFocused) return;
    this.#isFocused = true;
    this.#app.emit('browser-window-focus', new DoubleEvent(), this);
  }

  blur(): void {
    this.#isFocused = false;
    this.#app.emit('browser-window-blur', new DoubleEvent(), this);
  }

  /** The user's cross, or `window.close()`. */
  close(): void {
    if (!this.closeForQuit()) return;
    if (this.#open.length === 0) this.#app.emit('window-all-closed');
  }

  /** Whether it closed: a listener may keep it open. */
  closeForQuit(): boolean {
    const event = new DoubleEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.#open.splice(this.#open.indexOf(this), 1);
    this.#isDestroyed = true;
    this.webContents.destroy();
    this.emit('closed');
    return true;
  }

  setProgressBar(value: number, options?: ProgressBarOptions): void {
    this.progress.push({ value, mode: options?.mode });
  }
}

/** `BrowserWindow` as the module exports it. */
export interface BrowserWindowClass {
  new (options?: BrowserWindowConstructorOptions): BrowserWindowDouble;
  getAllWindows(): BrowserWindowDouble[];
  fromWebContents(contents: unknown): BrowserWindowDouble | null;
}

/** The class for one run, knowing the windows of that run. */
export function createBrowserWindow(parts: Parts): BrowserWindowClass {
  const open: BrowserWindowDouble[] = [];
  return class extends BrowserWindowDouble {
    constructor(options?: BrowserWindowConstructorOptions) {
      super(parts, open, options);
    }

    static getAllWindows(): BrowserWindowDouble[] {
      return [...open];
    }

    static fromWebContents(contents: unknown): BrowserWindowDouble | null {
      return open.find((window) => window.webContents === contents) ?? null;
    }
  };
}
