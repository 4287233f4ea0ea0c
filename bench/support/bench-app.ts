import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApp } from '../../electron/core/app.ts';
import type { App } from '../../electron/core/app.ts';
import { forkWorker } from '../../electron/core/embedding/fork-worker.ts';
import { findInstallation } from '../../electron/core/installation.ts';
import type { Installation } from '../../electron/core/installation.ts';
import type { Log } from '../../electron/core/ports.ts';
import type { JobKind } from '../../electron/core/queue/job-store.ts';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');
export const installation: Installation = findInstallation(ROOT);

/** Nothing of a user's: each run has a folder of its own, which goes away with `await using`. */
export async function temporaryFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vitrine-bench-'));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

export interface BenchApp extends AsyncDisposable {
  readonly app: App;
  readonly dataDir: string;
  /** Process ids of the children started so far, by what they are for. */
  readonly children: ReadonlyMap<string, number>;
}

/**
 * The real core with the shipped models and its real child processes, on a data folder of its own,
 * started.
 *
 * @param jobs kinds of jobs it runs; all by default.
 * @param dataDir kept afterwards; a temporary one by default.
 */
export async function startBenchApp(
  options: { readonly jobs?: readonly JobKind[]; readonly dataDir?: string } = {},
): Promise<BenchApp> {
  const folder = options.dataDir === undefined ? await temporaryFolder() : null;
  const dataDir = options.dataDir ?? path.join(folder!.path, 'data');
  const children = new Map<string, number>();
  const launch = forkWorker(warn);
  const app = createApp({
    ...installation,
    dataDir,
    host: 'browser',
    folderChooser: 'ours',
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ports: {
      launchWorker(name) {
        const child = launch(name);
        if (child.pid !== undefined) children.set(name, child.pid);
        return child;
      },
      log: warn,
    },
  });
  app.start();
  return {
    app,
    dataDir,
    children,
    async [Symbol.asyncDispose]() {
      await app.stop();
      await folder?.[Symbol.asyncDispose]();
    },
  };
}

/** Waits until `isTrue`. Looking every 2 ms would take 2 % of a core from what is measured. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await delay(10);
}

/** A benchmark that hides what went wrong measures nothing. */
const warn: Log = (level, message, data) => {
  if (level === 'warn' || level === 'error') console.error(`${level}: ${message}`, data ?? '');
};
