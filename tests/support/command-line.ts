import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './test-app.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line as a user does; `--data-dir` is given for you. */
export function startCommand(
  dataDir: string,
  args: readonly string[],
): ChildProcess & { finished: Promise<Finished> } {
  const main = path.join(ROOT, 'electron', 'cli', 'main.ts');
  const child = spawn(process.execPath, [main, '--data-dir', dataDir, ...args], {
    cwd: ROOT,
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
