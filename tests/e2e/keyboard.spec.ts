import { expect, test } from './fixtures.ts';
import { details, results, words } from './window.ts';

test.use({ start: 'shop' });

test('everything on the way from a question to similar products is done by keys', async ({
  page,
}) => {
  await expect(words(page)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(words(page)).toBeFocused();
  await page.keyboard.type('a red square');
  await expect(results(page).first()).toHaveAccessibleName(/^A red square/);
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

  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();
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
