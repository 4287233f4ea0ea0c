import { createTheme, localStorageColorSchemeManager } from '@mantine/core';

/**
 * Components take their colours from tokens.css. The provider writes no style element of its own
 * (`withCssVariables` is off), so that the content security policy can refuse inline styles.
 */
export const theme = createTheme({
  primaryColor: 'dark',
  fontFamily: 'var(--mantine-font-family)',
  defaultRadius: 10,
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        // Scroll locking injects a style element, and the body does not scroll anyway.
        lockScroll: false,
        radius: 16,
        transitionProps: { duration: 100, transition: 'fade' },
        overlayProps: { color: 'var(--scrim)', backgroundOpacity: 1 },
      },
    },
    Popover: {
      defaultProps: { shadow: 'md', radius: 14, transitionProps: { duration: 80 } },
    },
    Menu: {
      defaultProps: {
        shadow: 'md',
        radius: 12,
        transitionProps: { duration: 80 },
        // An element that can be focused and is no item has no place in a menu.
        withInitialFocusPlaceholder: false,
      },
    },
    Tooltip: {
      defaultProps: { openDelay: 400, transitionProps: { duration: 80 }, withArrow: false },
    },
  },
});

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'vitrine.appearance' });
