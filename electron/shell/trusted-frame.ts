import type { WebFrameMain } from 'electron';
import { APP_ORIGIN } from './scheme.ts';

/** Whether a message comes from the top frame of our own page: the one place this is decided. */
export function isTrustedFrame(frame: WebFrameMain | null): boolean {
  if (frame === null || frame.parent !== null) return false;
  const url = URL.parse(frame.url);
  // `origin` is "null" for schemes that Node does not know; protocol and host say the same.
  return url !== null && `${url.protocol}//${url.host}` === APP_ORIGIN;
}
