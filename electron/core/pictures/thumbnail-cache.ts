import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Files used within this time are not marked as used again. */
const TOUCH_AFTER_MS = 24 * 60 * 60 * 1000;
/** After clearing there is room for a while. */
const CLEAR_TO = 0.9;
/** Left behind by a process that was killed while writing. */
const STALE_TEMPORARY_MS = 60 * 60 * 1000;

interface CachedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly usedAt: number;
}

/**
 * Thumbnails on disk by hash, `ab/abcd….webp`. Bounded: the longest unused go first. Safe to delete
 * at any time, and shared between processes: a file is complete or not there.
 */
export class ThumbnailCache {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** Undefined until the folder was looked through once. */
  #totalBytes: Promise<number> | undefined;
  #addedBytes = 0;
  #clearing: Promise<void> | undefined;

  constructor(folder: string, options: { readonly maxBytes: number }) {
    this.#folder = folder;
    this.#maxBytes = options.maxBytes;
  }

  async get(hash: string): Promise<Uint8Array | undefined> {
    const file = this.#fileOf(hash);
    try {
      const bytes = await readFile(file);
      if (bytes.length === 0) return undefined;
      await this.#touch(file);
      return bytes;
    } catch {
      return undefined;
    }
  }

  /** A disk that is full or read-only costs speed, never the picture. */
  async put(hash: string, bytes: Uint8Array): Promise<void> {
    const file = this.#fileOf(hash);
    const temporary = `${file}.${process.pid}.tmp`;
    try {
      await writeIntoFolder(temporary, bytes);
      await rename(temporary, file);
      this.#addedBytes += bytes.byteLength;
    } catch {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  /**
   * Clears when there is more than allowed. Nobody should wait for it: the first time it looks
   * through the whole folder, which takes seconds where there are tens of thousands of thumbnails.
   */
  async makeRoom(): Promise<void> {
    this.#totalBytes ??= this.#look().then((files) => {
      this.#addedBytes = 0;
      return files.reduce((sum, file) => sum + file.sizeBytes, 0);
    });
    const atLook = await this.#totalBytes;
    if (atLook + this.#addedBytes <= this.#maxBytes) return;
    this.#clearing ??= this.#clear().finally(() => {
      this.#clearing = undefined;
    });
    await this.#clearing;
  }

  #fileOf(hash: string): string {
    return path.join(this.#folder, hash.slice(0, 2), `${hash}.webp`);
  }

  async #touch(file: string): Promise<void> {
    try {
      const now = Date.now();
      const { mtimeMs } = await stat(file);
      if (now - mtimeMs > TOUCH_AFTER_MS) await utimes(file, now / 1000, now / 1000);
    } catch {
      // Cleared by another process meanwhile; the bytes are read already.
    }
  }

  async #clear(): Promise<void> {
    const files = (await this.#look()).toSorted((a, b) => a.usedAt - b.usedAt);
    let total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    for (const file of files) {
      if (total <= this.#maxBytes * CLEAR_TO) break;
      await rm(file.path, { force: true }).catch(() => {});
      total -= file.sizeBytes;
    }
    this.#totalBytes = Promise.resolve(total);
    this.#addedBytes = 0;
  }

  async #look(): Promise<CachedFile[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const files: CachedFile[] = [];
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const stats = await stat(file).catch(() => undefined);
      if (stats === undefined) continue;
      if (entry.name.endsWith('.tmp') && Date.now() - stats.mtimeMs > STALE_TEMPORARY_MS) {
        await rm(file, { force: true }).catch(() => {});
      } else {
        files.push({ path: file, sizeBytes: stats.size, usedAt: stats.mtimeMs });
      }
    }
    return files;
  }
}

/** Makes the folder only when it turns out to be missing: it is there 255 times of 256. */
async function writeIntoFolder(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}
