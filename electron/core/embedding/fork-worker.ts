import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { LaunchWorker, Log } from '../ports.ts';

/**
 * Starts workers as forked Node processes, for hosts on plain Node. What they print goes to the log.
 *
 * @param entry the worker's file, when it is not where the source has it (a bundle).
 */
export function forkWorker(
  log: Log,
  entry: string = fileURLToPath(new URL('worker/main.ts', import.meta.url)),
): LaunchWorker {
  return (name) => {
    const child = fork(entry, [], {
      // Not the parent's flags: an inspector port or a test runner's loader is not for it.
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => log('warn', `${name}: ${line}`));
    }
    return {
      pid: child.pid,
      post(message) {
        // A child that is gone is reported by its exit, not by each message lost on the way.
        if (child.connected) child.send(message as object, () => {});
      },
      onMessage(listener) {
        child.on('message', (message) => listener(message));
      },
      onExit(listener) {
        let isOver = false;
        function exit(reason: string): void {
          if (isOver) return;
          isOver = true;
          listener(reason);
        }
        child.on('error', (error) => exit(error.message));
        // Not "exit": messages that were sent before the death are delivered first.
        child.on('close', (code, signal) =>
          exit(signal === null ? `exit code ${code}` : `signal ${signal}`),
        );
      },
      kill() {
        child.kill('SIGKILL');
      },
    };
  };
}
