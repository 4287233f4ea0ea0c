import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

/**
 * Keeps everything of the user's in the one data folder, Chromium's profile in a folder of its own.
 * The single-instance lock belongs to the profile: two data folders may be open at once.
 */
export function placeFiles(app: App, dataDir: string): void {
  const folders = {
    userData: path.join(dataDir, 'window'),
    crashDumps: path.join(dataDir, 'logs', 'crashes'),
  };
  for (const [name, folder] of Object.entries(folders)) {
    mkdirSync(folder, { recursive: true });
    app.setPath(name, folder);
  }
  app.setAppLogsPath(path.join(dataDir, 'logs'));
}
