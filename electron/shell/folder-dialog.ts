import { BrowserWindow, dialog, ipcMain } from 'electron';
import { CHOOSE_FOLDER_CHANNEL } from './channels.ts';
import { isTrustedFrame } from './trusted-frame.ts';

/** The system's folder dialog for the window; answers null when it was cancelled. */
export function offerFolderDialog(): void {
  ipcMain.handle(CHOOSE_FOLDER_CHANNEL, async (event): Promise<string | null> => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (window === null || !isTrustedFrame(event.senderFrame)) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openDirectory'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  });
}
