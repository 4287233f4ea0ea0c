import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { VitrineError } from '../../errors.ts';
import { hashFile } from '../hash-file.ts';
import { HttpStatusError, readFault } from './download-fault.ts';
import { httpGet, type HttpAnswer } from './http-get.ts';
import { assertRoom, PartFile } from './part-file.ts';

export interface DownloadRequest {
  readonly url: URL;
  /** The file it becomes once it has proved right. */
  readonly target: string;
  /** Left out where the manifest does not know it. */
  readonly sizeBytes?: number | undefined;
  /** Left out where the manifest does not know it: then the host must. */
  readonly sha256?: string | undefined;
}

export interface DownloadProgress {
  readonly state: 'running' | 'waiting' | 'verifying';
  readonly doneBytes: number;
  readonly totalBytes: number | null;
  /** Why it waits. */
  readonly error: VitrineError | null;
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Pauses before the tries that follow each other without a byte; another failure ends it. */
  readonly retryMs?: readonly number[];
  readonly silenceMs?: number;
}

const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 16_000];
const SILENCE_MS = 30_000;

/** The bytes at hand are of another file, or not what they should be: only a new start helps. */
class StalePart extends Error {
  constructor() {
    super('what arrives does not fit what is there');
  }
}

/**
 * Fetches a file into `target.part`, going on where an earlier try ended, and renames it once size
 * and SHA-256 are right. A file nobody vouches for is refused before its first byte.
 *
 * @throws VitrineError OFFLINE, DOWNLOAD_FAILED, DISK_FULL, MODEL_REFUSED or BUSY, and the signal's
 * reason when it is aborted; but for a refusal the part file stays.
 */
export async function downloadFile(
  request: DownloadRequest,
  options: DownloadOptions,
): Promise<{ sha256: string; sizeBytes: number }> {
  const part = new PartFile(request.target);
  return part.whileLocked(() => fetchWhole(request, part, options));
}

async function fetchWhole(
  request: DownloadRequest,
  part: PartFile,
  options: DownloadOptions,
): Promise<{ sha256: string; sizeBytes: number }> {
  const { signal, onProgress, retryMs = RETRY_MS } = options;
  let failures = 0;
  let hasStartedOver = false;
  for (;;) {
    const before = await part.size();
    try {
      const { sha256, totalBytes } = await fetchRest(request, part, options);
      onProgress({ state: 'verifying', doneBytes: totalBytes, totalBytes, error: null });
      const mayBeMixed = before > 0 && !hasStartedOver;
      await accept(request, part, { sha256, mayBeMixed, signal });
      return { sha256, sizeBytes: totalBytes };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof StalePart && !hasStartedOver) {
        hasStartedOver = true;
        await part.discard();
        continue;
      }
      const fault = readFault(error, request.url);
      if (!fault.isPassing) throw fault.error;
      const doneBytes = await part.size();
      // As long as something arrives it is worth going on.
      failures = doneBytes > before ? 0 : failures;
      const pauseMs = retryMs[failures++];
      if (pauseMs === undefined) throw fault.error;
      const totalBytes = (await part.note())?.totalBytes ?? request.sizeBytes ?? null;
      onProgress({ state: 'waiting', doneBytes, totalBytes, error: fault.error });
      await delay(Math.max(pauseMs, fault.retryAfterMs ?? 0), undefined, { signal });
    }
  }
}

/** Asks for what is missing and appends it; nothing when the part is complete. */
async function fetchRest(
  request: DownloadRequest,
  part: PartFile,
  options: DownloadOptions,
): Promise<{ sha256: string; totalBytes: number }> {
  const { url, target } = request;
  const { signal, onProgress, silenceMs = SILENCE_MS } = options;
  const have = await part.size();
  const note = await part.note();
  if (have > 0 && note === null) throw new StalePart();
  if (note !== null && have > note.totalBytes) throw new StalePart();
  const isComplete = note !== null && have === note.totalBytes && have > 0;
  if (isComplete && (request.sha256 ?? note.sha256) === note.sha256) return note;

  const headers: Record<string, string> =
    have === 0
      ? {}
      : {
          Range: `bytes=${have}-`,
          ...(note?.etag === null || note === null ? {} : { 'If-Range': note.etag }),
        };
  const answer = await httpGet(url, { headers, signal, silenceMs });
  try {
    const from = startOf(answer, have);
    const totalBytes = totalOf(answer, from) ?? request.sizeBytes;
    if (totalBytes === undefined) {
      throw refused('The server does not say how large the file is', 'Fetch it in a browser');
    }
    const sha256 = expectedHash(request, answer);
    assertOffered(request, totalBytes);
    if (from > 0 && (note?.sha256 !== sha256 || note.totalBytes !== totalBytes)) {
      throw new StalePart();
    }
    await assertRoom(path.dirname(target), totalBytes - from);
    if (from === 0) {
      await part.discard();
      const { etag } = answer.headers;
      const isStrong = etag !== undefined && !etag.startsWith('W/');
      await part.writeNote({ url: url.href, etag: isStrong ? etag : null, sha256, totalBytes });
    }
    let doneBytes = from;
    onProgress({ state: 'running', doneBytes, totalBytes, error: null });
    const count = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        doneBytes += chunk.length;
        onProgress({ state: 'running', doneBytes, totalBytes, error: null });
        next(null, chunk);
      },
    });
    await pipeline(
      answer.body,
      count,
      createWriteStream(part.path, { flags: from === 0 ? 'w' : 'a' }),
      { signal },
    );
    if (doneBytes > totalBytes) throw new StalePart();
    if (doneBytes < totalBytes) {
      throw Object.assign(new Error('The answer ended too early'), { code: 'ECONNRESET' });
    }
    return { sha256, totalBytes };
  } finally {
    answer.body.destroy();
  }
}

/** The byte the answer begins with: where we asked, or 0 where the server does not honour ranges. */
function startOf({ status, headers }: HttpAnswer, have: number): number {
  if (status === 200) return 0;
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
    if (range === null || Number(range[1]) !== have) throw new StalePart();
    return have;
  }
  if (status === 416) throw new StalePart();
  throw new HttpStatusError(status, headers['retry-after']);
}

function totalOf({ headers }: HttpAnswer, from: number): number | undefined {
  const ofRange = Number(/\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]);
  const total = from > 0 && ofRange > 0 ? ofRange : from + Number(headers['content-length']);
  return Number.isSafeInteger(total) && total > 0 ? total : undefined;
}

function expectedHash({ sha256, url }: DownloadRequest, answer: HttpAnswer): string {
  const { linkedSha256 } = answer;
  if (sha256 !== undefined && linkedSha256 !== null && sha256 !== linkedSha256) {
    throw refused(
      `${url.host} offers another file: its SHA-256 is ${linkedSha256} instead of ${sha256}`,
      'Look for the right version',
    );
  }
  const expected = sha256 ?? answer.sha256;
  if (expected !== null) return expected;
  throw refused(
    `Nobody vouches for this file: neither the manifest nor ${url.host} gives its SHA-256`,
    `If you trust ${url.href}, fetch it in a browser`,
  );
}

function assertOffered({ sizeBytes, url }: DownloadRequest, totalBytes: number): void {
  if (sizeBytes === undefined || sizeBytes === totalBytes) return;
  throw refused(
    `${url.host} offers another file: ${totalBytes} bytes instead of ${sizeBytes}`,
    'Try again later, or fetch it elsewhere',
  );
}

async function accept(
  { target, url }: DownloadRequest,
  part: PartFile,
  options: { sha256: string; mayBeMixed: boolean; signal: AbortSignal },
): Promise<void> {
  const actual = await hashFile(part.path);
  options.signal.throwIfAborted();
  if (actual === options.sha256) return part.complete(target);
  // A part kept over a power cut, or pieces of two files: the whole file may still be right.
  if (options.mayBeMixed) throw new StalePart();
  await part.discard();
  throw refused(
    `The file from ${url.host} is not the right one: its SHA-256 is ${actual} instead of ${options.sha256}`,
    'Try again later, or fetch it elsewhere',
  );
}

function refused(reason: string, first: string): VitrineError {
  return new VitrineError('MODEL_REFUSED', `${reason}.`, {
    action: `${first} and import it: "vitrine models import FILE", or under Settings.`,
  });
}
