/**
 * All that travels between a page and the shell beside the message port. The preload knows them too;
 * each is answered in one file of this folder, behind `trusted-ipc.ts`.
 */
export const CHANNELS = {
  /** Carries the one message port of a page. */
  connect: 'vitrine:connect',
  chooseFolder: 'vitrine:choose-folder',
  /** A path that the preload was given for a dropped file. */
  dropped: 'vitrine:dropped',
  revealItem: 'vitrine:reveal-item',
  copyPicture: 'vitrine:copy-picture',
  startDrag: 'vitrine:start-drag',
  revealDataFolder: 'vitrine:reveal-data-folder',
  setTheme: 'vitrine:set-theme',
  /** The page listens: what waited for it is sent. */
  listen: 'vitrine:listen',
  /** To the page: a `DesktopEvent`. */
  event: 'vitrine:event',
} as const;
