import { app, clipboard } from 'electron';
import { formatDiagnostics } from '../../shared/diagnostics-text.ts';
import type { App } from '../core/app.ts';
import { ask } from './ask.ts';
import type { MainWindow } from './main-window.ts';
import { texts } from './texts.ts';

/** The about box, with what a report about a fault needs one button away. */
export class About {
  readonly #core: App;
  readonly #window: MainWindow;

  constructor(parts: { core: App; window: MainWindow }) {
    this.#core = parts.core;
    this.#window = parts.window;
  }

  async show(): Promise<void> {
    const { versions } = process;
    const { response } = await ask(this.#window, {
      type: 'info',
      title: texts.t('shell.about.title'),
      message: `${app.getName()} ${this.#core.info.version}`,
      detail: texts.t('shell.about.text', {
        electron: versions['electron'] ?? '',
        chromium: versions['chrome'] ?? '',
        node: versions.node,
        dataDir: this.#core.info.dataDir,
      }),
      buttons: [texts.t('common.close'), texts.t('shell.about.copy')],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1) await this.copyDiagnostics();
  }

  async copyDiagnostics(): Promise<void> {
    await clipboard.writeText(formatDiagnostics(await this.#core.diagnostics()));
  }
}
