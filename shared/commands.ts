/**
 * What the window can be told by a key or by a menu, in one list: the keyboard, the cheat sheet and
 * the native menu read it, so that none of them can disagree. Texts: `commands.<id>` in the locale.
 */
export type CommandSection = 'file' | 'edit' | 'search' | 'view' | 'grid' | 'help';

interface CommandShape {
  readonly id: string;
  readonly section: CommandSection;
  /**
   * Keys in Electron's accelerator syntax (electronjs.org/docs/latest/api/accelerator), the first
   * one shown; none for what only a menu does. `CmdOrCtrl` is the Command key on macOS and Control
   * elsewhere.
   */
  readonly keys: readonly string[];
  /**
   * Whether a native menu lists it. Its accelerator is shown there but not registered: the window
   * handles the key itself, in every host alike, and knows when a letter is meant for a text field.
   */
  readonly inMenu: boolean;
}

export const COMMANDS = [
  { id: 'openFolder', section: 'file', keys: ['CmdOrCtrl+O'], inMenu: true },
  { id: 'openSettings', section: 'file', keys: ['CmdOrCtrl+,', 'CmdOrCtrl+5'], inMenu: true },
  { id: 'saveCsv', section: 'file', keys: ['CmdOrCtrl+S'], inMenu: true },
  { id: 'saveJson', section: 'file', keys: ['CmdOrCtrl+Shift+S'], inMenu: true },
  { id: 'pasteQuery', section: 'edit', keys: ['CmdOrCtrl+V'], inMenu: false },
  { id: 'undo', section: 'edit', keys: ['CmdOrCtrl+Z'], inMenu: false },
  { id: 'redo', section: 'edit', keys: ['CmdOrCtrl+Shift+Z', 'CmdOrCtrl+Y'], inMenu: false },
  { id: 'findWords', section: 'search', keys: ['CmdOrCtrl+K', 'CmdOrCtrl+L', '/'], inMenu: true },
  { id: 'pickPicture', section: 'search', keys: ['CmdOrCtrl+Shift+O'], inMenu: true },
  { id: 'modeImage', section: 'search', keys: ['1'], inMenu: true },
  { id: 'modeText', section: 'search', keys: ['2'], inMenu: true },
  { id: 'modeFused', section: 'search', keys: ['3'], inMenu: true },
  { id: 'clearQuery', section: 'search', keys: ['CmdOrCtrl+Backspace'], inMenu: true },
  { id: 'goSearch', section: 'view', keys: ['CmdOrCtrl+1'], inMenu: true },
  { id: 'goBrowse', section: 'view', keys: ['CmdOrCtrl+2'], inMenu: true },
  { id: 'goIngest', section: 'view', keys: ['CmdOrCtrl+3'], inMenu: true },
  { id: 'goCloud', section: 'view', keys: ['CmdOrCtrl+4'], inMenu: true },
  { id: 'goBack', section: 'view', keys: ['Alt+Left', 'CmdOrCtrl+['], inMenu: true },
  { id: 'goForward', section: 'view', keys: ['Alt+Right', 'CmdOrCtrl+]'], inMenu: true },
  { id: 'moveInGrid', section: 'grid', keys: ['Up', 'Down', 'Left', 'Right'], inMenu: false },
  { id: 'openDetails', section: 'grid', keys: ['Enter'], inMenu: false },
  { id: 'findSimilar', section: 'grid', keys: ['Shift+Enter'], inMenu: false },
  { id: 'collect', section: 'grid', keys: ['C'], inMenu: false },
  { id: 'uncollect', section: 'grid', keys: ['Delete', 'Backspace'], inMenu: false },
  { id: 'copyPicture', section: 'grid', keys: ['CmdOrCtrl+C'], inMenu: false },
  { id: 'itemMenu', section: 'grid', keys: ['Shift+F10', 'Menu'], inMenu: false },
  { id: 'previousItem', section: 'grid', keys: ['Left'], inMenu: false },
  { id: 'nextItem', section: 'grid', keys: ['Right'], inMenu: false },
  { id: 'back', section: 'grid', keys: ['Esc'], inMenu: false },
  { id: 'showKeys', section: 'help', keys: ['?', 'F1'], inMenu: true },
] as const satisfies readonly CommandShape[];

export type Command = (typeof COMMANDS)[number];
export type CommandId = Command['id'];
