import { app, dialog } from 'electron';
import { describeError, VitrineError } from '../core/errors.ts';
import { texts } from './texts.ts';

/** Says why there is no window, and ends. */
export function tellFailedStart(error: unknown): void {
  const action = error instanceof VitrineError ? error.data.action : undefined;
  const text = [describeError(error), action].filter((part) => part !== undefined).join('\n\n');
  dialog.showErrorBox(texts.t('shell.failedStart'), text);
  app.exit(1);
}
