import type { MenuItemConstructorOptions } from 'electron';
import {
  COMMANDS,
  type Command,
  type CommandId,
  type CommandSection,
} from '../../shared/commands.ts';
import { texts } from './texts.ts';

export interface MenuParts {
  readonly platform: NodeJS.Platform;
  /** Offers the developer tools. */
  readonly isDevelopment: boolean;
  readonly recent: readonly MenuItemConstructorOptions[];
  readonly run: (command: CommandId) => void;
  readonly clearRecent: () => void;
  readonly showAbout: () => void;
  readonly copyDiagnostics: () => void;
  readonly openLogs: () => void;
}

type Template = MenuItemConstructorOptions[];

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The menu bar: what the window can be told, from the one list of commands, and what systems expect. */
export function menuTemplate(parts: MenuParts): Template {
  const { t } = texts;
  const isMac = parts.platform === 'darwin';
  const section = (name: CommandSection) => commandEntries(name, parts);
  const settings = section('file').filter(({ id }) => id === 'openSettings');
  const files = section('file').filter(({ id }) => id !== 'openSettings');
  const open = files.filter(({ id }) => id === 'openFolder');
  const save = files.filter(({ id }) => id !== 'openFolder');
  return [
    ...(isMac ? [appMenu(parts, settings)] : []),
    {
      label: t('shell.menu.file'),
      submenu: [
        ...open,
        recentMenu(parts),
        SEPARATOR,
        ...save,
        SEPARATOR,
        ...(isMac
          ? [{ role: 'close', label: t('shell.menu.close') } as const]
          : [...settings, SEPARATOR, { role: 'quit', label: t('shell.menu.quit') } as const]),
      ],
    },
    { label: t('shell.menu.edit'), submenu: [...editEntries(), ...separated(section('edit'))] },
    { label: t('shell.menu.search'), submenu: section('search') },
    {
      label: t('shell.menu.view'),
      submenu: [
        ...section('view'),
        ...separated(section('grid')),
        SEPARATOR,
        ...viewEntries(parts),
      ],
    },
    { role: 'windowMenu', label: t('shell.menu.window') },
    {
      role: 'help',
      label: t('shell.menu.help'),
      submenu: [
        ...section('help'),
        SEPARATOR,
        { label: t('shell.about.copy'), click: parts.copyDiagnostics },
        { label: t('shell.menu.openLogs'), click: parts.openLogs },
        ...(isMac ? [] : [SEPARATOR, { label: t('shell.menu.about'), click: parts.showAbout }]),
      ],
    },
  ];
}

function commandEntries(name: CommandSection, { platform, run }: MenuParts): Template {
  return COMMANDS.filter((command) => command.inMenu && command.section === name).map((command) => {
    const accelerator = shownKey(command, platform);
    return {
      id: command.id,
      label: texts.t(`commands.${command.id}`),
      click: () => run(command.id),
      ...(accelerator === undefined ? {} : { accelerator }),
      // The window handles the key itself and knows when a letter is meant for a text field.
      registerAccelerator: false,
    };
  });
}

/** macOS always takes the key that a menu shows: a bare letter there would be lost to text fields. */
function shownKey({ keys }: Command, platform: NodeJS.Platform): string | undefined {
  const key: string | undefined = keys.at(0);
  const isBare = key !== undefined && !key.includes('+');
  return platform === 'darwin' && isBare ? undefined : key;
}

function appMenu({ showAbout }: MenuParts, settings: Template): MenuItemConstructorOptions {
  const { t } = texts;
  return {
    label: 'Vitrine',
    submenu: [
      { label: t('shell.menu.about'), click: showAbout },
      SEPARATOR,
      ...settings,
      SEPARATOR,
      { role: 'services', label: t('shell.menu.services') },
      SEPARATOR,
      { role: 'hide', label: t('shell.menu.hide') },
      { role: 'hideOthers', label: t('shell.menu.hideOthers') },
      { role: 'unhide', label: t('shell.menu.unhide') },
      SEPARATOR,
      { role: 'quit', label: t('shell.menu.quit') },
    ],
  };
}

function recentMenu({ recent, clearRecent }: MenuParts): MenuItemConstructorOptions {
  const { t } = texts;
  return {
    label: t('shell.menu.recent'),
    enabled: recent.length > 0,
    submenu: [...recent, SEPARATOR, { label: t('shell.menu.clearRecent'), click: clearRecent }],
  };
}

function editEntries(): Template {
  const { t } = texts;
  return [
    { role: 'undo', label: t('shell.menu.undo') },
    { role: 'redo', label: t('shell.menu.redo') },
    SEPARATOR,
    { role: 'cut', label: t('shell.menu.cut') },
    { role: 'copy', label: t('shell.menu.copy') },
    { role: 'paste', label: t('shell.menu.paste') },
    { role: 'selectAll', label: t('shell.menu.selectAll') },
  ];
}

function viewEntries({ isDevelopment }: MenuParts): Template {
  const { t } = texts;
  return [
    { role: 'resetZoom', label: t('shell.menu.resetZoom') },
    { role: 'zoomIn', label: t('shell.menu.zoomIn') },
    { role: 'zoomOut', label: t('shell.menu.zoomOut') },
    SEPARATOR,
    { role: 'togglefullscreen', label: t('shell.menu.fullScreen') },
    ...(isDevelopment
      ? [
          SEPARATOR,
          { role: 'reload', label: t('shell.menu.reload') } as const,
          { role: 'toggleDevTools', label: t('shell.menu.devTools') } as const,
        ]
      : []),
  ];
}

function separated(entries: Template): Template {
  return entries.length === 0 ? [] : [SEPARATOR, ...entries];
}
