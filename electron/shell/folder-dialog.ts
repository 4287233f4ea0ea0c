import { BrowserWindow, dialog } from 'electron';
import { z } from 'zod';
import { CHANNELS } from './channels.ts';
import type { ChosenFolders } from './chosen-folders.ts';
import { texts } from './texts.ts';
import type { TrustedIpc } from './trusted-ipc.ts';

/** The system's folder dialog for the window; answers null when it was cancelled. */
export function offerFolderDialog(ipc: TrustedIpc, chosen: ChosenFolders): void {
  ipc.handle(CHANNELS.chooseFolder, z.undefined(), async (_nothing, contents) => {
    const window = BrowserWindow.fromWebContents(contents);
    if (window === null) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: texts.t('shell.folderDialog'),
      properties: ['openDirectory', 'createDirectory'],
    });
    const [folder] = filePaths;
    if (canceled || folder === undefined) return null;
    chosen.add(folder);
    return folder;
  });
}
