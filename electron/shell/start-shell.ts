import { app } from 'electron';
import { createApp } from '../core/app.ts';
import { createFileLog } from '../core/file-log.ts';
import { findInstallation } from '../core/installation.ts';
import { openWindowFiles } from '../core/window/window-files.ts';
import { startPracticeCloud } from '../practice-cloud/start-practice-cloud.ts';
import { About } from './about.ts';
import { builtFile } from './built-file.ts';
import { ChosenFolders } from './chosen-folders.ts';
import { connectWindows } from './connect-windows.ts';
import { offerContextMenu } from './context-menu.ts';
import { keepCrashLog } from './crash-log.ts';
import { offerFolderDialog } from './folder-dialog.ts';
import { followIngest } from './follow-ingest.ts';
import { notifyWhenDone } from './ingest-notification.ts';
import { offerItemPictures } from './item-pictures.ts';
import { lockDown } from './lock-down.ts';
import { MainWindow } from './main-window.ts';
import { showMenu } from './menu.ts';
import type { Openings } from './openings.ts';
import { showProgressBar } from './progress-bar.ts';
import { guardQuit } from './quit.ts';
import { RecentFolders, showRecentFolders } from './recent-folders.ts';
import { SafeSecrets } from './safe-secrets.ts';
import { serveWindowFiles } from './serve-window-files.ts';
import { ShellState } from './shell-state.ts';
import { stayAwake } from './stay-awake.ts';
import { stayWithoutWindow } from './stay-without-window.ts';
import { takeOpenings } from './take-openings.ts';
import { followTheme } from './theme.ts';
import { createTrustedIpc } from './trusted-ipc.ts';
import { utilityWorker } from './utility-worker.ts';

/** Mounts the core and opens the window: a list of concerns, each in its file. */
export async function startShell(options: { dataDir: string; openings: Openings }): Promise<void> {
  const { dataDir, openings } = options;
  const installation = findInstallation(app.getAppPath());
  const logsDir = app.getPath('logs');
  const log = createFileLog(logsDir);
  const state = new ShellState(dataDir, log);
  const recent = new RecentFolders(state);
  const chosen = new ChosenFolders(recent);
  const core = createApp({
    ...installation,
    dataDir,
    logsDir,
    host: 'electron',
    folderChooser: 'native',
    checkpointEntry: builtFile('checkpoint-worker'),
    publishEntry: builtFile('publish-worker'),
    ports: {
      launchWorker: utilityWorker(log),
      secrets: new SafeSecrets(dataDir, log),
      mayOpenFolder: (folder) => chosen.has(folder),
      startPracticeCloud: (practice) =>
        startPracticeCloud({ ...practice, entry: builtFile('practice-worker') }),
      log,
    },
  });
  const ipc = createTrustedIpc(log);
  const window = new MainWindow();
  const stopped = new AbortController();

  // Before there is a page.
  lockDown(app, log);
  keepCrashLog(app, { window, log });
  serveWindowFiles({ core, files: openWindowFiles(installation.rendererDir, devServer()), log });
  connectWindows({ core, log });

  // What a page may ask of the system.
  window.acceptListeners(ipc);
  chosen.acceptDrops(ipc);
  offerFolderDialog(ipc, chosen);
  offerItemPictures(ipc, { core, log });
  offerContextMenu(app, { core, log });
  followTheme(ipc);

  // What the system shows of the work, and when it may end.
  guardQuit(app, { core, window, state, log, onStop: () => stopped.abort() });
  stayWithoutWindow(app, window);
  followIngest(core, {
    log,
    signal: stopped.signal,
    listeners: [showProgressBar(window), stayAwake(), notifyWhenDone(core, window)],
  });

  core.start();
  void core.warmUp().catch(() => undefined);
  const opened = window.open();

  // Menus and openings speak to the window, which hears them when its page is there. Until there is
  // a menu of ours, Electron shows one of its own.
  const openFolder = takeOpenings(openings, { core, window, chosen, log });
  showMenu({ window, recent, openFolder, about: new About({ core, window }) });
  showRecentFolders(recent, openFolder);
  await opened;
}

/** Where electron-vite serves the window's source while it is being worked on; never when packaged. */
function devServer(): string | undefined {
  return app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
}
