import { statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CHANNELS } from './channels.ts';
import type { RecentFolders } from './recent-folders.ts';
import type { TrustedIpc } from './trusted-ipc.ts';

/**
 * The folders that a window may open: those its user chose in the system's dialog, dropped on it,
 * named on the command line or opened before. A page that was taken over can name no other.
 */
export class ChosenFolders {
  readonly #folders: Set<string>;
  readonly #recent: RecentFolders;

  constructor(recent: RecentFolders) {
    this.#recent = recent;
    this.#folders = new Set(recent.list());
  }

  add(folder: string): void {
    const absolute = path.resolve(folder);
    this.#folders.add(absolute);
    this.#recent.add(absolute);
  }

  has(folder: string): boolean {
    return this.#folders.has(path.resolve(folder));
  }

  /** Hears from the preload what was dropped: a page cannot make a `File` with a path. */
  acceptDrops(ipc: TrustedIpc): void {
    ipc.handle(CHANNELS.dropped, z.string().min(1), (dropped) => {
      if (statSync(dropped, { throwIfNoEntry: false })?.isDirectory() === true) this.add(dropped);
    });
  }
}
