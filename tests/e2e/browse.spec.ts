import { expect, test } from './fixtures.ts';
import { details, goTo, results, tiles, words } from './window.ts';

test.use({ start: 'shop' });

test('folders, facets and words narrow the grid together', async ({ page }) => {
  await goTo(page, 'Browse');
  const total = page.getByRole('main').getByRole('status').first();
  await expect(total).toHaveText('50 items');
  await page
    .getByRole('navigation', { name: 'Folders' })
    .getByRole('button', { name: /archive/ })
    .click();
  await expect(total).toHaveText('12 items');
  await page.getByRole('checkbox', { name: 'shape: circle' }).check();
  await expect(total).toHaveText('4 items');
  await expect(tiles(page, 'Items')).toHaveCount(4);
  await page.getByRole('searchbox', { name: 'Name or key contains' }).fill('red');
  await expect(total).toHaveText('1 item');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(total).toHaveText('50 items');
  await page.getByRole('searchbox', { name: 'Name or key contains' }).fill('nothing like it');
  await expect(page.getByRole('heading', { name: 'Nothing fits all of this' })).toBeVisible();
});

test('items are sorted by name, key and field, both ways', async ({ page }) => {
  await goTo(page, 'Browse');
  const first = tiles(page, 'Items').first();
  await expect(first).toHaveAccessibleName(/^A blank poster/);
  const sort = page.getByRole('combobox', { name: 'Sort by' });
  await sort.selectOption('by key');
  await expect(first).toHaveAccessibleName(/^A red circle/);
  await page.getByRole('button', { name: 'Ascending; turn around' }).click();
  await expect(first).toHaveAccessibleName(/^A blank poster/);
  await sort.selectOption('by size');
  await page.getByRole('button', { name: 'Descending; turn around' }).click();
  await first.click();
  await expect(details(page).getByText('size', { exact: true }).locator('..')).toHaveText(
    /size\s*20$/,
  );
});

test('any tile leads to its details and to what is similar', async ({ page }) => {
  await goTo(page, 'Browse');
  await page.getByRole('searchbox', { name: 'Name or key contains' }).fill('yellow stripe');
  await expect(tiles(page, 'Items')).toHaveCount(4);
  await tiles(page, 'Items').first().click();
  await expect(details(page).getByRole('heading', { name: 'A yellow stripe' })).toBeVisible();
  await tiles(page, 'Items').nth(1).hover();
  await tiles(page, 'Items')
    .nth(1)
    .getByRole('button', { name: /^Find similar/ })
    .click();
  await expect(results(page).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();
});

test('a picture that cannot be shown says so and keeps its place', async ({ page }) => {
  await goTo(page, 'Browse');
  await page.getByRole('searchbox', { name: 'Name or key contains' }).fill('poster');
  await expect(tiles(page, 'Items')).toHaveCount(2);
  // Sorted by name: first the one without a byte, then the torn one, of which there is half to see.
  await expect(tiles(page, 'Items').first().getByText('Image not found')).toBeVisible();
  for (const tile of await tiles(page, 'Items').all()) {
    await expect(tile.getByTitle('problem')).toBeVisible();
  }
  const boxes = await Promise.all(
    (await tiles(page, 'Items').all()).map(async (tile) => tile.boundingBox()),
  );
  expect(boxes[0]?.height).toBe(boxes[1]?.height);
  await tiles(page, 'Items').first().click();
  await expect(details(page).getByText('Copy the file again')).toBeVisible();
});

test('the list shows fields in columns, and sorts by each', async ({ page }) => {
  await goTo(page, 'Browse');
  await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
  const grid = page.getByRole('grid', { name: 'Items' });
  await expect(grid.getByRole('columnheader')).toContainText([
    'Name',
    'Key',
    'colour',
    'shape',
    'size',
  ]);
  const rows = grid.getByRole('row');
  await expect(rows.nth(1)).toContainText('A blank poster');
  await grid.getByRole('button', { name: 'Key', exact: true }).click();
  await expect(grid.getByRole('columnheader', { name: 'Key' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect(rows.nth(1)).toContainText('1000');
  await grid.getByRole('button', { name: 'Key', exact: true }).click();
  await expect(grid.getByRole('columnheader', { name: 'Key' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(rows.nth(1)).not.toContainText('1000');

  await rows.nth(3).getByRole('gridcell').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(details(page)).toBeVisible();
  await expect(rows.nth(4)).toHaveAttribute('aria-selected', 'true');
  // The view is kept over a restart.
  await page.reload();
  await expect(page.getByRole('columnheader').first()).toBeVisible();
});

test('groups stand under headings with their counts', async ({ page }) => {
  await goTo(page, 'Browse');
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('grouped by colour');
  const headings = page.getByRole('grid', { name: 'Items' }).getByRole('rowheader');
  await expect(headings.first()).toHaveText('blue 12');
  await tiles(page, 'Items').first().focus();
  await page.keyboard.press('End');
  await expect(tiles(page, 'Items').last()).toBeFocused();
  await expect(headings.last()).toBeVisible();
  await page.getByRole('checkbox', { name: 'colour: red' }).check();
  await expect(headings).toHaveText(['red 12']);
});

test('a result is shown in Browse, in its place among all others', async ({ page }) => {
  await goTo(page, 'Browse');
  await page.getByRole('checkbox', { name: 'shape: circle' }).check();
  await goTo(page, 'Search');
  await words(page).fill('a yellow stripe');
  await expect(results(page).first()).toHaveAccessibleName(/^A yellow stripe/);
  await results(page).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show in Browse' }).click();
  await expect(page.getByRole('main').getByRole('status').first()).toHaveText('50 items');
  const tile = page.getByRole('gridcell', { selected: true });
  await expect(tile).toHaveAccessibleName(/^A yellow stripe/);
  await expect(tile).toBeInViewport();
  await expect(tile).toBeFocused();
  await expect(details(page).getByRole('heading', { name: 'A yellow stripe' })).toBeVisible();
});

test('the menu of a tile does all that can be done with it', async ({ page }) => {
  await goTo(page, 'Browse');
  await page.getByRole('searchbox', { name: 'Name or key contains' }).fill('blue square');
  const tile = tiles(page, 'Items').first();
  await expect(tile).toHaveAccessibleName(/^A blue square/);
  const choose = async (entry: string) => {
    await tile.focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: entry, exact: true }).click();
  };
  await choose('Details');
  await expect(details(page).getByRole('heading', { name: 'A blue square' })).toBeVisible();
  await choose('Copy name');
  await expect(page.getByText('Copied A blue square')).toBeVisible();
  await choose('Copy key');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^10\d\d$/);
  await choose('Copy picture');
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const blob = await item?.getType('image/png').catch(() => null);
        return blob ? (await createImageBitmap(blob)).width : 0;
      }),
    )
    .toBeGreaterThan(100);
  await choose('Search with a part');
  await expect(page.getByRole('dialog', { name: 'Search with a part' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details(page)).toBeVisible();
  await choose('Find similar');
  await expect(results(page).first()).toBeVisible();
});

test('what cannot be shown can neither be cropped nor copied, and says so', async ({ page }) => {
  await goTo(page, 'Browse');
  await page.getByRole('searchbox', { name: 'Name or key contains' }).fill('blank poster');
  await expect(tiles(page, 'Items')).toHaveCount(1);
  await tiles(page, 'Items').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy picture' }).click();
  await expect(page.getByText('The picture of A blank poster could not be copied')).toBeVisible();
  await tiles(page, 'Items').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Search with a part' }).click();
  const dialog = page.getByRole('dialog', { name: 'Search with a part' });
  await expect(dialog.getByRole('alert')).toHaveText('A blank poster cannot be shown');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Search with this part' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
