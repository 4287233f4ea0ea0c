import type { IngestActivity } from './ingest-activity.ts';
import type { MainWindow } from './main-window.ts';

/** Electron's values: below 0 no bar, above 1 one that shows no amount. */
const NONE = -1;
const INDETERMINATE = 2;

/** Shows the progress of ingest on the dock or taskbar icon. */
export function showProgressBar(window: MainWindow): (activity: IngestActivity) => void {
  return ({ state, fraction, isBlocked }) => {
    const bar = window.current;
    if (bar === null) return;
    if (state === 'idle' || state === 'unknown') {
      // Red until it is looked at: a bar that is just gone would say that all went well.
      bar.setProgressBar(isBlocked ? 1 : NONE, { mode: isBlocked ? 'error' : 'none' });
      return;
    }
    const mode = state === 'paused' ? 'paused' : fraction === null ? 'indeterminate' : 'normal';
    bar.setProgressBar(fraction ?? INDETERMINATE, { mode });
  };
}
