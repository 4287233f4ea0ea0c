import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { VitrineError } from '../errors.ts';

const INCOMING = '.incoming';
const LEFTOVER_MS = 60 * 60 * 1000;

interface Drop {
  readonly name: string;
  readonly dir: string;
}

/**
 * Folders dropped where no path is known (a browser hands over files, not paths): the files are
 * copied into the data folder, which then is the catalog's folder.
 */
export class FolderDrops {
  readonly #dir: string;
  readonly #catalogs: { add(folder: string): Promise<number> };
  readonly #drops = new Map<string, Drop>();

  constructor(options: { dir: string; catalogs: { add(folder: string): Promise<number> } }) {
    this.#dir = options.dir;
    this.#catalogs = options.catalogs;
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
    this.#drops.set(dropId, { name: safeName(name), dir });
    return dropId;
  }

  /** @throws VitrineError INVALID_INPUT when the path would leave the dropped folder */
  async put(dropId: string, file: { path: string; bytes: Uint8Array }): Promise<void> {
    const { dir } = this.#find(dropId);
    const target = path.resolve(dir, ...file.path.split(/[/\\]/));
    if (!target.startsWith(dir + path.sep)) {
      throw new VitrineError('INVALID_INPUT', `${file.path} lies outside the dropped folder.`, {
        action: 'Drop the folder itself.',
        subject: file.path,
      });
    }
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.bytes);
  }

  async finish(dropId: string): Promise<number> {
    const { name, dir } = this.#find(dropId);
    const target = path.join(this.#dir, `${name}-${dropId.slice(0, 8)}`, name);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(dir, target);
    this.#drops.delete(dropId);
    return this.#catalogs.add(target);
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

/** A name that every file system takes and that stays one folder. */
function safeName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- Windows refuses names with control characters
  const safe = name.replaceAll(/[\u0000-\u001F<>:"/\\|?*]/g, '_').replace(/^[. ]+|[. ]+$/g, '');
  return safe.slice(0, 100) || 'Dropped folder';
}
