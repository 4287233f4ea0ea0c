import { APP_ORIGIN } from './scheme.ts';

const PICTURE = /^\/img\/(\d{1,15})$/;

/** The item whose picture an address of ours names; null for any other address. */
export function pictureItemId(address: string): number | null {
  const url = URL.parse(address);
  if (url === null || `${url.protocol}//${url.host}` !== APP_ORIGIN) return null;
  const id = PICTURE.exec(url.pathname)?.[1];
  return id === undefined ? null : Number(id);
}
