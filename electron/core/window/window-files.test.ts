import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWindowFiles } from './window-files.ts';

let folder: string;
let vite: Server;
let devServer: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vitrine-window-'));
  await mkdir(path.join(folder, 'window', 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'window', 'index.html'), '<title>Vitrine</title>');
  await writeFile(path.join(folder, 'window', 'assets', 'main-abc.js'), '1;');
  await writeFile(path.join(folder, 'secret.js'), 'no');
  // Answers with what it was asked.
  vite = createServer((request, response) => {
    const { url, headers } = request;
    if (url === '/missing.js') response.writeHead(404);
    else response.writeHead(200, { 'Content-Type': 'text/javascript' });
    response.end(JSON.stringify({ url, accept: headers.accept, cookie: headers.cookie }));
  });
  await new Promise<void>((resolve) => vite.listen(0, '127.0.0.1', resolve));
  devServer = `http://127.0.0.1:${(vite.address() as AddressInfo).port}`;
});
afterAll(async () => {
  vite.close();
  await rm(folder, { recursive: true });
});

const asked = (headers: Record<string, string> = {}) => new Headers(headers);

test('the built window is read from its folder and from nowhere else', async () => {
  const files = openWindowFiles(path.join(folder, 'window'));
  const read = (address: string) => files.read(new URL(address, 'vitrine://app/'), asked());
  expect((await read('/'))?.headers).toMatchObject({ 'Cache-Control': 'no-cache' });
  expect((await read('/assets/main-abc.js'))?.headers).toMatchObject({
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
  for (const address of ['/..%2fsecret.js', '/%2e%2e/secret.js', '/assets', '/none.js']) {
    expect(await read(address), address).toBeNull();
  }
});

test('while it is worked on, Vite answers, and only its socket may be reached beside', async () => {
  const files = openWindowFiles('/nowhere', devServer);
  const file = await files.read(
    new URL('vitrine://app/app.css?t=1'),
    asked({ accept: 'text/css', cookie: 'secret' }),
  );
  expect(JSON.parse(Buffer.from(file?.bytes ?? []).toString())).toEqual({
    url: '/app.css?t=1',
    accept: 'text/css',
  });
  const policy = file?.headers['Content-Security-Policy'];
  expect(policy).toContain(`connect-src 'self' ${devServer.replace('http', 'ws')};`);
  expect(policy).toContain("default-src 'none'");
  expect(file?.headers['Cache-Control']).toBe('no-store');
  expect(await files.read(new URL('vitrine://app/missing.js'), asked())).toBeNull();
});
