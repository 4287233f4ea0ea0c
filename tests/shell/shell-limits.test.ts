import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { connectPage } from './connect-page.ts';
import { openShell, type OpenedShell } from './opened-shell.ts';
import type { TestShell } from './test-shell.ts';

/** What a page, taken over or not, cannot make the shell do. */
let opened: OpenedShell;
let shell: TestShell;

beforeAll(async () => {
  opened = await openShell();
  ({ shell } = opened);
});
afterAll(() => opened?.close());

describe('folders are capabilities', () => {
  test('a folder that nobody chose is refused, whether it exists or not', async () => {
    for (const named of [
      opened.folder,
      '/etc',
      '/no/such/folder',
      path.join(opened.folder, '..'),
    ]) {
      await expect(shell.client.catalogs.add({ path: named })).rejects.toMatchObject({
        code: 'FOLDER_NOT_CHOSEN',
      });
    }
    await expect(shell.client.app.folders({})).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await shell.client.catalogs.list()).toEqual([]);
  });

  test('a cancelled dialog gives nothing', async () => {
    shell.electron.dialog.folder = null;
    expect(await shell.page.bridge.chooseFolder()).toBeNull();
  });

  test('a file dragged from a browser has no path, a dropped file opens no folder', async () => {
    const { bridge } = shell.page;
    expect(await bridge.pathOf(shell.page.dropped('a.jpg', ''))).toBe('');
    const file = path.join(opened.folder, 'products.csv');
    await writeFile(file, 'id,name\n1,One\n');
    expect(await bridge.pathOf(shell.page.dropped('products.csv', file))).toBe(file);
    await expect(shell.client.catalogs.add({ path: file })).rejects.toMatchObject({
      code: 'FOLDER_NOT_CHOSEN',
    });
  });

  test('a dropped folder may be opened, and what lies beside it may not', async () => {
    const dropped = path.join(opened.folder, 'Dropped');
    await mkdir(dropped);
    await writeFile(path.join(dropped, 'list.csv'), 'id,name\n1,One\n');
    await shell.page.bridge.pathOf(shell.page.dropped('Dropped', dropped));
    const added = await shell.client.catalogs.add({ path: dropped });
    await expect(shell.client.catalogs.add({ path: path.dirname(dropped) })).rejects.toMatchObject({
      code: 'FOLDER_NOT_CHOSEN',
    });
    await shell.client.catalogs.remove(added);
  });
});

describe('what a page may not do', () => {
  test('go elsewhere, embed a webview or open a window', async () => {
    const contents = shell.window.webContents;
    // Connected, or there would be nothing to lose.
    expect((await shell.client.app.info()).host).toBe('electron');
    for (const url of [
      'https://example.com',
      'file:///etc/passwd',
      'vitrine://app/other.html',
      'vitrine://app.example.com/index.html',
    ]) {
      expect(await contents.navigate(url)).toBe(false);
      expect(contents.openWindow(url)).toBe('deny');
    }
    expect(contents.attachWebview()).toBe(false);
    expect(shell.electron.shell.browsed).toEqual([]);
    // The page that stayed still speaks with the core, and still hears the menu.
    expect((await shell.client.app.info()).host).toBe('electron');
    const heard = shell.events.length;
    shell.electron.menus.bar?.click('Browse');
    await waitUntil('the command', () => shell.events.length > heard);
  });

  test('follow a link that is not https on the list', () => {
    const contents = shell.window.webContents;
    for (const url of [
      'http://github.com/',
      'https://github.com.example.com/',
      'https://user@github.com/',
      'https://github.com:8443/',
      'javascript:alert(1)',
    ]) {
      expect(contents.openWindow(url)).toBe('deny');
    }
    expect(shell.electron.shell.browsed).toEqual([]);
    contents.openWindow('https://docs.aws.amazon.com/s3/');
    expect(shell.electron.shell.browsed).toEqual(['https://docs.aws.amazon.com/s3/']);
  });

  test.each(['geolocation', 'clipboard-read', 'media', 'fileSystem', 'usb'] as const)(
    'get %s',
    async (permission) => {
      expect(await shell.electron.session.openWays(permission)).toEqual([]);
    },
  );

  test('write to the clipboard, unless it is our own page', async () => {
    const ways = (requestingUrl: string, isMainFrame: boolean) =>
      shell.electron.session.openWays('clipboard-sanitized-write', { requestingUrl, isMainFrame });
    expect(await ways('vitrine://app/index.html', true)).toEqual(['request', 'check']);
    expect(await ways('vitrine://app/index.html', false)).toEqual([]);
    expect(await ways('https://example.com/', true)).toEqual([]);
  });

  test.each([
    { what: 'another site', frame: { url: 'https://example.com/', parent: null } },
    { what: 'a look-alike', frame: { url: 'vitrine://app.example.com/', parent: null } },
    { what: 'an empty frame', frame: { url: 'about:blank', parent: null } },
    {
      what: 'a frame inside our page',
      frame: { url: 'vitrine://app/', parent: { url: 'vitrine://app/', parent: null } },
    },
  ])('speak to the shell from $what', async ({ frame }) => {
    const stranger = shell.window.webContents.openFrame(frame);
    await connectPage(stranger).closed;
    await expect(stranger.bridge.chooseFolder()).rejects.toThrow('refused');
    await expect(stranger.bridge.revealDataFolder()).rejects.toThrow('refused');
    const { themeSource } = shell.electron.nativeTheme;
    stranger.bridge.setTheme('dark');
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(shell.electron.nativeTheme.themeSource).toBe(themeSource);
  });
});

describe('the files of the window', () => {
  test('come with the policy', async () => {
    const answer = await shell.electron.request('vitrine://app/index.html');
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    'vitrine://app/../package.json',
    'vitrine://app/%2e%2e/%2e%2e/package.json',
    'vitrine://app/..%2f..%2fpackage.json',
    'vitrine://other/index.html',
    'vitrine://app/img/1.jpg',
    'vitrine://app/img/%2Fetc%2Fpasswd',
    'vitrine://app/img/999999',
  ])('%s is not there', async (address) => {
    expect((await shell.electron.request(address)).status).toBe(404);
  });

  test('nothing is sent that is not asked for by GET', async () => {
    const answer = await shell.electron.request('vitrine://app/index.html', { method: 'POST' });
    expect(answer.status).toBe(404);
  });
});
