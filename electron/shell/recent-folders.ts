import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import path from 'node:path';
import type { ShellState } from './shell-state.ts';
import { texts } from './texts.ts';

const MOST = 10;

/** Folders opened lately: in our menu, on the dock, in the taskbar's jump list. */
export class RecentFolders {
  readonly #state: ShellState;
  readonly #listeners = new Set<() => void>();

  constructor(state: ShellState) {
    this.#state = state;
  }

  list(): readonly string[] {
    return this.#state.current.recentFolders;
  }

  add(folder: string): void {
    const others = this.list().filter((other) => other !== folder);
    this.#state.update({ recentFolders: [folder, ...others].slice(0, MOST) });
    app.addRecentDocument(folder);
    this.#tell();
  }

  clear(): void {
    this.#state.update({ recentFolders: [] });
    app.clearRecentDocuments();
    this.#tell();
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Entries for a menu; `open` gets the folder. */
export function recentEntries(
  recent: RecentFolders,
  open: (folder: string) => void,
): MenuItemConstructorOptions[] {
  return recent.list().map((folder) => ({
    label: path.basename(folder) || folder,
    sublabel: folder,
    click: () => open(folder),
  }));
}

/** Shows them on the dock (macOS) and in the jump list (Windows), now and after each change. */
export function showRecentFolders(recent: RecentFolders, open: (folder: string) => void): void {
  const show = () => {
    app.dock?.setMenu(Menu.buildFromTemplate(recentEntries(recent, open)));
    if (process.platform === 'win32') setJumpList(recent);
  };
  recent.onChange(show);
  show();
}

function setJumpList(recent: RecentFolders): void {
  // Windows drops a whole category that brings back what the user took out of it.
  const removed = new Set(app.getJumpListSettings().removedItems.map((item) => item.args));
  const items = recent.list().flatMap((folder) => {
    const args = folderArguments(folder, app.isPackaged ? null : app.getAppPath());
    if (removed.has(args)) return [];
    const title = path.basename(folder) || folder;
    return [{ type: 'task', title, args, program: process.execPath, description: folder } as const];
  });
  app.setJumpList([{ type: 'custom', name: texts.t('shell.menu.recent'), items }]);
}

/**
 * What stands behind the program in an entry of the jump list, quoted as Windows reads it: a backslash
 * before the closing quote is doubled, or the quote would belong to the path.
 * @param appPath the folder of Vitrine, which Electron wants first where it is not packaged.
 */
export function folderArguments(folder: string, appPath: string | null): string {
  const paths = appPath === null ? [folder] : [appPath, folder];
  return paths.map((one) => `"${one.replace(/\\+$/, '$&$&')}"`).join(' ');
}
