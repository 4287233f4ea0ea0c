import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './test-app.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** In a process group of its own, so that a signal reaches it and its children as Ctrl-C does. */
  readonly detached?: boolean;
}

export type RunningCommand = ChildProcess & { readonly finished: Promise<Finished> };

export const COMMAND_LINE = path.join(ROOT, 'electron', 'cli', 'main.ts');

/** Starts the command line as a user does, without a terminal, on a data folder. */
export function startCommand(
  dataDir: string,
  args: readonly string[],
  options: StartOptions = {},
): RunningCommand {
  return startBare(['--data-dir', dataDir, ...args], options);
}

/** Starts the command line with exactly these arguments. */
export function startBare(args: readonly string[], options: StartOptions = {}): RunningCommand {
  const child = spawn(process.execPath, [COMMAND_LINE, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    detached: options.detached ?? false,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return Object.assign(child, { finished });
}

export function runCommand(dataDir: string, args: readonly string[]): Promise<Finished> {
  return startCommand(dataDir, args).finished;
}

/** Runs a command with `--json` and reads its answer; fails with its error output. */
export async function runJson<T>(dataDir: string, args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await runCommand(dataDir, [...args, '--json']);
  if (code !== 0) throw new Error(`vitrine ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
