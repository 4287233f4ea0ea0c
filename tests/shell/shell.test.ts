import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../shared/commands.ts';
import { drawProducts } from '../support/draw-products.ts';
import { ROOT } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';
import { connectPage } from './connect-page.ts';
import { openShell, type OpenedShell } from './opened-shell.ts';
import { runEntry, type TestShell } from './test-shell.ts';

let opened: OpenedShell;
let shell: TestShell;

beforeAll(async () => {
  opened = await openShell();
  ({ shell } = opened);
});
afterAll(() => opened?.close());

describe('the start', () => {
  test('does what must be done before Electron is ready', () => {
    const { app, schemes, crashReports } = shell.electron;
    expect(app.isSandboxed).toBe(true);
    expect(app.getName()).toBe('Vitrine');
    expect(app.getPath('userData')).toBe(path.join(shell.dataDir, 'window'));
    expect(schemes).toEqual([
      {
        scheme: 'vitrine',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
      },
    ]);
    expect(crashReports).toEqual([{ uploadToServer: false }]);
    expect(shell.log()).toEqual([]);
  });

  test('opens one hardened window that remembers where it was', () => {
    expect(shell.electron.windows()).toHaveLength(1);
    expect(shell.window.options).toMatchObject({
      name: 'main',
      windowStatePersistence: true,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
      },
    });
    expect(shell.window.options.webPreferences).not.toHaveProperty('webviewTag');
  });

  test('finds the built file of every thread that the core starts by itself', async () => {
    const core = path.join(ROOT, 'electron', 'core');
    const files = (await readdir(core, { recursive: true })).filter((name) => name.endsWith('.ts'));
    const threads: string[] = [];
    for (const file of files) {
      const source = await readFile(path.join(core, file), 'utf8');
      if (!source.includes('new Worker(')) continue;
      threads.push(/new URL\('([\w-]+)\.ts', import\.meta\.url\)/.exec(source)?.[1] ?? file);
    }
    expect(threads.length).toBeGreaterThanOrEqual(2);
    const built = await readdir(path.join(opened.appPath, 'out', 'main'));
    expect(built).toEqual(expect.arrayContaining(threads.map((name) => `${name}.js`)));
  });

  test('gives the page one object and no Electron', () => {
    expect(shell.page.exposed).toEqual(['vitrine']);
    expect(Object.keys(shell.page.bridge).toSorted()).toEqual([
      'chooseFolder',
      'copyPicture',
      'onEvent',
      'pathOf',
      'revealDataFolder',
      'revealItem',
      'setTheme',
      'startDrag',
    ]);
  });

  test('answers over the port', async () => {
    const info = await shell.client.app.info();
    expect(info).toMatchObject({ host: 'electron', folderChooser: 'native' });
    expect(info.dataDir).toBe(shell.dataDir);
  });
});

describe('the port', () => {
  test('is closed when the page navigates, and its calls are aborted', async () => {
    const other = connectPage(shell.page);
    const stream = await other.client.ingest.live();
    await stream.next();
    const waiting = stream.next();
    waiting.catch(() => undefined);
    shell.window.webContents.changeRoute('vitrine://app/index.html#/browse');
    expect((await other.client.app.info()).host).toBe('electron');
    // What "Load the window again" does.
    expect(await shell.window.webContents.navigate('vitrine://app/index.html#/browse')).toBe(true);
    await other.closed;
    const page = await waitUntil('the new page', () =>
      shell.window.webContents.page === shell.page ? null : shell.window.webContents.page,
    );
    const again = connectPage(page);
    expect((await again.client.app.info()).host).toBe('electron');
    // One page, one port: connecting anew closes the old one.
    const third = connectPage(page);
    await again.closed;
    expect((await third.client.app.info()).host).toBe('electron');
    shell.page = page;
    shell.client = third.client;
    page.bridge.onEvent((event) => (shell.events as unknown[]).push(event));
  });
});

describe('a port that does not speak the contract', () => {
  test.each([
    'garbage',
    '{}',
    '{"i":"1","p":{"u":"file:///etc/passwd"}}',
    '{"i":"1","p":{}}',
    { i: '1', t: 1 },
    new Uint8Array([1, 2, 255, 4]),
    null,
  ])('is closed: %j', async (message) => {
    const { client, port, closed } = connectPage(shell.page);
    expect((await client.app.info()).host).toBe('electron');
    port.postMessage(message);
    await closed;
    shell.client = connectPage(shell.page).client;
    expect((await shell.client.app.info()).host).toBe('electron');
  });
});

describe('the menu', () => {
  test('lists every command that belongs in it, with its key, and the system parts', () => {
    const entries = shell.electron.menus.bar?.entries ?? [];
    for (const command of COMMANDS.filter(({ inMenu }) => inMenu)) {
      const entry = entries.find(({ id }) => id === command.id);
      const isShown = process.platform !== 'darwin' || command.keys[0].includes('+');
      expect(entry, command.id).toMatchObject({
        label: expect.stringMatching(/./) as string,
        registerAccelerator: false,
        ...(isShown ? { accelerator: command.keys[0] } : {}),
      });
      expect(entry?.label, command.id).not.toContain('commands.');
    }
    expect(entries.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['undo', 'copy', 'paste', 'quit', 'zoomIn', 'togglefullscreen']),
    );
    const texts = entries.flatMap(({ label, type }) => (type === 'separator' ? [] : [label]));
    expect(texts.filter((text) => text === undefined || /^(shell\.|$)/.test(text))).toEqual([]);
  });

  test('tells the window, and holds the recent folders', async () => {
    const { bar } = shell.electron.menus;
    bar?.click('Browse');
    await waitUntil('the command', () =>
      shell.events.some((event) => event.type === 'command' && event.id === 'goBrowse'),
    );
    const shop = path.join(opened.folder, 'Corner shop');
    await drawProducts(shop, 1);
    expect(bar?.entries.some(({ label }) => label === 'Corner shop')).toBe(false);
    shell.electron.dialog.folder = shop;
    await shell.page.bridge.chooseFolder();
    shell.electron.menus.bar?.click('Corner shop');
    await waitUntil('the catalog', () => shell.events.some(({ type }) => type === 'catalog'));
    expect(await shell.client.catalogs.list()).toMatchObject([{ root: shop }]);
    shell.electron.menus.bar?.click('Clear the list');
    expect(shell.electron.menus.bar?.entries.some(({ label }) => label === 'Corner shop')).toBe(
      false,
    );
  });

  test('shows an about box whose diagnostics can be copied', async () => {
    const { dialog, menus, clipboard } = shell.electron;
    dialog.answer = () => ({ button: 'Copy diagnostics' });
    menus.bar?.click('About Vitrine');
    await waitUntil('the diagnostics', () => clipboard.text !== '');
    dialog.answer = () => ({});
    expect(dialog.asked.at(-1)?.detail).toContain(process.versions.node);
    expect(clipboard.text).toMatch(/^Vitrine .*\(electron\)\n/);
  });
});

describe('a second start', () => {
  test('ends at once and hands over its folder', async () => {
    const other = path.join(opened.folder, 'Second shop');
    await drawProducts(other, 1);
    shell.window.minimize();
    const second = await runEntry({
      appPath: opened.appPath,
      dataDir: shell.dataDir,
      args: [other],
    });
    expect(await second.electron.app.ended).toBe(0);
    second.forgetProcess();
    expect(second.electron.windows()).toEqual([]);
    const catalog = await waitUntil('the catalog', async () =>
      (await shell.client.catalogs.list()).find(({ root }) => root === other),
    );
    await waitUntil('the event', () =>
      shell.events.some((event) => event.type === 'catalog' && event.catalogId === catalog.id),
    );
    expect(shell.window.isMinimized()).toBe(false);
    expect(shell.window.isFocused()).toBe(true);
    await shell.client.catalogs.remove({ catalogId: catalog.id });
  });

  test('hands over a link, which only searches', async () => {
    const before = await shell.client.catalogs.list();
    const start = async (...args: string[]) => {
      const second = await runEntry({ appPath: opened.appPath, dataDir: shell.dataDir, args });
      await second.electron.app.ended;
      second.forgetProcess();
    };
    await start('vitrine://search?q=red%20shoes', 'vitrine://open?path=/etc', '--flag=/etc');
    await start('vitrine://search/?q=', `vitrine://search?q=${'x'.repeat(600)}`, 'vitrine://[');
    await waitUntil('the search', () => shell.events.some(({ type }) => type === 'search'));
    expect(shell.events.filter(({ type }) => type === 'search')).toEqual([
      { type: 'search', words: 'red shoes' },
    ]);
    expect((await shell.client.catalogs.list()).map(({ id }) => id)).toEqual(
      before.map(({ id }) => id),
    );
  });
});

describe('a fault', () => {
  test('of the page is logged, and the page is loaded again when wanted', async () => {
    const { dialog, app } = shell.electron;
    const contents = shell.window.webContents;
    dialog.answer = () => ({ button: 'Load it again' });
    app.emit('render-process-gone', {}, contents, contents.crash('crashed'));
    await waitUntil('the page', () => contents.page);
    dialog.answer = () => ({});
    expect(shell.log()).toContain("The window's page ended");
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 });
    expect(shell.log()).toContain('A helper process ended');
  });
});
