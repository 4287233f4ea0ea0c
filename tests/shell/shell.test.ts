import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../shared/commands.ts';
import { drawProducts } from '../support/draw-products.ts';
import { temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';
import { buildApplication } from './built-application.ts';
import { connectPage } from './connect-page.ts';
import { runEntry, startTestShell, type TestShell } from './test-shell.ts';

/** So many that the work can be seen: Vitrine looks at its progress four times a second. */
const SHOP_ITEMS = 60;
/** For the models, on a machine that has other things to do. */
const PATIENCE_MS = 100_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let appPath: string;
let shop: string;
let shell: TestShell;
let catalogId: number;

beforeAll(async () => {
  folder = await temporaryFolder();
  appPath = path.join(folder.path, 'application');
  shop = path.join(folder.path, 'Corner shop');
  await Promise.all([buildApplication(appPath), drawProducts(shop, SHOP_ITEMS)]);
  shell = await startTestShell({ appPath, dataDir: path.join(folder.path, 'data') });
});
afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const idle = () =>
  waitUntil(
    'the end of ingest',
    async () => {
      const [catalog] = await shell.client.catalogs.list();
      const { image, text } = catalog?.embedded ?? {};
      return image === SHOP_ITEMS && text === SHOP_ITEMS;
    },
    PATIENCE_MS,
  );

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

describe('folders are capabilities', () => {
  test('a folder that nobody chose is refused, whether it exists or not', async () => {
    for (const named of [shop, '/etc', '/no/such/folder', path.join(shop, '..')]) {
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
    const file = path.join(shop, 'products.csv');
    expect(await bridge.pathOf(shell.page.dropped('products.csv', file))).toBe(file);
    await expect(shell.client.catalogs.add({ path: file })).rejects.toMatchObject({
      code: 'FOLDER_NOT_CHOSEN',
    });
  });

  test('a dropped folder may be opened, and what lies beside it may not', async () => {
    const dropped = path.join(folder.path, 'Dropped');
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

describe('an ingest', () => {
  test(
    'runs in utility processes, with progress, awake, and says when it is done',
    { timeout: PATIENCE_MS },
    async () => {
      const { dialog, powerSaveBlocker, notifications, app } = shell.electron;
      const { window } = shell;
      window.blur();
      dialog.folder = shop;
      const chosen = await shell.page.bridge.chooseFolder();
      expect(chosen).toBe(shop);
      ({ catalogId } = await shell.client.catalogs.add({ path: chosen ?? '' }));
      await waitUntil('the blocker', () => powerSaveBlocker.active.size === 1);
      await idle();
      await waitUntil('the notification', () => notifications.length === 1);
      expect(powerSaveBlocker.active.size).toBe(0);
      expect(powerSaveBlocker.started).toBeGreaterThanOrEqual(1);
      const shown = window.progress.map(({ mode }) => mode);
      expect(shown).toContain('normal');
      expect(window.progress.at(-1)).toEqual({ value: -1, mode: 'none' });
      const amounts = window.progress.filter(({ mode }) => mode === 'normal');
      expect(amounts.every(({ value }) => value >= 0 && value <= 1)).toBe(true);
      expect(notifications[0]?.options).toMatchObject({
        title: 'Everything is embedded',
        body: '60 items can be found now.',
      });
      expect(app.badge).toBe(0);
      notifications[0]?.emit('click');
      expect(window.isFocused()).toBe(true);
      expect(app.recentDocuments[0]).toBe(shop);
    },
  );

  test('nobody is told who is looking', async () => {
    const { notifications } = shell.electron;
    shell.window.focus();
    await shell.client.catalogs.rescan({ catalogId });
    await idle();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(notifications).toHaveLength(1);
  });

  test('can be searched, by words and by picture', async () => {
    const words = await shell.client.search.run({
      catalogId,
      mode: 'text',
      text: 'a green circle',
    });
    expect(words.results[0]?.item.name).toBe('A green circle');
    const itemId = words.results[0]?.item.id ?? 0;
    const similar = await shell.client.search.run({
      catalogId,
      mode: 'image',
      picture: { kind: 'item', itemId },
    });
    expect(similar.results.length).toBeGreaterThan(5);
  });
});

describe('pictures', () => {
  const firstItem = async () => {
    const { items } = await shell.client.browse.items({ catalogId });
    const [item] = items;
    if (item === undefined) throw new Error('The catalog is empty.');
    return item;
  };

  test('come by item id, scaled, kept as long as their version', async () => {
    const { id, imageVersion } = await firstItem();
    const answer = await shell.electron.request(`vitrine://app/img/${id}?w=64&v=${imageVersion}`);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const size = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect(size).toMatchObject({ width: 64, height: 64 });
    const unversioned = await shell.electron.request(`vitrine://app/img/${id}?w=64`);
    expect(unversioned.headers.get('cache-control')).toContain('no-cache');
  });

  test('are shown in the folder, copied as PNG and dragged out, by item id', async () => {
    const { id, imagePath } = await firstItem();
    const file = path.join(shop, imagePath ?? '');
    const { shell: system, clipboard } = shell.electron;
    await shell.page.bridge.revealItem(id);
    expect(system.revealed).toEqual([file]);
    await shell.page.bridge.copyPicture(id);
    const copied = clipboard.item?.items['image/png'];
    const bytes = Buffer.from((await copied?.arrayBuffer()) ?? new ArrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 120 });
    shell.page.bridge.startDrag(id);
    const drag = await waitUntil('the drag', () => shell.window.webContents.drags[0]);
    expect(drag.file).toBe(file);
    await shell.page.bridge.revealDataFolder();
    expect(system.opened).toEqual([shell.dataDir]);
  });

  test('that are not there are refused', async () => {
    await expect(shell.page.bridge.revealItem(999_999)).rejects.toThrow('no picture');
    await expect(shell.page.bridge.copyPicture(-1)).rejects.toThrow('refused');
    await expect(shell.page.bridge.revealItem('/etc/passwd' as never)).rejects.toThrow('refused');
  });

  test('have a context menu where the page has none, text fields have theirs', async () => {
    const { id, key } = await firstItem();
    const { menus, clipboard } = shell.electron;
    const contents = shell.window.webContents;
    contents.showContextMenu({ mediaType: 'image', srcURL: `vitrine://app/img/${id}?w=64` });
    menus.popup?.click('Copy key');
    await waitUntil('the key', () => clipboard.text === key);
    contents.showContextMenu({ isEditable: true });
    const labels = menus.popup?.entries.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['Undo', 'Cut', 'Copy', 'Paste', 'Select all']));
    menus.popup = null;
    contents.showContextMenu({ mediaType: 'image', srcURL: 'https://example.com/a.jpg' });
    contents.showContextMenu({});
    expect(menus.popup).toBeNull();
  });
});

describe('what a page may not do', () => {
  test('go elsewhere, embed a webview or open a window', async () => {
    const contents = shell.window.webContents;
    for (const url of ['https://example.com', 'file:///etc/passwd', 'vitrine://app/other.html']) {
      expect(await contents.navigate(url)).toBe(false);
      expect(contents.openWindow(url)).toBe('deny');
    }
    expect(contents.attachWebview()).toBe(false);
    expect(shell.electron.shell.browsed).toEqual([]);
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

describe('the port', () => {
  test('is closed when the page navigates, and its calls are aborted', async () => {
    const other = connectPage(shell.page);
    const stream = await other.client.ingest.live();
    await stream.next();
    const waiting = stream.next();
    waiting.catch(() => undefined);
    shell.window.webContents.changeRoute('vitrine://app/index.html#/browse');
    expect((await other.client.app.info()).host).toBe('electron');
    shell.window.webContents.reload();
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
    Object.assign(shell, { page, client: third.client });
    page.bridge.onEvent((event) => (shell.events as unknown[]).push(event));
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
    bar?.click('Corner shop');
    await waitUntil('the catalog', () =>
      shell.events.some((event) => event.type === 'catalog' && event.catalogId === catalogId),
    );
    await idle();
  });

  test('shows an about box whose diagnostics can be copied', async () => {
    const { dialog, menus, clipboard } = shell.electron;
    dialog.answer = () => ({ button: 'Copy diagnostics' });
    menus.bar?.click('About Vitrine');
    await waitUntil('the diagnostics', () => clipboard.text.startsWith('{'));
    dialog.answer = () => ({});
    expect(dialog.asked.at(-1)?.detail).toContain(process.versions.node);
    expect(JSON.parse(clipboard.text)).toMatchObject({ app: { host: 'electron' } });
  });
});

describe('a second start', () => {
  test('ends at once and hands over its folder', async () => {
    const other = path.join(folder.path, 'Second shop');
    await drawProducts(other, 1);
    shell.window.minimize();
    const second = await runEntry({ appPath, dataDir: shell.dataDir, args: [other] });
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
      const second = await runEntry({ appPath, dataDir: shell.dataDir, args });
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
