import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain, type Event, type WebContentsDidStartNavigationEventParams } from 'electron';
import { createRouter } from '../core/api/router.ts';
import type { App } from '../core/app.ts';
import type { Log } from '../core/ports.ts';
import { CONNECT_CHANNEL } from './channels.ts';
import { isTrustedFrame } from './trusted-frame.ts';

/** Gives each page of ours a message port that speaks the contract; closed when the page goes. */
export function connectWindows({ core, log }: { core: App; log: Log }): void {
  const handler = new RPCHandler(createRouter(core, log));
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const [port] = event.ports;
    if (port === undefined) return;
    if (!isTrustedFrame(event.senderFrame)) {
      log('warn', 'Refused a connection from a page that is not ours');
      port.close();
      return;
    }
    handler.upgrade(port);
    port.start();
    const contents = event.sender;
    const close = () => {
      contents.off('did-start-navigation', onNavigation);
      port.close();
    };
    // A change of route stays in the document, and in the connection.
    const onNavigation = (details: Event<WebContentsDidStartNavigationEventParams>) => {
      if (details.isMainFrame && !details.isSameDocument) close();
    };
    contents.on('did-start-navigation', onNavigation);
    contents.once('destroyed', () => port.close());
  });
}
