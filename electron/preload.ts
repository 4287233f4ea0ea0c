import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHOOSE_FOLDER_CHANNEL, CONNECT_CHANNEL } from './shell/channels.ts';

/** All that a page gets of Electron; the rest goes over the message port. */
const bridge = {
  chooseFolder: (): Promise<string | null> => ipcRenderer.invoke(CHOOSE_FOLDER_CHANNEL),
  pathOf: async (file: File): Promise<string> => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('vitrine', bridge);

window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== CONNECT_CHANNEL) return;
  ipcRenderer.postMessage(CONNECT_CHANNEL, null, [...event.ports]);
});
