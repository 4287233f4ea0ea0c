import type { WebFrameMain } from 'electron';
import { isAppAddress } from './scheme.ts';

/** Whether a message comes from the top frame of our own page: the one place this is decided. */
export function isTrustedFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isAppAddress(frame.url);
}
