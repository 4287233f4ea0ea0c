import type { DesktopBridge } from '../../shared/desktop.ts';

declare global {
  interface Window {
    readonly vitrine?: DesktopBridge<File>;
  }
}

/** Electron's preload listens for this message and takes the port that comes with it. */
export const CONNECT_MESSAGE = 'vitrine:connect';

/** The bridge of the Electron host, or null in a browser. */
export function desktopBridge(): DesktopBridge<File> | null {
  return window.vitrine ?? null;
}
