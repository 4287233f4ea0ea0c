import type { App } from 'electron';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { ask } from './ask.ts';
import type { MainWindow } from './main-window.ts';
import { texts } from './texts.ts';

/** Writes what goes wrong to the log, and offers to load a window again whose page died. */
export function keepCrashLog(app: App, { window, log }: { window: MainWindow; log: Log }): void {
  process.on('unhandledRejection', (reason) =>
    log('error', 'A promise was rejected and nobody looked', {
      error: describeError(reason),
      stack: reason instanceof Error ? reason.stack : undefined,
    }),
  );
  process.on('uncaughtExceptionMonitor', (error) =>
    log('error', 'An exception was not caught', { error: error.message, stack: error.stack }),
  );
  app.on('child-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') log('warn', 'A helper process ended', { ...details });
  });
  app.on('web-contents-created', (_event, contents) => {
    contents.on('unresponsive', () => log('warn', "The window's page does not answer"));
  });
  app.on('render-process-gone', (_event, contents, details) => {
    if (details.reason === 'clean-exit') return;
    log('error', "The window's page ended", { ...details });
    void offerReload(window).then((isWanted) => {
      if (isWanted && !contents.isDestroyed()) contents.reload();
    });
  });
}

async function offerReload(window: MainWindow): Promise<boolean> {
  const { response } = await ask(window, {
    type: 'error',
    message: texts.t('shell.crash.title'),
    detail: texts.t('shell.crash.text'),
    buttons: [texts.t('shell.crash.reload'), texts.t('shell.crash.leave')],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
