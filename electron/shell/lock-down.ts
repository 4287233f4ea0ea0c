import { session, type App, type Event } from 'electron';
import type { Log } from '../core/ports.ts';
import { openExternal } from './external-links.ts';
import { isAppAddress, isAppPage } from './scheme.ts';

/** All that a page may do beyond showing itself: put text and pictures on the clipboard, on a click. */
const GRANTED = 'clipboard-sanitized-write';

interface Asker {
  readonly permission: string;
  readonly address: string | undefined;
  readonly isMainFrame: boolean;
}

/** Denies what the window never needs: permissions, devices, navigation, new windows, webviews. */
export function lockDown(app: App, log: Log): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const { requestingUrl: address, isMainFrame } = details;
    answer(isGranted({ permission, address, isMainFrame }));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    isGranted({ permission, address: origin, isMainFrame }),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', keepPage);
    contents.on('will-frame-navigate', keepPage);
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (!openExternal(url)) log('warn', 'Refused to open an address', { address: url });
      return { action: 'deny' };
    });
  });
}

/** A page may load itself again, and go nowhere else. */
function keepPage(event: Event<{ url: string; isMainFrame: boolean }>): void {
  if (!event.isMainFrame || !isAppPage(event.url)) event.preventDefault();
}

function isGranted({ permission, address, isMainFrame }: Asker): boolean {
  return permission === GRANTED && isMainFrame && address !== undefined && isAppAddress(address);
}
