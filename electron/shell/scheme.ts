import type { CustomScheme } from 'electron';

/** Our own scheme instead of file://: the window has a real origin, vitrine://app. */
export const APP_SCHEME = 'vitrine';
export const APP_ORIGIN = `${APP_SCHEME}://app`;
/** The only page there is. */
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** Whether an address is the window's. `origin` would not tell: to Node it is "null" for our scheme. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === APP_ORIGIN;
}

/** Whether an address is the page itself, at whatever route: loading it again is all it may do. */
export function isAppPage(address: string): boolean {
  return isAppAddress(address) && `${APP_ORIGIN}${new URL(address).pathname}` === APP_PAGE;
}

/** What pages of the scheme may do; neither `bypassCSP` nor `corsEnabled`. */
export const SCHEME_PRIVILEGES: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
};
