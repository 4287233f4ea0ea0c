/** What Electron's preload puts on `window`; absent in a browser. */
export interface ElectronBridge {
  /** The system's folder dialog; null when it was cancelled. */
  chooseFolder(): Promise<string | null>;
  /** The path of a dropped or picked file or folder. */
  pathOf(file: File): string;
}

declare global {
  interface Window {
    readonly vitrine?: ElectronBridge;
  }
}

/** Electron's preload listens for this message and takes the port that comes with it. */
export const CONNECT_MESSAGE = 'vitrine:connect';

/** The bridge of the Electron host, or null in a browser. */
export function electronBridge(): ElectronBridge | null {
  return window.vitrine ?? null;
}
