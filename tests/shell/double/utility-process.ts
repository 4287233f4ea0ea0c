import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type electron from 'electron';
import type { ForkOptions, UtilityProcess } from 'electron';

const BOOTSTRAP = path.join(import.meta.dirname, 'utility-bootstrap.ts');

type Members = Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill' | 'stdout' | 'stderr'>;

/** A utility process that is a real child process, running the file it was asked to run. */
export class UtilityProcessDouble extends EventEmitter implements Members {
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  readonly #child: ChildProcess;

  constructor(entry: string, args: readonly string[]) {
    super();
    if (!existsSync(entry))
      throw new Error(`There is no ${entry} to start a utility process with.`);
    this.#child = fork(BOOTSTRAP, [entry, ...args], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('close', (code, signal) => this.emit('exit', signal === null ? (code ?? 0) : 9));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => {});
  }

  kill(): boolean {
    return this.#child.kill('SIGKILL');
  }
}

export const utilityProcess = {
  fork: (entry: string, args: string[] = [], _options: ForkOptions = {}): UtilityProcessDouble =>
    new UtilityProcessDouble(entry, args),
} satisfies Partial<Record<keyof typeof electron.utilityProcess, unknown>>;
