import { powerSaveBlocker } from 'electron';
import type { IngestActivity } from './ingest-activity.ts';

/** Keeps the computer from falling asleep over an ingest; the screen may go dark. */
export function stayAwake(): (activity: IngestActivity) => void {
  let blocker: number | null = null;
  return ({ state }) => {
    if (state === 'working') blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
