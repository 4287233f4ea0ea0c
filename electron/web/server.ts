import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { MAX_DROPPED_FILE_BYTES } from '../../shared/contract/app.ts';
import { createRouter } from '../core/api/router.ts';
import type { App } from '../core/app.ts';
import type { Log } from '../core/ports.ts';
import { openWindowFiles } from '../core/window/window-files.ts';
import { Access } from './access.ts';
import { createHttpHandler } from './http-handler.ts';

export interface WebHost {
  /** The address to open, token included. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

export interface WebHostOptions {
  readonly app: App;
  readonly rendererDir: string;
  /** Where Vite serves the window's source while it is being worked on, instead of `rendererDir`. */
  readonly devServer?: string | undefined;
  readonly log: Log;
  /** Random by default. */
  readonly port?: number;
}

/** A file of a dropped folder fits into one message, with what is said about it. */
const MAX_MESSAGE_BYTES = MAX_DROPPED_FILE_BYTES + 1024 * 1024;
const PROTOCOL = 'vitrine';

/** Serves an app to browsers on this computer: files and pictures over HTTP, calls over a WebSocket. */
export async function startWebHost({
  app,
  rendererDir,
  devServer,
  log,
  port = 0,
}: WebHostOptions): Promise<WebHost> {
  const server = createServer();
  await listen(server, port);
  const actualPort = (server.address() as AddressInfo).port;
  const access = new Access(actualPort);
  server.on(
    'request',
    createHttpHandler({ app, access, files: openWindowFiles(rendererDir, devServer), log }),
  );

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => PROTOCOL,
  });
  const rpc = new RPCHandler(createRouter(app, log));
  server.on('upgrade', (request, socket, head) => {
    // Anyone on this computer can connect and hang up; without a listener that would end the process.
    socket.on('error', () => socket.destroy());
    // The subprotocol is the one header a page may set: ['vitrine', token].
    const [protocol, token] = (request.headers['sec-websocket-protocol'] ?? '').split(/, */);
    const isWelcome =
      request.url === '/rpc' &&
      access.isForThisHost(request) &&
      access.isFromOwnPage(request, { isRequired: true }) &&
      protocol === PROTOCOL &&
      access.hasToken(token);
    if (!isWelcome) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.on('error', (error) =>
        log('warn', 'A connection broke', { error: error.message }),
      );
      void rpc.upgrade(connection);
    });
  });

  return {
    url: `http://127.0.0.1:${actualPort}/#token=${access.token}`,
    port: actualPort,
    token: access.token,
    async close() {
      for (const connection of sockets.clients) connection.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Loopback only, whatever the machine's other addresses are. */
function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
