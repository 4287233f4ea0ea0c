import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reasonForBrowser } from '../../scripts/choose-host.ts';
import { fetchElectron, findElectron, type ElectronPlace } from '../../scripts/electron-binary.ts';
import { temporaryFolder } from '../support/test-app.ts';

const FACTS = { args: [], platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false } as const;

describe('where npm start opens the window', () => {
  test.each([
    { facts: {}, reason: 'none' },
    { facts: { env: { WAYLAND_DISPLAY: 'wayland-0' } }, reason: 'none' },
    { facts: { env: {} }, reason: 'no display' },
    { facts: { env: { DISPLAY: '' } }, reason: 'no display' },
    { facts: { isRoot: true }, reason: 'root' },
    { facts: { args: ['--browser'] }, reason: '--browser' },
    { facts: { args: ['--port=8080'] }, reason: '--port=8080' },
    { facts: { args: ['/some/folder'] }, reason: 'none' },
    { facts: { platform: 'darwin', env: {} }, reason: 'none' },
    { facts: { platform: 'win32', env: {} }, reason: 'none' },
  ] as const)('$facts: $reason', ({ facts, reason }) => {
    const given = reasonForBrowser({ ...FACTS, ...facts });
    expect(given ?? 'none').toContain(reason);
  });
});

describe("Electron's binary", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let place: ElectronPlace;

  beforeEach(async () => {
    folder = await temporaryFolder();
    place = {
      package: path.join(folder.path, 'electron'),
      failure: path.join(folder.path, 'cache', 'electron-not-fetched'),
    };
    await mkdir(path.join(place.package, 'dist'), { recursive: true });
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  const installer = (code: string) =>
    writeFile(path.join(place.package, 'install.js'), `const fs = require('node:fs');\n${code}`);

  test('is found once its installer has put it in place', async () => {
    const { package: folderOf } = place;
    const target = JSON.stringify(folderOf);
    await installer(
      `fs.writeFileSync(${target} + '/dist/electron', '');
       fs.writeFileSync(${target} + '/path.txt', 'electron');`,
    );
    expect(findElectron(place)).toBeNull();
    expect(await fetchElectron(place)).toBeNull();
    expect(findElectron(place)).toBe(path.join(folderOf, 'dist', 'electron'));
  });

  test('that cannot be fetched is told with the reason, and not tried again for a day', async () => {
    await installer(`fs.appendFileSync(${JSON.stringify(path.join(folder.path, 'tries'))}, 'x');
      throw new Error('getaddrinfo ENOTFOUND github.com');`);
    expect(await fetchElectron(place)).toContain('ENOTFOUND github.com');
    expect(await fetchElectron(place)).toContain('npm run setup:electron');
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(place.failure, yesterday, yesterday);
    expect(await fetchElectron(place)).toContain('ENOTFOUND github.com');
  });
});
