import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { runJson } from '../support/command-line.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { details, goTo, results, tiles, words } from './window.ts';

test.use({ start: 'shop' });

const pinned = (page: Page) => tiles(page, 'Items of Spring');

test('what is found is gathered by button, key and menu, and every step can be undone', async ({
  page,
}) => {
  await words(page).fill('red circle');
  await expect(results(page).nth(3)).toBeVisible();
  await results(page).first().hover();
  await results(page)
    .first()
    .getByRole('button', { name: /^Add .* to a collection$/ })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Add to a collection' });
  await expectAccessible(page, 'choosing a collection');
  await dialog.getByRole('textbox').fill('Spring');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Added to Spring')).toBeVisible();
  await expect(results(page).first().getByTitle('in Spring', { exact: true })).toBeVisible();

  await results(page).nth(1).focus();
  await page.keyboard.press('c');
  await expect(results(page).nth(1)).toHaveAccessibleName(/in Spring/);
  await results(page).nth(2).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add to Spring' }).click();
  await expect(results(page).nth(2)).toHaveAccessibleName(/in Spring/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(results(page).nth(2)).not.toHaveAccessibleName(/in Spring/);
  await results(page).nth(2).click();
  await details(page)
    .getByRole('button', { name: /^Add .* to Spring$/ })
    .click();
  await expect(details(page).getByRole('button', { name: /is in Spring; remove$/ })).toBeVisible();
  await expectAccessible(page, 'results of which some are collected');

  await openSpring(page);
  await expect(collection(page, 'Spring')).toHaveText('Spring3');
  await expect(pinned(page)).toHaveCount(3);
});

test('a collection is looked through, put in order, saved, renamed and deleted', async ({
  page,
}) => {
  await gather(page, 3);
  await openSpring(page);
  const [first, second, third] = await names(page);
  await pinned(page)
    .nth(2)
    .dragTo(pinned(page).first(), { targetPosition: { x: 12, y: 60 } });
  await expect.poll(async () => names(page)).toEqual([third, first, second]);
  await pinned(page).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Move later' }).click();
  await expect.poll(async () => names(page)).toEqual([first, third, second]);
  await expect.poll(async () => names(page)).toEqual([first, third, second]);
  await pinned(page).nth(1).focus();
  await page.keyboard.press('Delete');
  await expect.poll(async () => names(page)).toEqual([first, second]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => names(page)).toEqual([first, third, second]);
  await expectAccessible(page, 'a collection');

  const more = page.getByRole('button', { name: 'More to do with this collection' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Copy keys' }).click();
  await expect(page.getByText('Copied 3 keys')).toBeVisible();
  const copied = await page.evaluate(async () => navigator.clipboard.readText());
  expect(copied.split('\n')).toHaveLength(3);
  await more.click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Corner shop Spring.csv');
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv).toContain(`1,${copied.split('\n')[0]},${first}`);

  await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
  const grid = page.getByRole('grid', { name: 'Items of Spring' });
  await grid.getByTitle('Sort by Place').click();
  await expect(grid.getByRole('row').nth(1)).toContainText(second!);

  await more.click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Summer');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Summer' })).toBeVisible();
  await more.click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete collection' }).click();
  await expect(collections(page).getByRole('button', { name: 'Summer' })).toHaveCount(0);
  await expect(tiles(page, 'Items').first().or(grid)).toBeVisible();
});

test('a tile dropped on a name is added, and what is looked at can be searched with', async ({
  page,
}) => {
  await goTo(page, 'Browse');
  await collections(page).getByRole('button', { name: 'New collection' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Spring');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing gathered yet' })).toBeVisible();
  await expectAccessible(page, 'an empty collection');
  await page.getByRole('button', { name: 'Look through all items' }).click();
  await tiles(page, 'Items').nth(5).dragTo(collection(page, 'Spring'));
  await expect(collection(page, 'Spring')).toHaveText('Spring1');
  await openSpring(page);
  await pinned(page).first().focus();
  await page.keyboard.press('Shift+Enter');
  await expect(results(page).first()).toBeVisible();
});

test('two windows and the command line stay in step', async ({ page, host }) => {
  await gather(page, 1);
  const other = await host.openWindow();
  await goTo(other, 'Browse');
  await expect(collection(other, 'Spring')).toHaveText('Spring1');
  await openSpring(other);
  await tiles(page, 'Items').nth(7).focus();
  await page.keyboard.press('c');
  await expect(pinned(other)).toHaveCount(2);
  const [catalog] = await runJson<{ name: string }[]>(host.dataDir, ['catalog', 'list']);
  const command = ['collections', 'add', catalog!.name, 'Spring', 'no-such-key'];
  const added = await runJson(host.dataDir, command);
  expect(added).toEqual({ added: ['no-such-key'], absent: ['no-such-key'] });
  await expect(pinned(other)).toHaveCount(3);
  await pinned(other).nth(2).click();
  await expect(details(other).getByText('not in the catalog any more')).toBeVisible();
  await expect(pinned(other).nth(2).getByText('Image not found')).toBeVisible();
});

function collections(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Collections' });
}

function collection(page: Page, name: string): Locator {
  return collections(page).getByRole('button', { name: new RegExp(`^${name}`) });
}

async function openSpring(page: Page): Promise<void> {
  await goTo(page, 'Browse');
  await collection(page, 'Spring').click();
  await expect(page.getByRole('heading', { name: 'Spring' })).toBeVisible();
}

/** Puts items with different names into a new collection. */
async function gather(page: Page, count: number): Promise<void> {
  await goTo(page, 'Browse');
  for (let at = 0; at < count; at += 1) {
    const tile = tiles(page, 'Items').nth(6 + at * 5);
    await tile.focus();
    await page.keyboard.press('c');
    if (at === 0) {
      await page.getByRole('dialog').getByRole('textbox').fill('Spring');
      await page.keyboard.press('Enter');
    }
    await expect(tile).toHaveAccessibleName(/in Spring/);
  }
}

async function names(page: Page): Promise<string[]> {
  return pinned(page).evaluateAll((cells) =>
    cells.map((cell) => {
      const [nameId] = cell.getAttribute('aria-labelledby')?.split(' ') ?? [];
      return document.getElementById(nameId ?? '')?.textContent ?? '';
    }),
  );
}
