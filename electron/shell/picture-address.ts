import { isAppAddress } from './scheme.ts';

const PICTURE = /^\/img\/(\d{1,15})$/;

/** The item whose picture an address of ours names; null for any other address. */
export function pictureItemId(address: string): number | null {
  if (!isAppAddress(address)) return null;
  const id = PICTURE.exec(new URL(address).pathname)?.[1];
  return id === undefined ? null : Number(id);
}
