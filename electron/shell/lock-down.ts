import { session, type App } from 'electron';
import type { Log } from '../core/ports.ts';
import { openExternal } from './external-links.ts';

/** Denies what the window never needs: permissions, devices, navigation, new windows, webviews. */
export function lockDown(app: App, log: Log): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (!openExternal(url)) log('warn', 'Refused to open an address', { address: url });
      return { action: 'deny' };
    });
  });
}
