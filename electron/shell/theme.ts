import { nativeTheme } from 'electron';
import { z } from 'zod';
import { CHANNELS } from './channels.ts';
import type { TrustedIpc } from './trusted-ipc.ts';

/** Menus, dialogs and the title bar follow the theme chosen in the window. */
export function followTheme(ipc: TrustedIpc): void {
  ipc.on(CHANNELS.setTheme, z.enum(['system', 'light', 'dark']), (theme) => {
    nativeTheme.themeSource = theme;
  });
}
