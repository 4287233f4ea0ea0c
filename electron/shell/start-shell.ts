import path from 'node:path';
import { app, BrowserWindow } from 'electron';
import { createApp } from '../core/app.ts';
import { defaultDataDir } from '../core/data-dir.ts';
import { findInstallation } from '../core/installation.ts';
import { connectWindows } from './connect-windows.ts';
import { offerFolderDialog } from './folder-dialog.ts';
import { lockDown } from './lock-down.ts';
import { createFileLog } from '../core/file-log.ts';
import { quitCleanly } from './quit.ts';
import { serveWindowFiles } from './serve-window-files.ts';
import { utilityWorker } from './utility-worker.ts';
import { openWindow } from './window.ts';

/** Mounts the core and opens the window: a list of concerns, each in its file. */
export async function startShell(): Promise<void> {
  const installation = findInstallation(app.getAppPath());
  const log = createFileLog(app.getPath('logs'));
  const core = createApp({
    ...installation,
    dataDir: defaultDataDir(),
    host: 'electron',
    folderChooser: 'native',
    checkpointEntry: path.join(app.getAppPath(), 'out', 'main', 'checkpoint-worker.js'),
    ports: { launchWorker: utilityWorker(log), log },
  });

  lockDown(app);
  serveWindowFiles({ core, rendererDir: installation.rendererDir, log });
  connectWindows({ core, log });
  offerFolderDialog();
  quitCleanly(app, core);

  core.start();
  void core.warmUp().catch(() => undefined);
  await openWindow();

  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) return void openWindow();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  // macOS: the application stays when its window is closed, and the dock icon opens it again.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow();
  });
}
