import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SecretStore } from '../../electron/core/aws/connection.ts';
import { temporaryFolder } from '../support/test-app.ts';
import { createElectronDouble, type ElectronDouble } from './double/electron-double.ts';

const SECRET = 'wJalrXUtnFEMI-typed-in';
const NAME = 'aws-keys';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let electron: ElectronDouble;
let platform: NodeJS.Platform;
const log: string[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
  electron = createElectronDouble(folder.path);
  electron.app.becomeReady();
  ({ platform } = process);
  Object.defineProperty(process, 'platform', { value: 'linux' });
  log.length = 0;
});
afterEach(async () => {
  Object.defineProperty(process, 'platform', { value: platform });
  vi.doUnmock('electron');
  await folder[Symbol.asyncDispose]();
});

/** As after a start: nothing is remembered but what lies in the data folder. */
async function start(): Promise<SecretStore> {
  vi.resetModules();
  vi.doMock('electron', () => electron.module);
  const { SafeSecrets } = await import('../../electron/shell/safe-secrets.ts');
  return new SafeSecrets(folder.path, (_level, message) => void log.push(message));
}

const file = () => path.join(folder.path, 'secrets.json');

test('keys that were typed in are there after the next start, and nowhere to be read', async () => {
  const before = await start();
  expect(await before.isLasting()).toBe(true);
  expect(await before.get(NAME)).toBeNull();
  await before.set(NAME, SECRET);
  expect(await (await start()).get(NAME)).toBe(SECRET);
  for (const name of readdirSync(folder.path)) {
    expect(readFileSync(path.join(folder.path, name), 'utf8')).not.toContain(SECRET);
  }
  // Windows knows no such modes: the folder of the user is closed to others.
  expect(statSync(file()).mode & 0o777).toBe(platform === 'win32' ? 0o666 : 0o600);
  await (await start()).delete(NAME);
  expect(await (await start()).get(NAME)).toBeNull();
  expect(log).toEqual([]);
});

test.each(['basic_text', 'unknown'] as const)(
  'where encryption would be none (%s) they are kept for this run only',
  async (backend) => {
    electron.safeStorage.backend = backend;
    const before = await start();
    expect(await before.isLasting()).toBe(false);
    await before.set(NAME, SECRET);
    expect(await before.get(NAME)).toBe(SECRET);
    expect([existsSync(file()), electron.safeStorage.encrypted]).toEqual([false, 0]);
    expect(await (await start()).get(NAME)).toBeNull();
  },
);

test('a key that the system has changed seals the secret anew', async () => {
  await (await start()).set(NAME, SECRET);
  const sealed = readFileSync(file(), 'utf8');
  electron.safeStorage.shouldReEncrypt = true;
  expect(await (await start()).get(NAME)).toBe(SECRET);
  expect(electron.safeStorage.encrypted).toBe(2);
  expect(readFileSync(file(), 'utf8')).not.toBe(sealed);
});

test('what cannot be unsealed is as if it were not there, and is told to the log without it', async () => {
  writeFileSync(file(), JSON.stringify({ [NAME]: Buffer.alloc(64).toString('base64') }));
  expect(await (await start()).get(NAME)).toBeNull();
  writeFileSync(file(), 'not json');
  expect(await (await start()).get(NAME)).toBeNull();
  expect(log).toEqual([
    'A stored secret cannot be read',
    `${file()} is not readable; starting over`,
  ]);
  await (await start()).set(NAME, SECRET);
  expect(await (await start()).get(NAME)).toBe(SECRET);
});
