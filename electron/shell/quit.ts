import { powerMonitor, type App as ElectronApp } from 'electron';
import type { App } from '../core/app.ts';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { ask } from './ask.ts';
import { summarizeIngest } from './ingest-activity.ts';
import type { MainWindow } from './main-window.ts';
import type { ShellState } from './shell-state.ts';
import { texts } from './texts.ts';

/** A scan of a drive that does not answer may hang; the work is safe in the database anyway. */
const LONGEST_STOP_MS = 10_000;

/**
 * Asks before an ingest at work is left (it goes on at the next start), then stops the queue and
 * closes the database before the process ends.
 */
export function guardQuit(
  app: ElectronApp,
  parts: { core: App; window: MainWindow; state: ShellState; log: Log; onStop: () => void },
): void {
  const { core, window, state, log, onStop } = parts;
  let mayQuit = false;
  let isAsking = false;
  let isStopped = false;

  const isWorking = () => summarizeIngest(core.progress()).state === 'working';
  // Whoever ends the session or presses Ctrl-C in a terminal has decided already.
  const leave = () => {
    mayQuit = true;
    app.quit();
  };
  powerMonitor.on('shutdown', leave);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave);

  app.on('before-quit', (event) => {
    if (mayQuit || !state.current.asksBeforeQuit || !isWorking()) {
      mayQuit = true;
      return;
    }
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void askToQuit(window)
      .then(({ isSure, asksAgain }) => {
        if (!isSure) return;
        if (!asksAgain) state.update({ asksBeforeQuit: false });
        leave();
      })
      .finally(() => {
        isAsking = false;
      });
  });
  app.on('browser-window-created', (_event, created) => {
    // Elsewhere the last window takes the application with it: the question comes while it is open.
    if (process.platform === 'darwin') return;
    created.on('session-end', () => {
      mayQuit = true;
    });
    created.on('close', (event) => {
      if (mayQuit) return;
      event.preventDefault();
      app.quit();
    });
  });
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    onStop();
    // Whoever starts Vitrine in its last moments is turned away by its lock: open again afterwards.
    app.once('second-instance', (_event, argv) => app.relaunch({ args: argv.slice(1) }));
    const tooLong = setTimeout(() => app.exit(0), LONGEST_STOP_MS);
    void core
      .stop()
      .catch((error: unknown) =>
        log('error', 'Stopping was not clean', { error: describeError(error) }),
      )
      .then(() => {
        clearTimeout(tooLong);
        isStopped = true;
        app.quit();
      });
  });
}

async function askToQuit(window: MainWindow): Promise<{ isSure: boolean; asksAgain: boolean }> {
  const { response, checkboxChecked } = await ask(window, {
    type: 'question',
    message: texts.t('shell.quit.title'),
    detail: texts.t('shell.quit.text'),
    buttons: [texts.t('shell.quit.quit'), texts.t('shell.quit.stay')],
    defaultId: 0,
    cancelId: 1,
    checkboxLabel: texts.t('shell.quit.dontAsk'),
  });
  return { isSure: response === 0, asksAgain: !checkboxChecked };
}
