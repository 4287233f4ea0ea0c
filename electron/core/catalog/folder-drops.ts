import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MAX_DROPPED_FILE_BYTES } from '../../../shared/contract/app.ts';
import { describeError, VitrineError } from '../errors.ts';
import type { NewProblem, ProblemRepository } from './problem-repository.ts';
import { systemErrorCode } from './scan/error-code.ts';

const INCOMING = '.incoming';
const LEFTOVER_MS = 60 * 60 * 1000;

/** Errors of the disk, not of the file: the next one would meet them too. */
const DISK_ERRORS = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);

interface Refused {
  /** Relative to the dropped folder. */
  readonly file: string;
  readonly reason: string;
  readonly action: string;
}

interface Drop {
  readonly name: string;
  readonly dir: string;
  readonly refused: Refused[];
}

/** Why the window does not send a file. */
export type LeftOut =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-large'; readonly bytes: number };

/**
 * Folders dropped where no path is known (a browser hands over files, not paths): the files are
 * copied into the data folder, which then is the catalog's folder.
 */
export class FolderDrops {
  readonly #dir: string;
  readonly #catalogs: { add(folder: string): Promise<number> };
  readonly #problems: Pick<ProblemRepository, 'add'>;
  readonly #drops = new Map<string, Drop>();

  constructor(options: {
    dir: string;
    catalogs: { add(folder: string): Promise<number> };
    problems: Pick<ProblemRepository, 'add'>;
  }) {
    this.#dir = options.dir;
    this.#catalogs = options.catalogs;
    this.#problems = options.problems;
  }

  /**
   * Clears what a crash or a closed window left half dropped, once it is an hour old: another process
   * may be taking a drop right now.
   */
  async clearLeftovers(): Promise<void> {
    const incoming = path.join(this.#dir, INCOMING);
    for (const name of await readdir(incoming).catch(() => [])) {
      const dir = path.join(incoming, name);
      const { mtimeMs } = await stat(dir);
      if (Date.now() - mtimeMs > LEFTOVER_MS) await rm(dir, { recursive: true, force: true });
    }
  }

  /** Takes the copy of a dropped folder away, once its catalog is gone; leaves other folders alone. */
  async forget(root: string): Promise<void> {
    const inside = path.relative(this.#dir, root).split(path.sep);
    const [copy] = inside;
    if (inside.length !== 2 || copy === undefined || copy === '..') return;
    await rm(path.join(this.#dir, copy), { recursive: true, force: true });
  }

  async begin(name: string): Promise<string> {
    const dropId = randomUUID();
    const dir = path.join(this.#dir, INCOMING, dropId);
    await mkdir(dir, { recursive: true });
    this.#drops.set(dropId, { name: safeName(name), dir, refused: [] });
    return dropId;
  }

  /**
   * Stores one file; false when that one cannot be stored, which the catalog will list.
   *
   * @throws VitrineError INVALID_INPUT when the path would leave the dropped folder,
   * DATA_FOLDER_UNUSABLE when no file can be stored (the disk is full).
   */
  async put(dropId: string, file: { path: string; bytes: Uint8Array }): Promise<boolean> {
    const { dir, refused } = this.#find(dropId);
    const target = path.resolve(dir, ...file.path.split(/[/\\]/));
    if (!target.startsWith(dir + path.sep)) {
      throw new VitrineError('INVALID_INPUT', `${file.path} lies outside the dropped folder.`, {
        action: 'Drop the folder itself.',
        subject: file.path,
      });
    }
    if (file.bytes.byteLength > MAX_DROPPED_FILE_BYTES) {
      refused.push({ file: file.path, ...tooLarge(file.bytes.byteLength) });
      return false;
    }
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.bytes);
      return true;
    } catch (error) {
      if (DISK_ERRORS.has(systemErrorCode(error) ?? '')) throw diskFailed(this.#dir, error);
      refused.push({
        file: file.path,
        reason: `It cannot be copied under this name: ${describeError(error)}`,
        action: 'Rename it and drop the folder again.',
      });
      return false;
    }
  }

  /** Notes a file or folder that the window does not send. */
  leaveOut(dropId: string, { path: file, cause }: { path: string; cause: LeftOut }): void {
    this.#find(dropId).refused.push({
      file,
      ...(cause.kind === 'too-large' ? tooLarge(cause.bytes) : UNREADABLE),
    });
  }

  /** Adds what was copied as a catalog, with a problem for each file that was not. */
  async finish(dropId: string): Promise<{ catalogId: number; refused: number }> {
    const { name, dir, refused } = this.#find(dropId);
    const target = path.join(this.#dir, `${name}-${dropId.slice(0, 8)}`, name);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(dir, target);
    this.#drops.delete(dropId);
    const catalogId = await this.#catalogs.add(target);
    for (const problem of refused) this.#problems.add({ ...OF_A_DROP, ...problem, catalogId });
    return { catalogId, refused: refused.length };
  }

  async abandon(dropId: string): Promise<void> {
    const { dir } = this.#find(dropId);
    this.#drops.delete(dropId);
    await rm(dir, { recursive: true, force: true });
  }

  #find(dropId: string): Drop {
    const drop = this.#drops.get(dropId);
    if (drop === undefined) {
      throw new VitrineError('INVALID_INPUT', 'This drop is not open any more.', {
        action: 'Drop the folder again.',
      });
    }
    return drop;
  }
}

/** Of the drop and not of the scan: the copy cannot tell what it lacks. */
const OF_A_DROP = {
  stage: 'drop',
  kind: 'file-refused',
  severity: 'problem',
  itemId: null,
  itemKey: null,
  modality: null,
  line: null,
  field: null,
  raw: null,
} as const satisfies Partial<NewProblem>;

const UNREADABLE = {
  reason: 'The browser cannot read it',
  action: 'Allow reading it, then drop the folder again.',
};

function tooLarge(bytes: number): Omit<Refused, 'file'> {
  const [size, most] = [bytes, MAX_DROPPED_FILE_BYTES].map((n) => Math.ceil(n / 1024 ** 2));
  return {
    reason: `Its ${size} MB are more than the ${most} MB that can be dropped`,
    action: 'Open the folder by its path instead of dropping it.',
  };
}

function diskFailed(dir: string, cause: unknown): VitrineError {
  const message = `The dropped files cannot be copied to ${dir}: ${describeError(cause)}`;
  const action = 'Make room, or choose another data folder, and drop the folder again.';
  return new VitrineError('DATA_FOLDER_UNUSABLE', message, { action, subject: dir, cause });
}

/** A name that every file system takes and that stays one folder. */
function safeName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- Windows refuses names with control characters
  const safe = name.replaceAll(/[\u0000-\u001F<>:"/\\|?*]/g, '_').replace(/^[. ]+|[. ]+$/g, '');
  return safe.slice(0, 100) || 'Dropped folder';
}
