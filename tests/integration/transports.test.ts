import { createORPCClient } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import { RPCHandler as MessagePortHandler } from '@orpc/server/message-port';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createRouter } from '../../electron/core/api/router.ts';
import { startWebHost, type WebHost } from '../../electron/web/server.ts';
import type { Client } from '../../shared/contract/index.ts';
import { drawProducts } from '../support/draw-products.ts';
import { installation, startTestApp, temporaryFolder } from '../support/test-app.ts';

const log = () => undefined;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let running: Awaited<ReturnType<typeof startTestApp>>;
let host: WebHost;
let catalogId: number;
const clients = new Map<string, { client: Client; close: () => void }>();

beforeAll(async () => {
  folder = await temporaryFolder();
  await drawProducts(folder.path, 12);
  running = await startTestApp();
  host = await startWebHost({ app: running.app, rendererDir: installation.rendererDir, log });
  clients.set('message port', connectByMessagePort());
  clients.set('socket', await connectBySocket());
  catalogId = await running.app.catalogs.add(folder.path);
  await running.app.runner.whenIdle({ catalogId });
});

afterAll(async () => {
  for (const { close } of clients.values()) close();
  await host.close();
  await running[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** As Electron does it: one end of a channel in the window, the other in the main process. */
function connectByMessagePort() {
  const { port1, port2 } = new MessageChannel();
  new MessagePortHandler(createRouter(running.app, log)).upgrade(port2);
  port1.start();
  port2.start();
  const client: Client = createORPCClient(new MessagePortLink({ port: port1 }));
  return { client, close: () => port1.close() };
}

async function connectBySocket() {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, ['vitrine', host.token], {
    origin: `http://127.0.0.1:${host.port}`,
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const client: Client = createORPCClient(
    new WebSocketLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  return { client, close: () => socket.close() };
}

describe.each(['message port', 'socket'])('the contract over a %s', (transport) => {
  const client = () => {
    const found = clients.get(transport);
    if (found === undefined) throw new Error(`${transport} is not connected`);
    return found.client;
  };

  test('answers with typed values', async () => {
    const [catalog] = await client().catalogs.list();
    expect(catalog).toMatchObject({ id: catalogId, items: 12, rows: 12, problems: 0 });
    const found = await client().search.run({
      catalogId,
      mode: 'text',
      text: 'a green circle',
      top: 3,
    });
    expect(found.results[0]?.item.name).toBe('A green circle');
    expect(found.models.text?.dimension).toBe(384);
  });

  test('takes a picture as a file and finds it', async () => {
    const bytes = await readFile(path.join(folder.path, 'images', '1005.jpg'));
    const { pictureId } = await client().search.addPicture({
      file: new File([bytes], '1005.jpg', { type: 'image/jpeg' }),
    });
    const found = await client().search.run({
      catalogId,
      mode: 'image',
      picture: { kind: 'picture', pictureId },
    });
    expect(found.results[0]).toMatchObject({ rank: 1, item: { key: '1005' } });
    expect(found.results[0]?.image?.distance).toBeLessThan(0.001);
  });

  test('names the failure by code, sentence and action', async () => {
    await expect(client().catalogs.add({ path: '/no/such/folder' })).rejects.toMatchObject({
      code: 'FOLDER_NOT_FOUND',
      message: expect.stringContaining('/no/such/folder') as string,
      data: { action: expect.any(String) as string },
    });
    await expect(client().search.run({ catalogId, mode: 'text' })).rejects.toMatchObject({
      code: 'QUERY_INCOMPLETE',
    });
    await expect(
      client().search.run({ catalogId, mode: 'text', text: 'x', top: -1 }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('top') as string,
    });
  });

  test('streams progress, and leaving the stream ends it', async () => {
    const stream = await client().ingest.live();
    const first = await stream.next();
    expect(first.value).toMatchObject([{ catalogId, state: 'idle' }]);
    await client().catalogs.rescan({ catalogId });
    const second = await stream.next();
    expect(second.done).toBe(false);
    await stream.return?.();
    expect((await stream.next()).done).toBe(true);
  });

  test('a search that is left is cancelled', async () => {
    const abort = new AbortController();
    const query = client().search.run(
      { catalogId, mode: 'text', text: `never asked before over a ${transport}` },
      { signal: abort.signal },
    );
    abort.abort();
    await expect(query).rejects.toThrow(/abort/i);
  });
});

test('someone who connects and hangs up ends nothing', async () => {
  const { connect } = await import('node:net');
  await new Promise<void>((resolve) => {
    const socket = connect(host.port, '127.0.0.1', () => {
      socket.write(
        `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      );
      socket.resetAndDestroy();
      resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const answer = await fetch(`http://127.0.0.1:${host.port}/session`);
  expect(answer.status).toBe(401);
});

test('the socket refuses strangers', async () => {
  const attempt = (protocols: string[], origin: string) =>
    new Promise<number | undefined>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, protocols, { origin });
      socket.once('open', () => resolve(101));
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.once('error', () => undefined);
    });
  const own = `http://127.0.0.1:${host.port}`;
  expect(await attempt(['vitrine', 'wrong'], own)).toBe(403);
  expect(await attempt(['vitrine', host.token], 'http://evil.example')).toBe(403);
  expect(await attempt(['vitrine', host.token], own)).toBe(101);
});

test('the server refuses other hosts, other origins and pictures without the token', async () => {
  const { request } = await import('node:http');
  const get = (target: string, headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port: host.port, path: target, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await get('/session', { Host: 'evil.example' })).toBe(403);
  expect(
    await get('/session', { Origin: 'http://evil.example', Authorization: `Bearer ${host.token}` }),
  ).toBe(403);
  expect(await get('/session')).toBe(401);
  expect(await get('/session', { Authorization: `Bearer ${host.token}` })).toBe(200);
  expect(await get('/img/1?w=64')).toBe(401);
  expect(await get('/../package.json')).toBe(404);
  expect(await get('/%2e%2e/package.json')).toBe(404);
});
