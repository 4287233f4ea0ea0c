import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { describeError } from '../../errors.ts';
import type { PictureInput, Refused } from '../embedder.ts';
import {
  emptyPicture,
  MAX_BYTES,
  tooManyBytes,
  unopenedFile,
  unreadablePicture,
  vanishedPicture,
} from '../refusals.ts';

export interface PictureBytes {
  readonly status: 'read';
  readonly bytes: Uint8Array;
  /** SHA-256 (hex) of the bytes. */
  readonly contentHash: string;
}

/** Files up to this size may be read on the spot. */
const MAX_BYTES_AT_ONCE = 512 * 1024;
/** A read that takes longer is not from memory: the disk is slow, or the folder is on a network. */
const SLOW_READ_MS = 4;
const READS_AFTER_SLOW = 64;

/**
 * Reads pictures, each once, for its hash and its pixels alike.
 *
 * Small files that the system has in memory are read on the spot: that takes 0.04 ms, whereas the
 * asynchronous way costs five hand-overs between threads, 2% of all the time at 150 pictures a
 * second. As soon as one read is slow, the next ones go the asynchronous way, side by side.
 */
export class PictureReader {
  #readsAside = 0;

  async read(source: PictureInput['source']): Promise<PictureBytes | Refused> {
    const bytes = 'bytes' in source ? source.bytes : await this.#readFile(source.path);
    if ('status' in bytes) return bytes;
    if (bytes.byteLength === 0) return emptyPicture();
    if (bytes.byteLength > MAX_BYTES) return tooManyBytes(bytes.byteLength);
    return { status: 'read', bytes, contentHash: createHash('sha256').update(bytes).digest('hex') };
  }

  async #readFile(file: string): Promise<Uint8Array | Refused> {
    const started = performance.now();
    try {
      const isAside = this.#readsAside > 0;
      // Looked at before opening: reading a pipe or a device would wait for ever.
      const stats = isAside ? await stat(file) : statSync(file);
      if (stats.isDirectory()) return unreadablePicture('it is a folder, not a file');
      if (!stats.isFile()) return unreadablePicture('it is not an ordinary file');
      if (stats.size > MAX_BYTES) return tooManyBytes(stats.size);
      if (isAside || stats.size > MAX_BYTES_AT_ONCE) return await readFile(file);
      return readFileSync(file);
    } catch (error) {
      return refusalOfOpening(error);
    } finally {
      if (this.#readsAside > 0) this.#readsAside--;
      else if (performance.now() - started > SLOW_READ_MS) this.#readsAside = READS_AFTER_SLOW;
    }
  }
}

function refusalOfOpening(error: unknown): Refused {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return vanishedPicture();
    case 'EACCES':
    case 'EPERM':
      return unopenedFile('permission denied', 'Allow this account to read it.');
    case 'ELOOP':
      return unopenedFile('its links lead in a circle', 'Replace the link by the file.');
    default:
      return unopenedFile(describeError(error), 'Check the disk, then try again.');
  }
}
