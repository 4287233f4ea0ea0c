import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopBridge, DesktopEvent } from '../shared/desktop.ts';
import { CHANNELS } from './shell/channels.ts';

const listeners = new Set<(event: DesktopEvent) => void>();
ipcRenderer.on(CHANNELS.event, (_event, sent: DesktopEvent) => {
  for (const listener of listeners) listener(sent);
});

/** All that a page gets of Electron; the rest goes over the message port. */
const bridge: DesktopBridge<File> = {
  chooseFolder: () => ipcRenderer.invoke(CHANNELS.chooseFolder),
  async pathOf(file) {
    const path = webUtils.getPathForFile(file);
    // The page may use a folder because the user dropped it: this is where the shell hears of it.
    if (path !== '') await ipcRenderer.invoke(CHANNELS.dropped, path);
    return path;
  },
  revealItem: (itemId) => ipcRenderer.invoke(CHANNELS.revealItem, itemId),
  copyPicture: (itemId) => ipcRenderer.invoke(CHANNELS.copyPicture, itemId),
  startDrag: (itemId) => ipcRenderer.send(CHANNELS.startDrag, itemId),
  revealDataFolder: () => ipcRenderer.invoke(CHANNELS.revealDataFolder),
  setTheme: (theme) => ipcRenderer.send(CHANNELS.setTheme, theme),
  onEvent(listener) {
    listeners.add(listener);
    ipcRenderer.send(CHANNELS.listen);
    return () => listeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('vitrine', bridge);

window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== CHANNELS.connect) return;
  ipcRenderer.postMessage(CHANNELS.connect, null, [...event.ports]);
});
