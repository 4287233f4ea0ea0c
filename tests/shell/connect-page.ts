import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Client } from '../../shared/contract/index.ts';
import { CHANNELS } from '../../electron/shell/channels.ts';
import type { Page } from './double/page.ts';

export interface Connection {
  readonly client: Client;
  readonly port: MessagePort;
  /** Resolves when the shell has closed the port. */
  readonly closed: Promise<void>;
}

/** What the window does in Electron: hands one end of a channel to the preload. */
export function connectPage(page: Page): Connection {
  const { port1, port2 } = new MessageChannel();
  const closed = new Promise<void>((resolve) => {
    port1.addEventListener('close', () => resolve());
  });
  port1.start();
  page.postMessage(CHANNELS.connect, [port2]);
  return { client: createORPCClient(new RPCLink({ port: port1 })), port: port1, closed };
}
