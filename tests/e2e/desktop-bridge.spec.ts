import type { Page } from '@playwright/test';
import type { DesktopEvent } from '../../shared/desktop.ts';
import { expect, test } from './fixtures.ts';
import { details, goTo, results, tiles, words } from './window.ts';

/** What the window does with Electron's bridge, with one that only takes down what it is asked. */
test.use({ start: 'shop' });

declare global {
  interface Window {
    /** Calls of the bridge, in order. */
    bridgeCalls: unknown[][];
    tellWindow: (event: DesktopEvent) => void;
  }
}

test.beforeEach(async ({ page }, info) => {
  test.skip(info.project.name === 'electron', 'Electron has a bridge of its own.');
  await expect(words(page)).toBeVisible();
  await page.addInitScript(() => {
    window.bridgeCalls = [];
    const note =
      (name: string) =>
      (...args: unknown[]) => {
        window.bridgeCalls.push([name, ...args]);
        return Promise.resolve();
      };
    const bridge = {
      chooseFolder: () => Promise.resolve(null),
      pathOf: () => Promise.resolve(''),
      revealItem: note('revealItem'),
      copyPicture: note('copyPicture'),
      startDrag: note('startDrag'),
      revealDataFolder: note('revealDataFolder'),
      setTheme: note('setTheme'),
      onEvent(listener: (event: DesktopEvent) => void) {
        window.tellWindow = listener;
        return () => undefined;
      },
    };
    // The first to ask is the connection: without a shell there is no port, and it takes the socket.
    let asked = 0;
    Object.defineProperty(window, 'vitrine', {
      get: () => (asked++ === 0 ? undefined : bridge),
    });
  });
  await page.reload();
  await expect(words(page)).toBeVisible();
});

function calls(page: Page): Promise<unknown[][]> {
  return page.evaluate(() => window.bridgeCalls);
}

function tell(page: Page, event: DesktopEvent): Promise<void> {
  return page.evaluate((sent) => window.tellWindow(sent), event);
}

test('menus and links reach the window wherever it is', async ({ page }) => {
  await tell(page, { type: 'command', id: 'goBrowse' });
  await expect(tiles(page, 'Items').first()).toBeVisible();
  await tell(page, { type: 'command', id: 'modeImage' });
  await expect(page.getByRole('radio', { name: 'Image' })).toBeChecked();
  await goTo(page, 'Ingest');
  await tell(page, { type: 'search', words: 'a red stripe' });
  await expect(results(page).first()).toHaveAccessibleName(/^A red stripe/);
  await tell(page, { type: 'command', id: 'clearQuery' });
  await expect(words(page)).toHaveValue('');
  await tell(page, { type: 'command', id: 'findWords' });
  await expect(words(page)).toBeFocused();
  await tell(page, { type: 'command', id: 'showKeys' });
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('a folder that was added elsewhere is turned to', async ({ page }) => {
  await goTo(page, 'Browse');
  await tell(page, { type: 'catalog', catalogId: 1 });
  await expect(words(page)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Catalog: Corner shop/ })).toBeVisible();
});

test('pictures are copied, shown in their folder and dragged out by the system', async ({
  page,
}) => {
  await goTo(page, 'Browse');
  await page.getByRole('searchbox', { name: 'Name or key contains' }).fill('red square');
  const tile = tiles(page, 'Items').first();
  await expect(tile).toHaveAccessibleName(/^A red square/);
  await tile.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy picture' }).click();
  await expect(page.getByText('Copied the picture of A red square')).toBeVisible();
  await tile.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show in its folder' }).click();
  await expect
    .poll(async () => (await calls(page)).map(([name]) => name))
    .toEqual(expect.arrayContaining(['copyPicture', 'revealItem']));

  // The page's own drag is given up for the system's.
  const given = await tile.locator('[draggable=true]').evaluate((element) => {
    const event = new DragEvent('dragstart', {
      bubbles: true,
      cancelable: true,
      dataTransfer: new DataTransfer(),
    });
    element.dispatchEvent(event);
    return { prevented: event.defaultPrevented, types: event.dataTransfer?.types.length };
  });
  expect(given).toEqual({ prevented: true, types: 0 });
  const asked = await calls(page);
  const ids = new Set(asked.filter(([name]) => name !== 'setTheme').map(([, itemId]) => itemId));
  expect(ids.size).toBe(1);
  expect(asked.at(-1)?.[0]).toBe('startDrag');
});

test('an item dragged out and back again is asked with as that item', async ({ page }) => {
  await words(page).fill('a yellow square');
  const tile = results(page).first();
  await expect(tile).toHaveAccessibleName(/^A yellow square/);
  await tile.click();
  const where = await details(page)
    .getByText(/^\d+ · images/)
    .textContent();
  const fileName = where?.split('/').at(-1) ?? '';
  const bar = page.getByRole('region', { name: 'Query' });
  const comeBack = async (name: string) => {
    await tile.locator('[draggable=true]').evaluate((element) => {
      const dataTransfer = new DataTransfer();
      const start = { bubbles: true, cancelable: true, dataTransfer };
      element.dispatchEvent(new DragEvent('dragstart', start));
    });
    const dataTransfer = await page.evaluateHandle((file) => {
      const data = new DataTransfer();
      data.items.add(new File(['The system drags the file.'], file, { type: 'text/plain' }));
      return data;
    }, name);
    await bar.dispatchEvent('drop', { dataTransfer });
  };
  await comeBack('something-else.txt');
  await expect(page.getByText('Drop a folder to add it, or a picture')).toBeVisible();
  await comeBack(fileName);
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'A yellow square' }).first()).toBeVisible();
  await expect(words(page)).toHaveValue('a yellow square');
});

test('the native parts follow the theme that is chosen', async ({ page }) => {
  await goTo(page, 'Settings');
  await page.getByRole('radiogroup', { name: 'Appearance' }).getByText('Dark').click();
  await expect
    .poll(async () => (await calls(page)).findLast(([name]) => name === 'setTheme'))
    .toEqual(['setTheme', 'dark']);
});
