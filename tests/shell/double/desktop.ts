import { EventEmitter } from 'node:events';
import type {
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  NotificationConstructorOptions,
  OpenDialogReturnValue,
  PowerSaveBlocker,
  Shell,
} from 'electron';

/** Dialogs: a test says what the user answers and reads what was asked. */
export class DialogDouble implements Pick<Dialog, 'showErrorBox'> {
  readonly asked: MessageBoxOptions[] = [];
  readonly errors: { title: string; content: string }[] = [];
  /** The folder that the user chooses next; null cancels. */
  folder: string | null = null;
  /** Which button the user presses, by its text; the one that cancels by default. */
  answer: (options: MessageBoxOptions) => { button?: string; checked?: boolean } = () => ({});

  showErrorBox(title: string, content: string): void {
    this.errors.push({ title, content });
  }

  async showOpenDialog(): Promise<OpenDialogReturnValue> {
    const { folder } = this;
    return { canceled: folder === null, filePaths: folder === null ? [] : [folder] };
  }

  async showMessageBox(...args: unknown[]): Promise<MessageBoxReturnValue> {
    const options = args.at(-1) as MessageBoxOptions;
    this.asked.push(options);
    const { button, checked } = this.answer(options);
    const response =
      button === undefined ? (options.cancelId ?? 0) : (options.buttons ?? []).indexOf(button);
    if (response < 0) throw new Error(`The dialog has no button ${button}.`);
    return { response, checkboxChecked: checked ?? false };
  }
}

export class ShellDouble implements Pick<Shell, 'showItemInFolder' | 'openPath' | 'openExternal'> {
  readonly revealed: string[] = [];
  readonly opened: string[] = [];
  readonly browsed: string[] = [];

  showItemInFolder(file: string): void {
    this.revealed.push(file);
  }

  async openPath(file: string): Promise<string> {
    this.opened.push(file);
    return '';
  }

  async openExternal(url: string): Promise<void> {
    this.browsed.push(url);
  }
}

export class PowerSaveBlockerDouble implements Pick<PowerSaveBlocker, 'start' | 'stop'> {
  readonly active = new Set<number>();
  started = 0;

  start(): number {
    this.started += 1;
    this.active.add(this.started);
    return this.started;
  }

  stop(id: number): boolean {
    return this.active.delete(id);
  }
}

export class ClipboardItemDouble {
  readonly items: Record<string, Blob>;

  constructor(items: Record<string, Blob>) {
    this.items = items;
  }
}

export class ClipboardDouble {
  text = '';
  item: ClipboardItemDouble | null = null;

  async writeText(text: string): Promise<void> {
    this.text = text;
  }

  async write([item]: ClipboardItemDouble[]): Promise<void> {
    this.item = item ?? null;
  }
}

export class NotificationDouble extends EventEmitter {
  readonly options: NotificationConstructorOptions;
  readonly #shown: NotificationDouble[];

  constructor(shown: NotificationDouble[], options: NotificationConstructorOptions = {}) {
    super();
    this.#shown = shown;
    this.options = options;
  }

  show(): void {
    this.#shown.push(this);
  }

  close(): void {
    this.emit('close');
  }
}

/** `Notification` as the module exports it. */
export interface NotificationClass {
  new (options?: NotificationConstructorOptions): NotificationDouble;
  isSupported(): boolean;
}

/** The class for one run; those shown are put into `shown`. */
export function createNotification(shown: NotificationDouble[]): NotificationClass {
  return class extends NotificationDouble {
    constructor(options?: NotificationConstructorOptions) {
      super(shown, options);
    }

    static isSupported(): boolean {
      return true;
    }
  };
}
