import { dialog, type MessageBoxOptions, type MessageBoxReturnValue } from 'electron';
import type { MainWindow } from './main-window.ts';

/** A message box on the window, or on its own while there is none. */
export function ask(
  window: MainWindow,
  options: MessageBoxOptions,
): Promise<MessageBoxReturnValue> {
  const { current } = window;
  return current === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(current, options);
}
