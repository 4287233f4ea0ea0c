import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, rm, stat, writeFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { VitrineError } from '../errors.ts';
import { assertRoom } from './download/part-file.ts';

const LEFTOVER_MS = 60 * 60 * 1000;

export interface IncomingFile {
  readonly path: string;
  /** As the user calls it. */
  readonly name: string;
}

/** Files that a page hands over piece by piece, until they are put in place or given up. */
export class IncomingFiles {
  readonly #dir: string;
  readonly #files = new Map<string, IncomingFile & { readonly sizeBytes: number }>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @throws VitrineError DISK_FULL */
  async begin(name: string, sizeBytes: number): Promise<string> {
    await mkdir(this.#dir, { recursive: true });
    await this.#clearLeftovers();
    await assertRoom(this.#dir, sizeBytes);
    const importId = randomUUID();
    const file = path.join(this.#dir, `${importId}.bin`);
    await writeFile(file, '');
    this.#files.set(importId, { path: file, name, sizeBytes });
    return importId;
  }

  /** @throws VitrineError INVALID_INPUT for more bytes than were announced. */
  async put(importId: string, bytes: Uint8Array): Promise<void> {
    const file = this.#find(importId);
    const { size } = await stat(file.path);
    if (size + bytes.byteLength > file.sizeBytes) {
      throw new VitrineError('INVALID_INPUT', `${file.name} grew while it was read.`, {
        action: 'Import it again when it is complete.',
        subject: file.name,
      });
    }
    await appendFile(file.path, bytes);
  }

  /** Lends the file to `use`, then forgets it, whatever comes of it. */
  async finish<T>(importId: string, use: (file: IncomingFile) => Promise<T>): Promise<T> {
    const file = this.#find(importId);
    try {
      return await use(file);
    } finally {
      await this.abandon(importId);
    }
  }

  async abandon(importId: string): Promise<void> {
    const file = this.#files.get(importId);
    this.#files.delete(importId);
    if (file !== undefined) await rm(file.path, { force: true });
  }

  /** What a crash or a closed window left, once it is an hour old: another process may be at it. */
  async #clearLeftovers(): Promise<void> {
    for (const name of await readdir(this.#dir)) {
      const file = path.join(this.#dir, name);
      const stats = await stat(file).catch(() => null);
      if (stats !== null && Date.now() - stats.mtimeMs > LEFTOVER_MS)
        await rm(file, { force: true });
    }
  }

  #find(importId: string): IncomingFile & { readonly sizeBytes: number } {
    const file = this.#files.get(importId);
    if (file !== undefined) return file;
    throw new VitrineError('INVALID_INPUT', 'This import is over.', {
      action: 'Import the file again.',
    });
  }
}
