import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebHost, type WebHost } from '../../electron/web/server.ts';
import { drawProducts } from '../support/draw-products.ts';
import { drawNoise, makeBomb } from '../support/hostile-pictures.ts';
import { installation, startTestApp, temporaryFolder } from '../support/test-app.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let running: Awaited<ReturnType<typeof startTestApp>>;
let host: WebHost;
let imageToken: string;
let catalog: string;
let catalogId: number;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as any local program could send it: nothing is normalized on the way. */
function send(
  target: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: host.port, path: target, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const addressOf = (key: string, query = '') =>
  `/img/${running.app.catalogs.findItem(catalogId, key)}?t=${imageToken}${query}`;

beforeAll(async () => {
  folder = await temporaryFolder();
  catalog = path.join(folder.path, 'catalog');
  await drawProducts(catalog, 4);
  const put = async (name: string, bytes: Uint8Array) =>
    writeFile(path.join(catalog, 'images', name), bytes);
  const large = sharp(
    Buffer.from('<svg width="1600" height="900"><rect width="9" height="9"/></svg>'),
  );
  await put('large.tiff', await large.tiff().toBuffer());
  await put('bomb.png', makeBomb(30_000));
  await put('swapped.jpg', await drawNoise('jpeg'));
  running = await startTestApp();
  host = await startWebHost({
    app: running.app,
    rendererDir: installation.rendererDir,
    log: () => undefined,
  });
  const session = await send('/session', { headers: { Authorization: `Bearer ${host.token}` } });
  ({ imageToken } = JSON.parse(session.body.toString()) as { imageToken: string });
  catalogId = await running.app.catalogs.add(catalog);
  await running.app.runner.whenIdle({ catalogId, kinds: ['scan'] });
});

afterAll(async () => {
  await host.close();
  await running[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

test('a picture comes by its item id, with the headers that keep it a picture', async () => {
  const { status, headers, body } = await send(addressOf('1000', '&w=64'));
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-cache',
  });
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(await sharp(body).metadata()).toMatchObject({ format: 'webp', width: 64, height: 64 });
  expect((await send(addressOf('1000', '&w=64&v=1'))).headers['cache-control']).toContain(
    'immutable',
  );
});

test('the same picture again is not sent again', async () => {
  const { headers } = await send(addressOf('1000', '&w=64'));
  const again = await send(addressOf('1000', '&w=64'), {
    headers: { 'If-None-Match': headers.etag ?? '' },
  });
  expect(again.status).toBe(304);
  expect(again.body).toHaveLength(0);
  expect((await send(addressOf('1000', '&w=64'), { method: 'HEAD' })).body).toHaveLength(0);
});

test('a format that browsers do not know is converted, and never enlarged', async () => {
  const { headers, body } = await send(addressOf('large'));
  expect(headers['content-type']).toBe('image/webp');
  expect(await sharp(body).metadata()).toMatchObject({ width: 1600, height: 900 });
});

test('a bomb is refused and the next picture comes', async () => {
  const { status, body } = await send(addressOf('bomb'));
  expect(status).toBe(404);
  expect(body.toString()).toContain('million pixels');
  expect((await send(addressOf('1001'))).status).toBe(200);
});

test.skipIf(process.platform === 'win32')(
  'a file that became a link out of the folder is refused',
  async () => {
    const outside = path.join(folder.path, 'outside');
    await mkdir(outside);
    await writeFile(path.join(outside, 'secret.jpg'), await drawNoise('jpeg'));
    const file = path.join(catalog, 'images', 'swapped.jpg');
    expect((await send(addressOf('swapped'))).status).toBe(200);
    await rm(file);
    await symlink(path.join(outside, 'secret.jpg'), file);
    const { status, body } = await send(addressOf('swapped'));
    expect(status).toBe(404);
    expect(body.toString()).toContain('outside the catalog folder');
  },
);

test('nothing else has an address', async () => {
  const tokenless = `/img/${running.app.catalogs.findItem(catalogId, '1000')}`;
  expect((await send(tokenless)).status).toBe(401);
  expect((await send(`${tokenless}?t=${host.token}`)).status).toBe(401);
  expect((await send(`/img/999999?t=${imageToken}`)).status).toBe(404);
  expect((await send(addressOf('1000'), { method: 'POST' })).status).toBe(405);
  for (const target of [
    '/img/../../package.json',
    `/img/1000.jpg?t=${imageToken}`,
    `/img/${encodeURIComponent(path.join(catalog, 'images', '1000.jpg'))}?t=${imageToken}`,
    '/..%2f..%2fpackage.json',
    '/%00',
    '/assets/',
    '//etc/passwd',
  ]) {
    const { status, headers } = await send(target);
    expect([target, status]).toEqual([target, 404]);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});
