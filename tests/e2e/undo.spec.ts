import { expect, test } from './fixtures.ts';
import { goTo, modes, results, tiles, words } from './window.ts';

test.use({ start: 'shop' });

test('a query is undone and done again step by step', async ({ page }) => {
  const clearPicture = page.getByRole('button', { name: 'Clear the picture' });
  await words(page).fill('a red square');
  await expect(results(page).first()).toHaveAccessibleName(/^A red square/);
  await results(page).first().focus();
  await page.keyboard.press('Shift+Enter');
  await expect(clearPicture).toBeVisible();
  await expect(words(page)).toHaveValue('');
  await expect(modes(page).getByRole('radio', { name: 'Image' })).toBeChecked();
  await page.keyboard.press('3');
  await expect(modes(page).getByRole('radio', { name: 'Fused' })).toBeChecked();

  await page.keyboard.press('ControlOrMeta+z');
  await expect(modes(page).getByRole('radio', { name: 'Image' })).toBeChecked();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(clearPicture).toBeHidden();
  await expect(words(page)).toHaveValue('a red square');
  await expect(modes(page).getByRole('radio', { name: 'Text' })).toBeChecked();
  await expect(results(page).first()).toHaveAccessibleName(/^A red square/);

  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(clearPicture).toBeVisible();
  await page.keyboard.press('ControlOrMeta+y');
  await expect(modes(page).getByRole('radio', { name: 'Fused' })).toBeChecked();
});

test('what is typed is undone within the words too, and so are filters', async ({ page }) => {
  await words(page).pressSequentially('a circle');
  await expect(results(page).first()).toHaveAccessibleName(/circle/);
  // A pause ends a step.
  await page.waitForTimeout(1_000);
  await words(page).pressSequentially(' in blue');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(words(page)).toHaveValue('a circle');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(words(page)).toHaveValue('');
  await page.keyboard.press('ControlOrMeta+y');
  await expect(words(page)).toHaveValue('a circle');

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('checkbox', { name: 'colour: blue' }).check();
  await page.keyboard.press('Escape');
  const chip = page.getByRole('button', { name: 'Remove filter colour: blue' });
  await chip.click();
  await expect(chip).toBeHidden();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(chip).toBeVisible();
});

test('Browse takes back its choices, and going back leaves them as they were', async ({ page }) => {
  await goTo(page, 'Browse');
  const total = page.getByRole('main').getByRole('status').first();
  await page.getByRole('checkbox', { name: 'shape: circle' }).check();
  await expect(total).toHaveText('16 items');
  await page.getByRole('checkbox', { name: 'colour: red' }).check();
  await expect(total).toHaveText('4 items');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(total).toHaveText('16 items');

  await tiles(page, 'Items').first().focus();
  await page.keyboard.press('Shift+Enter');
  await expect(results(page).first()).toBeVisible();
  await page.goBack();
  await expect(total).toHaveText('16 items');
  await page.goForward();
  await expect(results(page).first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('button', { name: 'Pick a picture' })).toBeVisible();
});
