import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApp, type App } from '../../electron/core/app.ts';
import { forkWorker } from '../../electron/core/embedding/fork-worker.ts';
import { findInstallation } from '../../electron/core/installation.ts';
import type { Log } from '../../electron/core/ports.ts';
import type { JobKind } from '../../electron/core/queue/job-store.ts';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import { startWebHost, type WebHost } from '../../electron/web/server.ts';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');
export const installation = findInstallation(ROOT);

export interface StageOptions {
  readonly dataDir: string;
  /** The built window. */
  readonly rendererDir: string;
  /** Kinds of jobs that run; all by default. */
  readonly jobs?: readonly JobKind[] | undefined;
  /** The models that ship with Vitrine by default. */
  readonly modelsDir?: string | undefined;
}

/** A running Vitrine behind the browser host, in this process: what a picture is taken of. */
export interface Stage {
  readonly app: App;
  readonly url: string;
  /** The window is left alone: nothing answers any more. */
  goSilent(): Promise<void>;
  stop(): Promise<void>;
}

const quiet: Log = () => undefined;

export async function startStage(options: StageOptions): Promise<Stage> {
  await mkdir(options.dataDir, { recursive: true });
  const app = createApp({
    ...installation,
    ...(options.modelsDir === undefined ? {} : { modelsDir: options.modelsDir }),
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    dataDir: options.dataDir,
    host: 'browser',
    folderChooser: 'ours',
    ports: { launchWorker: forkWorker(quiet), startPracticeCloud, log: quiet },
  });
  let host: WebHost | null = await startWebHost({
    app,
    rendererDir: options.rendererDir,
    log: quiet,
  });
  const { url } = host;
  app.start();
  const goSilent = async () => {
    await host?.close();
    host = null;
  };
  return {
    app,
    url,
    goSilent,
    async stop() {
      await goSilent();
      await app.stop();
    },
  };
}

/** Adds a folder and waits until it is scanned and, where such jobs run, embedded. */
export async function addAndWait(app: App, folder: string, name?: string): Promise<number> {
  const catalogId = await app.catalogs.add(folder, name === undefined ? {} : { name });
  await untilIdle(app);
  return catalogId;
}

export async function untilIdle(app: App): Promise<void> {
  await untilScanned(app);
  // Not by the catalog's state: between the scan and the plan it is idle, too.
  await until(() =>
    app
      .progress()
      .every(
        ({ stages, obstacle }) =>
          obstacle !== null || stages.every(({ state }) => state === 'done'),
      ),
  );
}

export async function untilScanned(app: App): Promise<void> {
  await until(() => app.catalogs.list().every(({ scannedAt }) => scannedAt !== null));
}

export async function until(isTrue: () => boolean, seconds = 180): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await delay(25)) {
    if (isTrue()) return;
  }
  throw new Error(`Waited ${seconds} s in vain`);
}

export async function copyData(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
}
