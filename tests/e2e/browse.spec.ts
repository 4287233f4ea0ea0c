import { expect, test } from './fixtures.ts';
import { details, goTo, results, tiles } from './window.ts';

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
