import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { desktopBridge } from '../api/host.ts';

/** Has the native parts of a desktop window (menus, dialogs, title bar) follow the theme chosen here. */
export function useNativeTheme(): void {
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => {
    desktopBridge()?.setTheme(colorScheme === 'auto' ? 'system' : colorScheme);
  }, [colorScheme]);
}
