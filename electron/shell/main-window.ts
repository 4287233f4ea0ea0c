import path from 'node:path';
import { app, BrowserWindow, nativeTheme, type WebContents } from 'electron';
import { z } from 'zod';
import type { DesktopEvent } from '../../shared/desktop.ts';
import { CHANNELS } from './channels.ts';
import { APP_PAGE } from './scheme.ts';
import type { TrustedIpc } from './trusted-ipc.ts';

/** The one window. It may be closed and opened again (macOS); events for it wait until it listens. */
export class MainWindow {
  #window: BrowserWindow | null = null;
  #isListening = false;
  #waiting: DesktopEvent[] = [];

  /** The window while it is open. */
  get current(): BrowserWindow | null {
    return this.#window;
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() === true;
  }

  /** Opens it, or brings it to the front. */
  show(): void {
    const window = this.#window;
    if (window === null) return void this.open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Shown when its first frame is there, so that nothing flashes. */
  async open(): Promise<void> {
    const window = new BrowserWindow({
      name: 'main',
      windowStatePersistence: true,
      width: 1440,
      height: 900,
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: 'Vitrine',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#151413' : '#f5f4f2',
      ...(process.platform === 'linux' ? { icon: appIcon() } : {}),
      webPreferences: {
        preload: path.join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
      },
    });
    this.#window = window;
    this.#isListening = false;
    window.once('ready-to-show', () => window.show());
    window.once('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    // A navigation that was refused or became a download leaves the page where it is, listening.
    window.webContents.on('did-navigate', () => {
      this.#isListening = false;
    });
    window.webContents.on('render-process-gone', () => {
      this.#isListening = false;
    });
    await window.loadURL(APP_PAGE).catch((error: unknown) => {
      // Closed or loaded again while it loaded: the user's wish, and no failure.
      if (!window.isDestroyed() && !isAborted(error)) throw error;
    });
  }

  /** Tells the page, now or as soon as it listens. */
  send(event: DesktopEvent): void {
    if (this.#window !== null && this.#isListening) {
      this.#window.webContents.send(CHANNELS.event, event);
    } else this.#waiting.push(event);
  }

  acceptListeners(ipc: TrustedIpc): void {
    ipc.on(CHANNELS.listen, z.undefined(), (_nothing, contents) => this.#listen(contents));
  }

  #listen(contents: WebContents): void {
    if (contents !== this.#window?.webContents) return;
    this.#isListening = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const event of waiting) this.send(event);
  }
}

/** Chromium's ERR_ABORTED: another load took the place of this one. */
function isAborted(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && error.errno === -3;
}

/** The picture of the application, where a file is wanted. */
export function appIcon(): string {
  return path.join(app.getAppPath(), 'resources', 'icon.png');
}
