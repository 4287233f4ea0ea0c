import type { App as ElectronApp } from 'electron';
import type { App } from '../core/app.ts';

/** Stops the queue and the database before the process ends; what was running goes on next time. */
export function quitCleanly(app: ElectronApp, core: App): void {
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    const stopped = core.stop().catch(() => undefined);
    void stopped.then(() => {
      isStopped = true;
      app.quit();
    });
  });
}
