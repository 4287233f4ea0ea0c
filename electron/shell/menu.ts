import { app, Menu, shell } from 'electron';
import type { About } from './about.ts';
import type { MainWindow } from './main-window.ts';
import { menuTemplate } from './menu-template.ts';
import { recentEntries, type RecentFolders } from './recent-folders.ts';

/** Puts the menu bar in place, and again whenever the recent folders change. */
export function showMenu(parts: {
  window: MainWindow;
  recent: RecentFolders;
  openFolder: (folder: string) => void;
  about: About;
}): void {
  const { window, recent, openFolder, about } = parts;
  const show = () => {
    const template = menuTemplate({
      platform: process.platform,
      isDevelopment: !app.isPackaged,
      recent: recentEntries(recent, openFolder),
      run: (id) => {
        window.show();
        window.send({ type: 'command', id });
      },
      clearRecent: () => recent.clear(),
      showAbout: () => void about.show(),
      copyDiagnostics: () => void about.copyDiagnostics(),
      openLogs: () => void shell.openPath(app.getPath('logs')),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  recent.onChange(show);
  show();
}
