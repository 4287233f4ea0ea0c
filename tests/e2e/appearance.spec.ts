import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { details, goTo, results, words } from './window.ts';

const THEMES = ['light', 'dark'] as const;

for (const colorScheme of THEMES) {
  test(`first run and its dialog can be used by everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const open = page.getByRole('button', { name: 'Open a folder' });
    await expect(open).toBeVisible();
    await expectAccessible(page, 'first run');
    // Electron asks with the dialog of the system.
    if (test.info().project.name === 'electron') return;
    await open.click();
    await expect(page.getByRole('dialog').getByRole('list')).toBeVisible();
    await expectAccessible(page, 'folder dialog');
  });

  test.describe('with a shop', () => {
    test.use({ start: 'shop' });

    test(`every screen can be used by everyone, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(words(page)).toBeVisible();
      await expect(page.getByRole('gridcell').first()).toBeVisible();
      await expectAccessible(page, 'search, before a question');

      await words(page).fill('a red circle');
      await expect(results(page).first()).toHaveAccessibleName(/^A red circle/);
      await results(page).first().hover();
      await results(page)
        .first()
        .getByRole('button', { name: /^Find similar/ })
        .click();
      await words(page).fill('a blue square');
      await page.keyboard.press('Tab');
      await page.getByRole('radiogroup', { name: 'Mode' }).getByText('Fused').click();
      await results(page).first().click();
      await expect(details(page).getByRole('heading', { level: 2 })).toBeVisible();
      await expectAccessible(page, 'search, fused, with details');

      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await expect(page.getByRole('checkbox').first()).toBeVisible();
      await expectAccessible(page, 'filters');
      await page.keyboard.press('Escape');

      for (const screen of ['Browse', 'Ingest', 'Cloud', 'Settings']) {
        await goTo(page, screen);
        if (screen === 'Browse') await expect(page.getByRole('gridcell').first()).toBeVisible();
        if (screen === 'Ingest') await expect(page.getByRole('table')).toBeVisible();
        if (screen === 'Settings') await expect(page.getByText('in use').first()).toBeVisible();
        await expectAccessible(page, screen);
      }
    });
  });
}

test('light and dark follow the system, until the user chooses', async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).toBe('rgb(21, 20, 19)');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(background).toBe('rgb(245, 244, 242)');
  await goTo(page, 'Settings');
  await page.getByRole('radiogroup', { name: 'Appearance' }).getByText('Dark').click();
  await expect.poll(background).toBe('rgb(21, 20, 19)');
  await page.reload();
  await expect.poll(background).toBe('rgb(21, 20, 19)');
});
