import os from 'node:os';

/**
 * Lets the window, thumbnails and other programs go first from now on: a model fills every core for
 * minutes, and scrolling must not wait for it. On an idle machine this costs nothing. Threads started
 * later inherit it, so call it before a model is loaded.
 */
export function yieldToWindow(): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that does not allow it: everything works, only less smoothly.
  }
}
