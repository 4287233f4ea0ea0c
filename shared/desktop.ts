import type { CommandId } from './commands.ts';

/** What the desktop shell tells its window, beside what travels over the contract. */
export type DesktopEvent =
  /** A menu entry was chosen. */
  | { readonly type: 'command'; readonly id: CommandId }
  /** A link (`vitrine://search?q=…`) asks for a search by words. */
  | { readonly type: 'search'; readonly words: string }
  /** A folder came by the command line, a second start, the dock or a recent entry and was added. */
  | { readonly type: 'catalog'; readonly catalogId: number };

/**
 * All that a page gets of Electron, put on `window.vitrine` by the preload; absent in a browser.
 * Items are named by id only. A path comes back only for what the user chose or dropped, and only
 * such a path is accepted as a catalog: paths are capabilities. `DroppedFile` is the `File` of a page.
 */
export interface DesktopBridge<DroppedFile> {
  /** The system's folder dialog; null when it was cancelled. */
  chooseFolder(): Promise<string | null>;
  /** The path of a dropped or picked file or folder; '' where there is none (dragged from a browser). */
  pathOf(file: DroppedFile): Promise<string>;
  /** Shows an item's picture in the system's file manager. */
  revealItem(itemId: number): Promise<void>;
  /** Puts an item's picture on the clipboard. */
  copyPicture(itemId: number): Promise<void>;
  /** Hands the dragged item's picture to the system, to be dropped anywhere; call in `dragstart`. */
  startDrag(itemId: number): void;
  /** Opens the data folder in the system's file manager. */
  revealDataFolder(): Promise<void>;
  /** The window's theme, for native parts (menus, dialogs, title bar). */
  setTheme(theme: 'system' | 'light' | 'dark'): void;
  /** Calls `listener` for each event until the returned function is called. */
  onEvent(listener: (event: DesktopEvent) => void): () => void;
}
