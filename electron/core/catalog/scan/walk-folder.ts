import type { Dirent } from 'node:fs';
import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { describeError, VitrineError } from '../../errors.ts';
import { systemErrorCode } from './error-code.ts';
import { notThere, openRoot } from './open-root.ts';
import type { Pacer } from '../../pacer.ts';
import { classifyFile, stemOf } from './picture-files.ts';
import type { Scratch } from './scratch.ts';

export interface WalkOptions {
  readonly root: string;
  readonly scratch: Scratch;
  readonly pacer: Pacer;
  readonly onFound: (pictures: number) => void;
}

// Enough to keep the disk busy, few enough to keep no more than a handful of names in memory.
const STATS_AT_ONCE = 64;

/**
 * Puts every picture and CSV file below a folder into the scratch tables, and reports what cannot be
 * read. Links are followed only to files inside the folder, so there is no way out and no loop;
 * names that start with a dot are hidden by convention and are skipped.
 *
 * @returns the number of pictures.
 * @throws VitrineError FOLDER_NOT_FOUND or FOLDER_UNREADABLE when the root cannot be reached.
 */
export async function walkFolder(options: WalkOptions): Promise<number> {
  const { root } = options;
  const realRoot = await openRoot(root);
  const walk = new Walk(options, realRoot);
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    await walk.readFolder(folder, folders);
  }
  // A drive unplugged half way looks like a folder of missing files: better to keep what was known.
  await openRoot(root);
  return walk.pictures;
}

class Walk {
  pictures = 0;
  readonly #options: WalkOptions;
  readonly #realRoot: string;
  readonly #addFile;
  readonly #addCsv;
  readonly #addUnreadable;

  constructor(options: WalkOptions, realRoot: string) {
    this.#options = options;
    this.#realRoot = realRoot;
    const { db } = options.scratch;
    this.#addFile = db.prepare(
      `INSERT INTO file (path, path_nfc, name_nfc, stem_nfc, depth, bytes, mtime_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#addCsv = db.prepare(`INSERT INTO csv (path, depth) VALUES (?, ?)`);
    this.#addUnreadable = db.prepare(`INSERT OR IGNORE INTO unreadable (folder) VALUES (?)`);
  }

  /** Reads one folder (relative; '' is the root) and pushes its subfolders to `folders`. */
  async readFolder(folder: string, folders: string[]): Promise<void> {
    const { pacer } = this.#options;
    try {
      const entries = await opendir(this.#absolute(folder), { bufferSize: 256 });
      let waiting: Dirent[] = [];
      for await (const entry of entries) {
        if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
        if (entry.isDirectory()) {
          folders.push(join(folder, entry.name));
          continue;
        }
        waiting.push(entry);
        if (waiting.length < STATS_AT_ONCE) continue;
        await this.#takeAll(folder, waiting, folders);
        waiting = [];
        if (pacer.isDue) await pacer.breathe();
      }
      await this.#takeAll(folder, waiting, folders);
    } catch (error) {
      this.#folderFailed(folder, error);
    }
    pacer.check();
  }

  async #takeAll(folder: string, entries: readonly Dirent[], folders: string[]): Promise<void> {
    await Promise.all(entries.map(async (entry) => this.#take(folder, entry, folders)));
    this.#options.scratch.written(entries.length);
    this.#options.onFound(this.pictures);
  }

  async #take(folder: string, entry: Dirent, folders: string[]): Promise<void> {
    const file = join(folder, entry.name);
    const fileClass = classifyFile(entry.name);
    try {
      // Some file systems do not tell the type with the name.
      const info = await lstat(this.#absolute(file));
      if (info.isDirectory()) {
        folders.push(file);
      } else if (info.isSymbolicLink()) {
        await this.#takeLink(file, fileClass);
      } else if (info.isFile()) {
        this.#add(file, fileClass, info);
      } else if (fileClass.kind === 'picture') {
        this.#refuse(file, 'It is a device or a pipe, not a file', 'Remove it from the folder');
      }
    } catch (error) {
      if (fileClass.kind === 'other') return;
      this.#fileFailed(file, error);
    }
  }

  async #takeLink(file: string, fileClass: ReturnType<typeof classifyFile>): Promise<void> {
    let target: string;
    try {
      target = await realpath(this.#absolute(file));
    } catch (error) {
      const isLoop = systemErrorCode(error) === 'ELOOP';
      const reason = isLoop ? 'A link that leads in a circle' : 'A link that leads nowhere';
      this.#refuse(file, reason, 'Remove the link or put the file in its place');
      return;
    }
    const info = await stat(target);
    const isInside = target === this.#realRoot || target.startsWith(this.#realRoot + path.sep);
    if (info.isDirectory()) {
      // What lies inside is read where it lies; following the link could only read it twice.
      if (isInside) return;
      this.#refuse(file, 'A link to a folder outside the catalog', 'Add that folder as a catalog');
    } else if (fileClass.kind === 'picture' || fileClass.kind === 'csv') {
      if (isInside) this.#add(file, fileClass, info);
      else
        this.#refuse(file, 'A link to a file outside the catalog', 'Copy the file to the folder');
    }
  }

  #add(
    file: string,
    fileClass: ReturnType<typeof classifyFile>,
    info: { readonly size: number; readonly mtimeMs: number },
  ): void {
    const { scratch } = this.#options;
    const depth = file.split('/').length - 1;
    switch (fileClass.kind) {
      case 'picture': {
        const whole = file.normalize('NFC');
        const name = whole.slice(whole.lastIndexOf('/') + 1);
        this.#addFile.run(file, whole, name, stemOf(name), depth, info.size, info.mtimeMs);
        this.pictures++;
        return;
      }
      case 'csv':
        this.#addCsv.run(file, depth);
        return;
      case 'unsupported':
        scratch.report({
          kind: 'picture-unsupported',
          severity: 'problem',
          file,
          reason: fileClass.reason,
          action: fileClass.action,
        });
        return;
      case 'other':
    }
  }

  #refuse(file: string, reason: string, action: string): void {
    this.#options.scratch.report({
      kind: 'file-refused',
      severity: 'problem',
      file,
      reason,
      action,
    });
  }

  #fileFailed(file: string, error: unknown): void {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' && file.includes('\u{FFFD}')) {
      this.#refuse(file, 'Its name is not valid UTF-8', 'Rename the file');
    } else if (code !== 'ENOENT') {
      // Gone since the folder was listed is no problem: it simply is not there.
      this.#refuse(file, `It cannot be read: ${describeError(error)}`, 'Allow reading the file');
    }
  }

  #folderFailed(folder: string, error: unknown): void {
    const code = systemErrorCode(error);
    if (code === undefined || error instanceof VitrineError) throw error;
    if (folder === '') throw notThere(this.#options.root, error);
    if (code === 'ENOENT') return;
    this.#addUnreadable.run(folder);
    this.#options.scratch.report({
      kind: 'folder-unreadable',
      severity: 'problem',
      file: folder,
      reason:
        code === 'EACCES' || code === 'EPERM'
          ? 'The folder may not be read'
          : `The folder cannot be read: ${describeError(error)}`,
      action: 'Allow reading the folder, then scan again; what was known of it is kept',
    });
  }

  #absolute(file: string): string {
    return path.join(this.#options.root, ...file.split('/'));
  }
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
