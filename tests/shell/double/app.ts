import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import type { App, JumpListCategory, RelaunchOptions } from 'electron';
import { DoubleEvent } from './double-event.ts';

type Methods = Pick<
  App,
  | 'setName'
  | 'getName'
  | 'setAppUserModelId'
  | 'setPath'
  | 'getPath'
  | 'setAppLogsPath'
  | 'getAppPath'
  | 'enableSandbox'
  | 'isReady'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'requestSingleInstanceLock'
  | 'addRecentDocument'
  | 'clearRecentDocuments'
  | 'setBadgeCount'
  | 'isPackaged'
  | 'dock'
>;

/** Who has the lock of each profile: one machine's worth of running applications. */
const locks = new Map<string, AppDouble>();

/** `app`: its order of events before, during and after a run, and what it was told. */
export class AppDouble extends EventEmitter implements Methods {
  readonly isPackaged = false;
  readonly dock = undefined;
  readonly recentDocuments: string[] = [];
  badge = 0;
  /** How it is to be started again when it has ended. */
  readonly relaunches: RelaunchOptions[] = [];
  /** Resolves with the exit code when the application has ended. */
  readonly ended: Promise<number>;
  readonly #appPath: string;
  readonly #paths = new Map<string, string>();
  readonly #end: (code: number) => void;
  #name = 'Electron';
  #isReady = false;
  #isSandboxed = false;
  #hasEnded = false;
  /** Set by the double that this belongs to. */
  closeWindows: () => boolean = () => true;

  constructor(appPath: string) {
    super();
    this.#appPath = appPath;
    const { promise, resolve } = Promise.withResolvers<number>();
    this.ended = promise;
    this.#end = resolve;
  }

  get isSandboxed(): boolean {
    return this.#isSandboxed;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  setAppUserModelId(): void {
    // Windows only.
  }

  setPath(name: string, folder: string): void {
    if (!existsSync(folder)) throw new Error(`Failed to set path: ${folder} does not exist`);
    this.#paths.set(name, folder);
  }

  getPath(name: string): string {
    const found = this.#paths.get(name);
    if (found === undefined) throw new Error(`Failed to get '${name}' path`);
    return found;
  }

  setAppLogsPath(folder = ''): void {
    this.#paths.set('logs', folder);
  }

  getAppPath(): string {
    return this.#appPath;
  }

  enableSandbox(): void {
    this.assertBeforeReady('enableSandbox');
    this.#isSandboxed = true;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#isReady ? Promise.resolve() : once(this, 'ready').then(() => undefined);
  }

  /** Electron's own start, after the entry has run. */
  becomeReady(): void {
    if (this.#hasEnded) return;
    this.#isReady = true;
    this.emit('ready', new DoubleEvent(), {});
  }

  assertBeforeReady(what: string): void {
    if (this.#isReady) throw new Error(`${what} must be called before app is ready`);
  }

  requestSingleInstanceLock(data: Record<string, unknown> = {}): boolean {
    const profile = this.getPath('userData');
    const holder = locks.get(profile);
    if (holder === undefined) {
      locks.set(profile, this);
      return true;
    }
    const argv = ['electron', '--original-process-start-time=1', 'rearranged'];
    setImmediate(() =>
      holder.emit('second-instance', new DoubleEvent(), argv, '/', structuredClone(data)),
    );
    return false;
  }

  quit(): void {
    if (this.#hasEnded || !this.#may('before-quit')) return;
    if (!this.closeWindows()) return;
    setImmediate(() => {
      if (this.#may('will-quit')) this.exit(0);
    });
  }

  relaunch(options: RelaunchOptions = {}): void {
    this.relaunches.push(options);
  }

  exit(code = 0): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const [profile, holder] of locks) if (holder === this) locks.delete(profile);
    this.emit('quit', new DoubleEvent(), code);
    this.#end(code);
  }

  addRecentDocument(file: string): void {
    this.recentDocuments.unshift(file);
  }

  clearRecentDocuments(): void {
    this.recentDocuments.length = 0;
  }

  getJumpListSettings(): { minItems: number; removedItems: [] } {
    return { minItems: 10, removedItems: [] };
  }

  setJumpList(_categories: JumpListCategory[] | null): 'ok' {
    return 'ok';
  }

  setBadgeCount(count = 0): boolean {
    this.badge = count;
    return true;
  }

  #may(name: 'before-quit' | 'will-quit'): boolean {
    const event = new DoubleEvent();
    this.emit(name, event);
    return !event.defaultPrevented;
  }
}
