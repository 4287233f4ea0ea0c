import { EventEmitter } from 'node:events';
import type {
  ContextMenuParams,
  HandlerDetails,
  Item,
  RenderProcessGoneDetails,
  WebContents,
  WindowOpenHandlerResponse,
} from 'electron';
import { DoubleEvent } from './double-event.ts';
import type { IpcMainDouble } from './ipc-main.ts';
import { MessagePortMainDouble } from './message-port-main.ts';
import { Page, type Frame } from './page.ts';

type Methods = Pick<
  WebContents,
  'send' | 'reload' | 'isDestroyed' | 'startDrag' | 'setWindowOpenHandler'
>;

interface Sent {
  readonly args: unknown[];
  readonly ports: MessagePort[];
}

/** One window's contents: loads pages through the protocol handler, and carries their messages. */
export class WebContentsDouble extends EventEmitter implements Methods {
  readonly drags: Item[] = [];
  /** The page that is loaded. */
  page: Page | null = null;
  #url = '';
  #isDestroyed = false;
  #openHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null;
  readonly #parts: {
    readonly ipcMain: IpcMainDouble;
    readonly preload: string;
    readonly request: (url: string) => Promise<Response>;
  };

  constructor(parts: {
    ipcMain: IpcMainDouble;
    preload: string;
    request: (url: string) => Promise<Response>;
  }) {
    super();
    this.#parts = parts;
  }

  async load(url: string): Promise<void> {
    this.#startNavigation({ url, isSameDocument: false });
    await this.#commit(url);
  }

  async #commit(url: string): Promise<void> {
    const answer = await this.#parts.request(url);
    if (this.#isDestroyed) throw new Error(`ERR_FAILED (-2) loading '${url}'`);
    if (!answer.ok) throw new Error(`ERR_FAILED (${answer.status}) loading '${url}'`);
    this.#url = url;
    this.emit('did-navigate', new DoubleEvent(), url, -1, '');
    this.page = this.openFrame({ url, parent: null });
    this.emit('dom-ready', new DoubleEvent());
    this.emit('did-finish-load');
  }

  /** A page with our preload in some frame, whatever its address: what an attacker would have. */
  openFrame(frame: Frame): Page {
    return new Page(this, this.#parts.preload, frame);
  }

  /** The page tries to go elsewhere, in Electron's order of events; whether it got there. */
  async navigate(url: string): Promise<boolean> {
    this.#startNavigation({ url, isSameDocument: false });
    for (const name of ['will-navigate', 'will-frame-navigate']) {
      const event = DoubleEvent.with({ url, isMainFrame: true, isSameDocument: false });
      this.emit(name, event);
      if (event.defaultPrevented) return false;
    }
    await this.#commit(url);
    return true;
  }

  /** The page changes its route without leaving the document. */
  changeRoute(url: string): void {
    this.#startNavigation({ url, isSameDocument: true });
  }

  /** The page asks for a new window; what it gets. */
  openWindow(url: string): WindowOpenHandlerResponse['action'] {
    const details = { url, frameName: '', features: '', disposition: 'new-window' };
    return this.#openHandler?.(details as HandlerDetails).action ?? 'allow';
  }

  /** The page puts a webview into itself; whether it may. */
  attachWebview(): boolean {
    const event = new DoubleEvent();
    this.emit('will-attach-webview', event, {}, {});
    return !event.defaultPrevented;
  }

  showContextMenu(params: Partial<ContextMenuParams>): void {
    this.emit('context-menu', new DoubleEvent(), {
      mediaType: 'none',
      isEditable: false,
      selectionText: '',
      srcURL: '',
      editFlags: {},
      ...params,
    });
  }

  /** The page's process dies. */
  crash(reason: RenderProcessGoneDetails['reason']): RenderProcessGoneDetails {
    const details = { reason, exitCode: 139 };
    this.page = null;
    this.emit('render-process-gone', new DoubleEvent(), details);
    return details;
  }

  send(channel: string, ...args: unknown[]): void {
    const copies = args.map((value) => structuredClone(value));
    const { page } = this;
    setImmediate(() => page?.inbox.emit(channel, {}, ...copies));
  }

  reload(): void {
    void this.load(this.#url);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  startDrag(item: Item): void {
    this.drags.push(item);
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.#openHandler = handler;
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.page = null;
    this.emit('destroyed');
  }

  receive(senderFrame: Frame, channel: string, { args, ports }: Sent): void {
    const event = DoubleEvent.with({
      sender: this,
      senderFrame,
      type: 'frame',
      ports: ports.map((port) => new MessagePortMainDouble(port)),
    });
    setImmediate(() => this.#parts.ipcMain.emit(channel, event, ...args));
  }

  async receiveInvoke(senderFrame: Frame, channel: string, args: unknown[]): Promise<unknown> {
    const event = DoubleEvent.with({ sender: this, senderFrame, type: 'frame' });
    return this.#parts.ipcMain.answer(channel, event, args);
  }

  #startNavigation(details: { url: string; isSameDocument: boolean }): void {
    this.emit('did-start-navigation', DoubleEvent.with({ ...details, isMainFrame: true }));
  }
}
