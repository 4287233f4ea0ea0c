import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';
import { expect, test } from 'vitest';
import { downloadAddress } from './origin.ts';

const HUB = 'https://huggingface.co/Xenova/x/resolve/main/onnx/model.onnx?download=true';

test('an address is the one of the manifest, or the same path under the mirror', () => {
  expect(downloadAddress(HUB, undefined).href).toBe(HUB);
  expect(downloadAddress(HUB, '').href).toBe(HUB);
  expect(downloadAddress(HUB, 'https://mirror.example.com/hf').href).toBe(
    'https://mirror.example.com/hf/Xenova/x/resolve/main/onnx/model.onnx?download=true',
  );
  expect(downloadAddress(HUB, 'http://127.0.0.1:8080').host).toBe('127.0.0.1:8080');
});

test.each(['http://mirror.example.com', 'ftp://127.0.0.1', 'mirror'])(
  'a mirror at %s is refused',
  (mirror) => {
    expect(() => downloadAddress(HUB, mirror)).toThrow(/VITRINE_MODEL_MIRROR is/);
  },
);

test('HTTPS_PROXY is honoured', async () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const getter = path.join(import.meta.dirname, 'http-get.ts');
  const script = `
    const { httpGet } = await import(${JSON.stringify(getter)});
    await httpGet(new URL('https://models.example.org/x'), { signal: new AbortController().signal, silenceMs: 5000 })
      .catch(() => undefined);
    process.exit(0);`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env['PATH'], HTTPS_PROXY: `http://127.0.0.1:${port}` },
  });
  proxy.close();
  expect(asked).toEqual(['models.example.org:443']);
});
