import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './bench-app.ts';
import type { Reception } from './receiving-server.ts';

/** A practice cloud in a process of its own. */
export async function startPractice(): Promise<{ endpoint: string } & AsyncDisposable> {
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', 's3vectors-local.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('The practice cloud did not start'))),
  ])) as [string];
  const endpoint = /http:\S+/.exec(line)?.[0] ?? '';
  return {
    endpoint,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/**
 * A server that only receives vectors (`receiving-server.ts`), in front of a practice cloud.
 *
 * @param latencyMs for which it holds back each answer
 */
export async function startReceiver(
  practice: string,
  latencyMs = 0,
): Promise<{ endpoint: string; reception(): Promise<Reception> } & AsyncDisposable> {
  const child = fork(path.join(import.meta.dirname, 'receiving-server.ts'), [
    practice,
    String(latencyMs),
  ]);
  const [port] = (await once(child, 'message')) as [number];
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async reception() {
      const answer = once(child, 'message') as Promise<[Reception]>;
      child.send('reception');
      return (await answer)[0];
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
