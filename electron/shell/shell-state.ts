import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';

const stateSchema = z.object({
  /** Whether quitting asks first while an ingest is at work. */
  asksBeforeQuit: z.boolean().default(true),
  /** Folders the user opened, latest first. */
  recentFolders: z.array(z.string()).default([]),
});
type State = Readonly<z.infer<typeof stateSchema>>;

/** What the shell remembers between starts; the position of the window is Electron's to keep. */
export class ShellState {
  readonly #file: string;
  readonly #log: Log;
  #state: State;

  constructor(dataDir: string, log: Log) {
    this.#file = path.join(dataDir, 'shell.json');
    this.#log = log;
    this.#state = readState(this.#file, log);
  }

  get current(): State {
    return this.#state;
  }

  /** Kept for this run even where it cannot be written. */
  update(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    const next = `${this.#file}.new`;
    try {
      writeFileSync(next, `${JSON.stringify(this.#state, null, 2)}\n`);
      renameSync(next, this.#file);
    } catch (error) {
      this.#log('warn', 'The state of the shell was not saved', { error: describeError(error) });
    }
  }
}

function readState(file: string, log: Log): State {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const isFirstStart = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isFirstStart) log('warn', `${file} is not readable; starting over`);
    return stateSchema.parse({});
  }
}
