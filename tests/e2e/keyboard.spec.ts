import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { drawPicture } from '../support/draw-products.ts';
import { expect, test } from './fixtures.ts';
import { details, goTo, modes, results, words } from './window.ts';

test.use({ start: 'shop' });

test('everything on the way from a question to similar products is done by keys', async ({
  page,
}) => {
  await expect(words(page)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(words(page)).toBeFocused();
  await page.keyboard.type('a red square');
  await expect(results(page).first()).toHaveAccessibleName(/^A red square/);
  await expect(page.locator('output[data-busy]')).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(results(page).first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(results(page).nth(2)).toBeFocused();
  await page.keyboard.press('End');
  await expect(results(page).last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(results(page).first()).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(details(page).getByRole('heading', { name: 'A red square' })).toBeVisible();
  await expect(results(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(results(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(details(page)).toBeHidden();
  await expect(results(page).nth(1)).toBeFocused();

  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();
});

test('Escape goes back one thing at a time: menu, details, results, words', async ({ page }) => {
  await words(page).fill('a red square');
  await expect(results(page).first()).toBeVisible();
  await words(page).press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(details(page)).toBeVisible();
  const menu = page.getByRole('menu');
  await page.keyboard.press('Shift+F10');
  await expect(menu).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(details(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(words(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(words(page)).toHaveValue('');
  await expect(results(page)).toHaveCount(0);
});

test('inside the details, arrows lead to the next item and Escape back to the list', async ({
  page,
}) => {
  await words(page).fill('a red square');
  await expect(results(page).first()).toHaveAccessibleName(/^A red square/);
  await words(page).press('ArrowDown');
  await page.keyboard.press('Enter');
  await details(page).getByRole('button', { name: 'Find similar' }).focus();
  await expect(results(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(results(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(results(page).nth(1)).toHaveAttribute('aria-selected', 'true');

  await details(page).getByRole('button', { name: 'Next product' }).click();
  await expect(results(page).nth(2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(results(page).nth(2)).toBeFocused();
  const handle = page.getByRole('slider', { name: 'Width of the details' });
  await page.keyboard.press('Enter');
  await handle.focus();
  const width = Number(await handle.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowLeft');
  await expect(handle).toHaveAttribute('aria-valuenow', String(width + 20));
});

test('? shows every command with its keys, and so does the rail', async ({ page }) => {
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const section of ['File', 'Edit', 'Search', 'Go to', 'Products', 'Help']) {
    await expect(sheet.getByRole('heading', { name: section, exact: true })).toBeVisible();
  }
  // Nothing happens below a dialog.
  await page.keyboard.press('1');
  await page.keyboard.press('ControlOrMeta+2');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(modes(page).getByRole('radio', { name: 'Text' })).toBeChecked();

  await words(page).focus();
  await page.keyboard.press('?');
  await expect(words(page)).toHaveValue('?');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(sheet).toBeVisible();
});

test('what the mouse does in the bar and the rail, keys do too', async ({ page, folder }, info) => {
  await expect(words(page)).toBeVisible();
  for (const key of ['ControlOrMeta+k', 'ControlOrMeta+l', '/']) {
    await goTo(page, 'Browse');
    await page.keyboard.press(key);
    await expect(words(page)).toBeFocused();
  }
  await page.keyboard.press('ControlOrMeta+,');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(words(page)).toBeVisible();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();

  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('ControlOrMeta+Shift+o');
  const picture = path.join(folder, 'query.png');
  await drawPicture(picture, { shape: 'circle', fill: '#2f5fc6', size: 40 });
  await (await choosing).setFiles(picture);
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();
  await words(page).fill('a circle');
  await results(page).first().focus();
  await page.keyboard.press('ControlOrMeta+Backspace');
  await expect(words(page)).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Pick a picture' })).toBeVisible();

  // Electron asks with the dialog of the system.
  if (info.project.name === 'electron') return;
  await page.keyboard.press('ControlOrMeta+o');
  await expect(page.getByRole('dialog', { name: 'Open a folder' })).toBeVisible();
});

test('results are saved by a key, as CSV and as JSON', async ({ page, folder }) => {
  await words(page).fill('a red square');
  await expect(results(page).first()).toHaveAccessibleName(/^A red square/);
  const save = async (key: string, file: string) => {
    const downloading = page.waitForEvent('download');
    await page.keyboard.press(key);
    const download = await downloading;
    await download.saveAs(path.join(folder, file));
    return [download.suggestedFilename(), await readFile(path.join(folder, file), 'utf8')] as const;
  };
  const [csvName, csv] = await save('ControlOrMeta+s', 'results.csv');
  expect(csvName).toBe('Corner shop a red square.csv');
  const [head, first, ...rest] = csv.trimEnd().split('\r\n');
  expect(head).toMatch(/^rank,key,name,score,image_rank,.*,picture,.*colour/);
  expect(first).toMatch(/^1,\d+,A red square,[\d.]+,,,1,[\d.]+,images\//);
  expect(rest).toHaveLength(49);
  const [, json] = await save('ControlOrMeta+Shift+s', 'results.json');
  expect(JSON.parse(json)).toMatchObject({
    catalog: 'Corner shop',
    query: { mode: 'text', text: 'a red square' },
    results: [
      { rank: 1, name: 'A red square', metadata: { colour: 'red' } },
      ...rest.map(() => ({})),
    ],
  });
});

test('a picture is copied by a key, and words are pasted as a question', async ({ page }) => {
  await words(page).fill('a blue circle');
  await expect(results(page).first()).toHaveAccessibleName(/^A blue circle/);
  await results(page).first().focus();
  await page.keyboard.press('ControlOrMeta+c');
  await expect(page.getByText('Copied the picture of A blue circle')).toBeVisible();
  const types = await page.evaluate(async () =>
    (await navigator.clipboard.read()).flatMap((item) => item.types),
  );
  expect(types).toEqual(['image/png']);
  await goTo(page, 'Browse');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();

  await page.evaluate(() => navigator.clipboard.writeText('  a green\nstripe '));
  await goTo(page, 'Browse');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(words(page)).toHaveValue('a green stripe');
  // In a text field it is text.
  await goTo(page, 'Browse');
  await page.getByRole('searchbox', { name: 'Name or key contains' }).focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByRole('searchbox')).toHaveValue(/a green/);
});

test('the screens are a key away, and Tab meets what can be seen', async ({ page }) => {
  await expect(words(page)).toBeVisible();
  const rail = page.getByRole('navigation', { name: 'Screens' });
  for (const [key, name] of [
    ['2', 'Browse'],
    ['3', 'Ingest'],
    ['4', 'Cloud'],
    ['5', 'Settings'],
    ['1', 'Search'],
  ] as const) {
    await page.keyboard.press(`ControlOrMeta+${key}`);
    await expect(rail.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
  }
  await page.keyboard.press('/');
  await expect(words(page)).toBeFocused();
  const focused = page.locator(':focus');
  let stops = 0;
  for (await page.keyboard.press('Tab'); (await focused.count()) > 0; stops++) {
    await expect(focused).toBeInViewport();
    expect(await focused.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
    await page.keyboard.press('Tab');
  }
  // Mode, how many, engine, filter, the words to try, the grid: then the window is left.
  expect(stops).toBeGreaterThan(5);
  expect(stops).toBeLessThan(30);
});
