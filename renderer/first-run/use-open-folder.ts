import { useLocation } from 'wouter';
import { create } from 'zustand';
import { client } from '../api/client.ts';
import { desktopBridge } from '../api/host.ts';
import { notifyFailure } from '../app/notify.ts';
import { addFolder } from '../app/take-folder.ts';

interface FolderDialogState {
  readonly opened: boolean;
}

export const useFolderDialog = create<FolderDialogState>(() => ({ opened: false }));

/** Lets the user choose a folder: in the system's dialog where there is one, otherwise in ours. */
export function useOpenFolder(): () => void {
  const [, navigate] = useLocation();
  return () => void chooseFolder(() => navigate('/search')).catch(notifyFailure);
}

async function chooseFolder(onAdded: () => void): Promise<void> {
  const bridge = desktopBridge();
  if (bridge === null || (await client.app.info()).folderChooser === 'ours') {
    useFolderDialog.setState({ opened: true });
    return;
  }
  const path = await bridge.chooseFolder();
  if (path === null) return;
  await addFolder(path);
  onAdded();
}
