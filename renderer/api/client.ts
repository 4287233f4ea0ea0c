import { createORPCClient } from '@orpc/client';
import type { Client } from '../../shared/contract/index.ts';
import { type Connection, connectPort, SocketConnection } from './connection.ts';
import { desktopBridge } from './host.ts';
import { takeToken } from './token.ts';

/** The one connection of this window: a message port in Electron, a socket in a browser. */
export const connection: Connection =
  desktopBridge() === null
    ? new SocketConnection(
        window.location.origin,
        takeToken(window.location, window.sessionStorage, window.history),
      )
    : connectPort();

/** Every call to the core, typed by the contract. */
export const client: Client = createORPCClient(connection);
