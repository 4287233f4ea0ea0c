import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createApp, type App } from '../../electron/core/app.ts';
import { forkWorker } from '../../electron/core/embedding/fork-worker.ts';
import { findInstallation, type Installation } from '../../electron/core/installation.ts';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');
export const installation: Installation = findInstallation(ROOT);

/** A new folder that goes away with `await using`. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vitrine-test-'));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** The real core with real models on a data folder of its own, started; stops with `await using`. */
export async function startTestApp(
  options: { dataDir?: string } = {},
): Promise<{ app: App; dataDir: string } & AsyncDisposable> {
  const folder = options.dataDir === undefined ? await temporaryFolder() : null;
  const dataDir = options.dataDir ?? path.join(folder?.path ?? '', 'data');
  const log = () => undefined;
  const app = createApp({
    ...installation,
    dataDir,
    host: 'browser',
    folderChooser: 'ours',
    ports: { launchWorker: forkWorker(log), log },
  });
  app.start();
  return {
    app,
    dataDir,
    async [Symbol.asyncDispose]() {
      await app.stop();
      await folder?.[Symbol.asyncDispose]();
    },
  };
}
