import { app, Notification } from 'electron';
import type { App } from '../core/app.ts';
import type { IngestActivity } from './ingest-activity.ts';
import type { MainWindow } from './main-window.ts';
import { texts } from './texts.ts';

/** Between two stages nothing runs for a moment; that is not the end. */
const REST_MS = 1_000;

/** Says that ingest has ended while the user was looking elsewhere, with a badge for problems. */
export function notifyWhenDone(core: App, window: MainWindow): (activity: IngestActivity) => void {
  /** Problems there were when the work began; null while there is none. */
  let before: number | null = null;
  let rest: NodeJS.Timeout | undefined;
  /** Kept: a notification that was collected as garbage hears no click. */
  let shown: Notification | null = null;
  app.on('browser-window-focus', () => app.setBadgeCount(0));

  function tell(problems: number): void {
    before = null;
    if (window.isFocused) return;
    const items = core.catalogs.list().reduce((sum, catalog) => sum + catalog.items, 0);
    app.setBadgeCount(problems);
    if (!Notification.isSupported()) return;
    const notification = new Notification({
      title: texts.t('shell.done.title'),
      body:
        problems === 0
          ? texts.t('shell.done.text', { count: items, shown: items.toLocaleString('en') })
          : texts.t('shell.done.problems', {
              count: problems,
              shown: problems.toLocaleString('en'),
            }),
    });
    shown?.close();
    shown = notification;
    notification.on('click', () => {
      window.show();
      if (problems > 0) window.send({ type: 'command', id: 'goIngest' });
    });
    notification.show();
  }

  return ({ state, problems }) => {
    clearTimeout(rest);
    if (state === 'working') before ??= problems;
    else if (state === 'paused' || state === 'unknown') before = null;
    else if (before !== null) rest = setTimeout(tell, REST_MS, Math.max(0, problems - before));
  };
}
