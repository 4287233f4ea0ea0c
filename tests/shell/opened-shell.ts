import path from 'node:path';
import { temporaryFolder } from '../support/test-app.ts';
import { buildApplication } from './built-application.ts';
import { startTestShell, type TestShell } from './test-shell.ts';

/** A shell for the tests of a file, with a folder for what they draw. */
export interface OpenedShell {
  readonly shell: TestShell;
  /** The built application. */
  readonly appPath: string;
  readonly folder: string;
  close(): Promise<void>;
}

/** Builds the application and starts it on an empty data folder. */
export async function openShell(): Promise<OpenedShell> {
  const folder = await temporaryFolder();
  const appPath = path.join(folder.path, 'application');
  await buildApplication(appPath);
  const shell = await startTestShell({ appPath, dataDir: path.join(folder.path, 'data') });
  return {
    shell,
    appPath,
    folder: folder.path,
    async close() {
      await shell[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
