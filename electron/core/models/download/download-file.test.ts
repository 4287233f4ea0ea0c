import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startModelServer, type ModelServer } from '../fixtures/model-server.ts';
import { assertRoom } from './part-file.ts';
import { downloadFile, type DownloadProgress, type DownloadRequest } from './download-file.ts';

const CONTENT = randomBytes(600_000);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const OTHER = randomBytes(CONTENT.length);

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-download-'));
  target = path.join(folder, 'models/vit/model.onnx');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly retryMs?: readonly number[];
  readonly signal?: AbortSignal;
  readonly progress?: (progress: DownloadProgress) => void;
  readonly silenceMs?: number;
}

function download(server: ModelServer, request: Partial<DownloadRequest> = {}, run: Run = {}) {
  return downloadFile(
    {
      url: new URL('/vit/model.onnx', server.url),
      target,
      sizeBytes: CONTENT.length,
      sha256: SHA256,
      ...request,
    },
    {
      signal: run.signal ?? new AbortController().signal,
      onProgress: run.progress ?? (() => undefined),
      retryMs: run.retryMs ?? [1, 1, 1],
      silenceMs: run.silenceMs ?? 5_000,
    },
  );
}

/** Stops a download once about `bytes` have arrived. */
async function interrupt(server: ModelServer, bytes = 200_000): Promise<void> {
  const abort = new AbortController();
  server.behaviour.pauseMs = 2;
  await expect(
    download(
      server,
      {},
      { signal: abort.signal, progress: ({ doneBytes }) => doneBytes >= bytes && abort.abort() },
    ),
  ).rejects.toMatchObject({ name: 'AbortError' });
  server.behaviour.pauseMs = 0;
}

const part = () => `${target}.part`;

describe('a file that arrives', () => {
  test('is put in its place, with progress, and nothing is left beside it', async () => {
    await using server = await startModelServer(CONTENT);
    const seen: DownloadProgress[] = [];
    expect(await download(server, {}, { progress: (one) => seen.push(one) })).toEqual({
      sha256: SHA256,
      sizeBytes: CONTENT.length,
    });
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
    for (const rest of ['.part', '.part.json', '.part.lock']) {
      expect(existsSync(target + rest), rest).toBe(false);
    }
    expect(seen[0]).toMatchObject({ state: 'running', doneBytes: 0, totalBytes: CONTENT.length });
    expect(seen.at(-1)).toMatchObject({ state: 'verifying', doneBytes: CONTENT.length });
    const done = seen.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });

  test('goes on where it was interrupted, asking for the rest only', async () => {
    await using server = await startModelServer(CONTENT);
    await interrupt(server);
    const have = statSync(part()).size;
    expect(have).toBeGreaterThan(100_000);
    await download(server);
    expect(server.ranges).toEqual(['', `bytes=${have}-`]);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });

  test('survives a connection that is cut again and again', async () => {
    await using server = await startModelServer(CONTENT, { cutAfter: 100_000 });
    const states = new Set<string>();
    await download(server, {}, { retryMs: [1], progress: ({ state }) => states.add(state) });
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
    expect(server.ranges.length).toBeGreaterThanOrEqual(6);
    expect(states).toContain('waiting');
  });

  test('starts over where the server knows no ranges', async () => {
    await using server = await startModelServer(CONTENT, { honoursRanges: false });
    await interrupt(server);
    await download(server);
    expect(server.ranges[1]).toMatch(/^bytes=\d+-$/);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });

  test('starts over where the file on the server is another by now', async () => {
    await using server = await startModelServer(OTHER, { etag: '"old"' });
    await interrupt(server);
    Object.assign(server.behaviour, { content: CONTENT, etag: '"new"' });
    await download(server);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });

  test('starts over when the pieces do not make the file, though the server says they do', async () => {
    await using server = await startModelServer(OTHER, { etag: '"same"' });
    await interrupt(server);
    server.behaviour.content = CONTENT;
    await download(server);
    expect(server.ranges).toEqual(['', expect.stringMatching(/^bytes=/) as string, '']);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });

  test('is not fetched again when only the last check was missing', async () => {
    await using server = await startModelServer(CONTENT);
    await interrupt(server);
    writeFileSync(part(), CONTENT);
    await download(server);
    expect(server.ranges).toEqual(['']);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });

  test('waits as long as a server that is busy asks it to', async () => {
    await using server = await startModelServer(CONTENT, {
      refusals: { status: 503, times: 2, headers: { 'Retry-After': '0' } },
    });
    await download(server);
    expect(server.ranges).toHaveLength(3);
  });

  test('goes on after kill -9', async () => {
    await using server = await startModelServer(CONTENT, { pauseMs: 5 });
    const child = fork(path.join(import.meta.dirname, '../fixtures/download-process.ts'), [
      `${server.url}/vit/model.onnx`,
      target,
      SHA256,
    ]);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve) => {
      child.on('message', (bytes) => Number(bytes) > 150_000 && resolve());
    });
    // Two at once would write into each other.
    await expect(download(server)).rejects.toMatchObject({ code: 'BUSY' });
    child.kill('SIGKILL');
    await exited;
    server.behaviour.pauseMs = 0;
    const have = statSync(part()).size;
    await download(server);
    expect(server.ranges.at(-1)).toBe(`bytes=${have}-`);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });
});

describe('a file nobody published the hash of', () => {
  const unknown = { sha256: undefined, sizeBytes: undefined };

  test('is taken when its host gives the SHA-256 where it redirects', async () => {
    await using storage = await startModelServer(CONTENT, { etag: '"storage"' });
    await using hub = await startModelServer(CONTENT, {
      redirectTo: `${storage.url}/redirected`,
      linkedEtag: `"${SHA256}"`,
    });
    expect(await download(hub, unknown)).toEqual({ sha256: SHA256, sizeBytes: CONTENT.length });
  });

  test('is taken when its ETag is the SHA-256', async () => {
    await using server = await startModelServer(CONTENT, { etag: `"${SHA256}"` });
    expect(await download(server, unknown)).toMatchObject({ sha256: SHA256 });
  });

  test('is refused before its first byte otherwise, also when only the storage vouches', async () => {
    await using storage = await startModelServer(CONTENT, { etag: `"${SHA256}"` });
    await using hub = await startModelServer(CONTENT, { redirectTo: `${storage.url}/redirected` });
    await expect(download(hub, unknown)).rejects.toMatchObject({
      code: 'MODEL_REFUSED',
      message: expect.stringContaining('Nobody vouches for this file') as string,
      data: { action: expect.stringContaining('vitrine models import') as string },
    });
    expect(existsSync(part())).toBe(false);
  });
});

describe('what goes wrong is said, with what to do', () => {
  test('another file under the address', async () => {
    await using server = await startModelServer(OTHER);
    await expect(download(server)).rejects.toMatchObject({
      code: 'MODEL_REFUSED',
      message: expect.stringContaining(`instead of ${SHA256}`) as string,
    });
    expect(existsSync(target)).toBe(false);
    expect(existsSync(part())).toBe(false);
  });

  test('another file, which the host admits: not a byte is fetched', async () => {
    await using server = await startModelServer(OTHER, { linkedEtag: `"${'0'.repeat(64)}"` });
    await expect(download(server)).rejects.toMatchObject({ code: 'MODEL_REFUSED' });
    expect(existsSync(part())).toBe(false);
  });

  test('a truncated file under the address', async () => {
    await using server = await startModelServer(CONTENT.subarray(0, 1_000));
    await expect(download(server)).rejects.toMatchObject({
      code: 'MODEL_REFUSED',
      message: expect.stringContaining('1000 bytes instead of 600000') as string,
    });
  });

  test.each([
    [404, 'does not have the file any more'],
    [403, 'does not give the file to everyone'],
    [500, 'answered with HTTP 500'],
  ])('HTTP %i', async (status, sentence) => {
    await using server = await startModelServer(CONTENT, { refusals: { status, times: 99 } });
    await expect(download(server)).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining(sentence) as string,
      data: { action: expect.stringContaining('import it') as string },
    });
    // What will not pass is not tried again.
    expect(server.ranges).toHaveLength(status === 500 ? 4 : 1);
  });

  test('offline, after a few tries', async () => {
    const server = await startModelServer(CONTENT);
    await interrupt(server);
    await server[Symbol.asyncDispose]();
    let waits = 0;
    await expect(
      download(server, {}, { progress: ({ state }) => (waits += Number(state === 'waiting')) }),
    ).rejects.toMatchObject({
      code: 'OFFLINE',
      data: { action: expect.stringContaining('HTTPS_PROXY') as string },
    });
    expect(waits).toBe(3);
    expect(statSync(part()).size).toBeGreaterThan(100_000);
  });

  test('a server that falls silent', async () => {
    await using server = await startModelServer(CONTENT, { pauseMs: 60_000 });
    await expect(download(server, {}, { silenceMs: 50, retryMs: [] })).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('broke') as string,
    });
  });

  test('a disk without room for it, before it begins', async () => {
    await expect(assertRoom(folder, 1e15)).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/^The disk is full: \d+ MB are missing\.$/) as string,
    });
  });

  test.skipIf(process.platform !== 'linux')('a disk that fills up meanwhile', async () => {
    await using server = await startModelServer(CONTENT);
    // Every write to it ends in ENOSPC, as on a full disk. Put there when the download has begun.
    const fill = ({ doneBytes }: DownloadProgress) => {
      if (doneBytes === 0) symlinkSync('/dev/full', part());
    };
    await expect(download(server, {}, { progress: fill })).rejects.toMatchObject({
      code: 'DISK_FULL',
      data: { action: 'Make room, then go on: what has arrived is kept.' },
    });
    expect(server.ranges).toHaveLength(1);
  });

  test('a redirect off this computer that is not https', async () => {
    await using server = await startModelServer(CONTENT, {
      redirectTo: 'http://models.example.org/model.onnx',
    });
    await expect(download(server)).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: 'The download leads to http://models.example.org, which is not https.',
    });
  });

  test('an address that is not https in the first place', async () => {
    await using server = await startModelServer(CONTENT);
    await expect(
      download(server, { url: new URL('http://models.example.org/model.onnx') }),
    ).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  });
});
