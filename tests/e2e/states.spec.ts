import { rename } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { runJson } from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { catalogSwitcher, details, goTo, results, statusPill, tiles, words } from './window.ts';

/** All rules in the light scheme; in the dark one only colours are others. What is open stays open. */
async function expectAccessibleInBoth(page: Page, state: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectAccessible(page, state);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  const found = violations.flatMap(({ nodes }) => nodes.map((node) => node.target.join(' ')));
  expect(found, `${state}, dark`).toEqual([]);
}

test.describe('with a shop', () => {
  test.use({ start: 'shop' });

  test('what opens over Search can be used by everyone', async ({ page }) => {
    await words(page).fill('a red circle');
    await expect(results(page).first()).toHaveAccessibleName(/^A red circle/);

    await results(page).first().click({ button: 'right' });
    await expect(page.getByRole('menuitem', { name: 'Details' })).toBeVisible();
    await expectAccessibleInBoth(page, 'the menu of a result');
    await page.keyboard.press('Escape');

    await results(page).first().click();
    await details(page).getByRole('button', { name: 'Search with a part' }).click();
    await expect(page.getByRole('dialog').locator('img')).toBeVisible();
    await expectAccessibleInBoth(page, 'searching with a part');
  });

  test('the catalog menu and the keys can be used by everyone', async ({ page }) => {
    await expect(page.getByRole('gridcell').first()).toBeVisible();
    await catalogSwitcher(page, 'Corner shop').click();
    await expect(page.getByRole('menuitem', { name: 'Rescan' })).toBeVisible();
    await expectAccessibleInBoth(page, 'the catalog menu');
    await page.getByRole('menuitem', { name: /^Remove/ }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessibleInBoth(page, 'before a catalog is removed');
    await page.keyboard.press('Escape');

    await page.getByRole('gridcell').first().focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectAccessibleInBoth(page, 'the cheat sheet');
  });

  test('Browse can be used by everyone as a list, in groups and when nothing fits', async ({
    page,
  }) => {
    await goTo(page, 'Browse');
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('key');
    await page.getByTitle('Ascending; turn around').click();
    await expect(tiles(page, 'Items').first()).toHaveAccessibleName(/^A blank poster/);
    await tiles(page, 'Items').first().click();
    await expect(details(page).getByText('Not a picture: 0 bytes')).toBeVisible();
    await expectAccessibleInBoth(page, 'a picture that is missing');

    await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('colour');
    await expect(page.getByRole('rowheader').first()).toBeVisible();
    await expectAccessibleInBoth(page, 'a list in groups');

    await page.getByRole('searchbox').fill('no such thing');
    await expect(page.getByText('Nothing fits all of this')).toBeVisible();
    await expectAccessibleInBoth(page, 'nothing fits');
  });
});

test.describe('with a folder that goes away', () => {
  test.use({ losesPictures: true });

  test('a folder out of reach can be understood by everyone', async ({ page, host, folder }) => {
    const products = path.join(folder, 'Travelling');
    await drawProducts(products, 6);
    await expect(page.getByRole('button', { name: 'Try the sample catalog' })).toBeVisible();
    await runJson(host.dataDir, ['catalog', 'add', products]);
    await expect(statusPill(page)).toHaveAccessibleName(/Up to date/);
    await rename(products, path.join(folder, 'Elsewhere'));
    await page.reload();
    await expect(statusPill(page)).toHaveAccessibleName(/Travelling: folder not reachable/);
    await expect(page.getByRole('gridcell').first()).toBeVisible();
    await expectAccessibleInBoth(page, 'a folder out of reach');
  });
});
