import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { PracticeControl } from './practice-control.ts';
import type { PracticeCloudOptions } from './practice-server.ts';

export interface StartOptions extends PracticeCloudOptions {
  /** The built file of `worker.ts`, where the source is not at hand. */
  readonly entry?: URL | string | undefined;
}

/** A practice cloud that runs. */
export interface PracticeCloud extends Pick<
  PracticeControl,
  'counters' | 'putsByKey' | 'setFaults' | 'advanceClock'
> {
  /** What an SDK client takes as its endpoint, such as `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  readonly region: string;
  /** Answers what is in progress, closes the files, ends. */
  stop(): Promise<void>;
}

const SOURCE = new URL('worker.ts', import.meta.url);

/**
 * Starts a strict local Amazon S3 Vectors endpoint on loopback. It runs in a thread of its own, so
 * that reading megabytes of JSON never holds the caller's thread.
 *
 * @throws Error when the port is taken, or the data folder cannot be used.
 */
export async function startPracticeCloud({
  entry = SOURCE,
  ...options
}: StartOptions = {}): Promise<PracticeCloud> {
  const worker = new Worker(entry, { workerData: options });
  const ended = once(worker, 'exit').catch(() => undefined);
  // Rejects with the thread's error when it cannot start.
  const [{ port, region }] = (await once(worker, 'message')) as [{ port: number; region: string }];
  const endpoint = `http://127.0.0.1:${port}`;
  const control = new PracticeControl(endpoint);
  return {
    endpoint,
    region,
    counters: () => control.counters(),
    putsByKey: (bucket, index) => control.putsByKey(bucket, index),
    setFaults: (faults) => control.setFaults(faults),
    advanceClock: (ms) => control.advanceClock(ms),
    async stop() {
      worker.postMessage('stop');
      await ended;
    },
  };
}
