import { createHash } from 'node:crypto';
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

/** Reads a picture's bytes once, for its hash and its pixels alike. */
export async function readPicture(source: PictureInput['source']): Promise<PictureBytes | Refused> {
  const bytes = 'bytes' in source ? source.bytes : await readBytes(source.path);
  if ('status' in bytes) return bytes;
  if (bytes.byteLength === 0) return emptyPicture();
  if (bytes.byteLength > MAX_BYTES) return tooManyBytes(bytes.byteLength);
  return { status: 'read', bytes, contentHash: createHash('sha256').update(bytes).digest('hex') };
}

async function readBytes(file: string): Promise<Uint8Array | Refused> {
  try {
    // Before opening: reading a pipe or a device would wait for ever.
    const stats = await stat(file);
    if (stats.isDirectory()) return unreadablePicture('it is a folder, not a file');
    if (!stats.isFile()) return unreadablePicture('it is not an ordinary file');
    if (stats.size > MAX_BYTES) return tooManyBytes(stats.size);
    return await readFile(file);
  } catch (error) {
    return refusalOfOpening(error);
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
