import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain, type MessagePortMain, type WebContents } from 'electron';
import { createRouter } from '../core/api/router.ts';
import type { App } from '../core/app.ts';
import type { Log } from '../core/ports.ts';
import { CHANNELS } from './channels.ts';
import { guardPort } from './guard-port.ts';
import { isTrustedFrame } from './trusted-frame.ts';

/**
 * Gives each page of ours one message port that speaks the contract. It is closed, and the calls
 * under way are aborted, when another page has taken its place, when it goes, or connects anew.
 */
export function connectWindows({ core, log }: { core: App; log: Log }): void {
  const handler = new RPCHandler(createRouter(core, log));
  const open = new Map<WebContents, () => void>();
  ipcMain.on(CHANNELS.connect, (event) => {
    const [port] = event.ports;
    if (port === undefined) return;
    if (!isTrustedFrame(event.senderFrame)) {
      log('warn', 'Refused a connection from a page that is not ours');
      port.close();
      return;
    }
    const contents = event.sender;
    open.get(contents)?.();
    const close = closeWithPage(port, contents, () => open.delete(contents));
    open.set(contents, close);
    const guarded = guardPort(port, () => {
      log('warn', 'Closed a connection that did not speak the contract');
      close();
    });
    handler.upgrade(guarded);
    port.start();
  });
}

/** Returns a function that closes the port now. */
function closeWithPage(
  port: MessagePortMain,
  contents: WebContents,
  onClosed: () => void,
): () => void {
  function close(): void {
    contents.off('did-navigate', close);
    contents.off('destroyed', close);
    contents.off('render-process-gone', close);
    onClosed();
    port.close();
    // Promised only for a port whose other end went; the calls under way are aborted by it.
    port.emit('close');
  }
  // Not `did-start-navigation`: that comes before `will-navigate`, so also for what is refused there
  // (and for downloads), and the page that stays would have lost its connection for good.
  contents.once('did-navigate', close);
  contents.once('destroyed', close);
  contents.once('render-process-gone', close);
  return close;
}
