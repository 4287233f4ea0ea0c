/** Our own scheme instead of file://: the window has a real origin, vitrine://app. */
export const APP_SCHEME = 'vitrine';
export const APP_ORIGIN = `${APP_SCHEME}://app`;
