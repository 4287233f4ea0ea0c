import type { App } from 'electron';
import type { MainWindow } from './main-window.ts';

/** macOS: the application stays when its window is closed, and the dock icon opens it again. */
export function stayWithoutWindow(app: App, window: MainWindow): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (window.current === null) window.show();
  });
}
