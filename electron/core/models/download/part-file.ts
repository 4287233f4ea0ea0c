import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { VitrineError } from '../../errors.ts';

const noteSchema = z.object({
  url: z.string(),
  /** Of the answer that the bytes came from; null when the server gave none that is strong. */
  etag: z.string().nullable(),
  sha256: z.string(),
  totalBytes: z.number(),
});
/** What the bytes in a part file are a part of. */
export type PartNote = z.infer<typeof noteSchema>;

/**
 * A download that is not complete: `model.onnx.part`, beside it a note of what it is a part of. Both
 * survive whatever ends the process, so that the next try goes on.
 */
export class PartFile {
  readonly path: string;
  readonly #note: string;
  readonly #lock: string;

  /** @param target the file it is to become. */
  constructor(target: string) {
    this.path = `${target}.part`;
    this.#note = `${target}.part.json`;
    this.#lock = `${target}.part.lock`;
  }

  /** Bytes that have arrived; 0 without any. */
  async size(): Promise<number> {
    const stats = await stat(this.path).catch(() => null);
    return stats?.size ?? 0;
  }

  async note(): Promise<PartNote | null> {
    try {
      return noteSchema.parse(JSON.parse(await readFile(this.#note, 'utf8')));
    } catch {
      return null;
    }
  }

  /** Written before the first byte, so that there are never bytes of nobody knows what. */
  async writeNote(note: PartNote): Promise<void> {
    const temporary = `${this.#note}.tmp`;
    await writeFile(temporary, JSON.stringify(note));
    await rename(temporary, this.#note);
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.#note, { force: true });
  }

  /** Makes it the file it was to become. */
  async complete(target: string): Promise<void> {
    await rename(this.path, target);
    await rm(this.#note, { force: true });
  }

  /**
   * Runs `use` while no other process (a command line beside a window) writes the same file.
   *
   * @throws VitrineError BUSY while another process downloads it.
   */
  async whileLocked<T>(use: () => Promise<T>): Promise<T> {
    await mkdir(path.dirname(this.path), { recursive: true });
    await this.#takeLock();
    try {
      return await use();
    } finally {
      await rm(this.#lock, { force: true });
    }
  }

  async #takeLock(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await writeFile(this.#lock, String(process.pid), { flag: 'wx' });
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (attempt > 0 || isOwned(this.#lock)) {
          throw new VitrineError('BUSY', 'Another process of Vitrine downloads this model.', {
            action: 'Wait for it, or end it.',
            subject: this.path,
          });
        }
        // Its owner was killed.
        await rm(this.#lock, { force: true });
      }
    }
  }
}

function isOwned(lock: string): boolean {
  const pid = Number(readFileSync(lock, 'utf8'));
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** @throws VitrineError DISK_FULL when the disk of `folder` has less than `bytes` left. */
export async function assertRoom(folder: string, bytes: number): Promise<void> {
  const disk = await statfs(folder).catch(() => null);
  if (disk === null || disk.bavail * disk.bsize >= bytes) return;
  throw diskFull(folder, bytes - disk.bavail * disk.bsize);
}

export function diskFull(where: string, missingBytes?: number): VitrineError {
  const missing =
    missingBytes === undefined ? '' : `: ${(missingBytes / 1e6).toFixed(0)} MB are missing`;
  return new VitrineError('DISK_FULL', `The disk is full${missing}.`, {
    action: 'Make room, then go on: what has arrived is kept.',
    subject: where,
  });
}
