import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { hashFile } from './hash-file.ts';

const recordSchema = z.record(
  z.string(),
  z.object({ sizeBytes: z.number(), mtimeMs: z.number(), sha256: z.string() }),
);
type Records = z.infer<typeof recordSchema>;

/** What tells that a file is still the one that was hashed. */
export interface FileStamp {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/**
 * Remembers the SHA-256 of files by path, size and time, so that a start does not read 343 MB again.
 * A cache: losing it, or not being able to write it, costs only the reading.
 */
export class VerifiedHashes {
  readonly #file: string;
  readonly #underWay = new Map<string, Promise<string>>();
  #records: Promise<Records> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** The hash of `file`, which has this stamp; `again` reads it whatever is remembered. */
  async hashOf(file: string, stamp: FileStamp, options: { again?: boolean } = {}): Promise<string> {
    const records = await this.#load();
    const known = records[file];
    const isFresh = known?.sizeBytes === stamp.sizeBytes && known.mtimeMs === stamp.mtimeMs;
    if (known !== undefined && isFresh && options.again !== true) return known.sha256;

    const running = this.#underWay.get(file);
    if (running !== undefined) return running;
    const hashing = hashFile(file)
      .then(async (sha256) => {
        records[file] = { ...stamp, sha256 };
        await this.#save(records);
        return sha256;
      })
      .finally(() => this.#underWay.delete(file));
    this.#underWay.set(file, hashing);
    return hashing;
  }

  /** Notes a hash that has just been made of these very bytes. */
  async note(file: string, stamp: FileStamp, sha256: string): Promise<void> {
    const records = await this.#load();
    records[file] = { ...stamp, sha256 };
    await this.#save(records);
  }

  async #load(): Promise<Records> {
    this.#records ??= readFile(this.#file, 'utf8')
      .then((text) => recordSchema.parse(JSON.parse(text)))
      .catch(() => ({}));
    return this.#records;
  }

  async #save(records: Records): Promise<void> {
    try {
      await mkdir(path.dirname(this.#file), { recursive: true });
      const temporary = `${this.#file}.${process.pid}.tmp`;
      await writeFile(temporary, `${JSON.stringify(records, null, 2)}\n`);
      await rename(temporary, this.#file);
    } catch {
      // A data folder that cannot be written is reported where it matters: by the database.
    }
  }
}
