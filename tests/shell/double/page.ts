import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import type { ContextBridge, IpcRenderer, WebUtils } from 'electron';
import type { DesktopBridge } from '../../../shared/desktop.ts';
import type { WebContentsDouble } from './web-contents.ts';

type PageMessage = {
  readonly source: unknown;
  readonly data: unknown;
  readonly ports: MessagePort[];
};

/** A frame as the main process sees it. */
export interface Frame {
  readonly url: string;
  readonly parent: Frame | null;
}

interface RendererModule {
  readonly contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>;
  readonly ipcRenderer: Pick<IpcRenderer, 'invoke' | 'send' | 'postMessage'>;
  readonly webUtils: Pick<WebUtils, 'getPathForFile'>;
}

/**
 * A loaded page with its preload: the built file, run in a context of its own that can require
 * nothing but Electron's renderer half, as the sandbox has it.
 */
export class Page {
  readonly frame: Frame;
  /** What `ipcRenderer.on` of this page hears. */
  readonly inbox = new EventEmitter();
  readonly #contents: WebContentsDouble;
  readonly #world: Record<string, unknown> = {};
  readonly #listeners: ((event: PageMessage) => void)[] = [];
  readonly #paths = new WeakMap<File, string>();

  constructor(contents: WebContentsDouble, preload: string, frame: Frame) {
    this.frame = frame;
    this.#contents = contents;
    this.#run(preload);
  }

  /** `window.vitrine`. */
  get bridge(): DesktopBridge<File> {
    return this.#world['vitrine'] as DesktopBridge<File>;
  }

  /** The names of everything that the page was given. */
  get exposed(): string[] {
    return Object.keys(this.#world);
  }

  /** `window.postMessage` of the page itself. */
  postMessage(data: unknown, ports: MessagePort[]): void {
    for (const listener of this.#listeners) listener({ source: this.#world, data, ports });
  }

  /** A file as the system hands it over with a drop; a path of '' is one dragged from a browser. */
  dropped(name: string, filePath: string): File {
    const file = new File([], name);
    this.#paths.set(file, filePath);
    return file;
  }

  #run(preload: string): void {
    const window = Object.assign(this.#world, {
      addEventListener: (type: string, listener: (event: PageMessage) => void) => {
        if (type === 'message') this.#listeners.push(listener);
      },
    });
    const electron = this.#rendererModule();
    const require = (name: string) => {
      if (name === 'electron') return electron;
      throw new Error(`A sandboxed preload cannot require ${name}.`);
    };
    const code = `(function (require, exports, module) {${readFileSync(preload, 'utf8')}\n})`;
    const context = vm.createContext({ window, console });
    const run = vm.runInContext(code, context, { filename: preload }) as (
      ...args: unknown[]
    ) => void;
    run(require, {}, { exports: {} });
    delete this.#world['addEventListener'];
  }

  #rendererModule(): RendererModule {
    const contents = this.#contents;
    const clone = (args: unknown[]) => args.map((value) => structuredClone(value));
    return {
      contextBridge: {
        exposeInMainWorld: (key, api: object) => {
          this.#world[key] = Object.freeze(api);
        },
      },
      ipcRenderer: Object.assign(this.inbox as unknown as RendererModule['ipcRenderer'], {
        invoke: async (channel: string, ...args: unknown[]) =>
          structuredClone(await contents.receiveInvoke(this.frame, channel, clone(args))),
        send: (channel: string, ...args: unknown[]) =>
          contents.receive(this.frame, channel, { args: clone(args), ports: [] }),
        postMessage: (channel: string, message: unknown, transfer: MessagePort[] = []) =>
          contents.receive(this.frame, channel, { args: clone([message]), ports: transfer }),
      }),
      webUtils: { getPathForFile: (file) => this.#paths.get(file) ?? '' },
    };
  }
}
