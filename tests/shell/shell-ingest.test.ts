import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawProducts } from '../support/draw-products.ts';
import { waitUntil } from '../support/wait-until.ts';
import { openShell, type OpenedShell } from './opened-shell.ts';
import type { TestShell } from './test-shell.ts';

/** So many that the work can be seen: Vitrine looks at its progress four times a second. */
const SHOP_ITEMS = 60;
/** For the models, on a machine that has other things to do. */
const PATIENCE_MS = 100_000;

let opened: OpenedShell;
let shell: TestShell;
let shop: string;
let catalogId: number;

beforeAll(async () => {
  opened = await openShell();
  ({ shell } = opened);
  shop = path.join(opened.folder, 'Corner shop');
  await drawProducts(shop, SHOP_ITEMS);
});
afterAll(() => opened?.close());

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
    const bytes = await readFile(path.join(shop, 'images', '1000.jpg'));
    const { pictureId } = await shell.client.search.addPicture({
      file: new File([bytes], '1000.jpg', { type: 'image/jpeg' }),
    });
    const found = await shell.client.search.run({
      catalogId,
      mode: 'image',
      picture: { kind: 'picture', pictureId },
    });
    expect(found.results[0]?.item.key).toBe('1000');
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
