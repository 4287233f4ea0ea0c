import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { drawPicture } from '../support/draw-products.ts';
import { expect, test } from './fixtures.ts';
import { dropFiles, firstNames, modes, results, words } from './window.ts';

test.use({ start: 'shop' });

test.beforeEach(async ({ page, folder }) => {
  await drawPicture(path.join(folder, 'query.png'), { shape: 'circle', fill: '#2f5fc6', size: 40 });
  await expect(words(page)).toBeVisible();
});

test('a picture is picked, searched with, and cleared', async ({ page, folder }) => {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Pick a picture' }).click();
  await (await choosing).setFiles(path.join(folder, 'query.png'));
  expect(await firstNames(page, 3)).toContain('A blue circle');
  await expect(modes(page).getByRole('radio', { name: 'Image' })).toBeChecked();
  await expect(page.getByRole('img', { name: 'query.png' })).toBeVisible();

  await page.getByRole('button', { name: 'Clear the picture' }).click();
  await expect(page.getByRole('button', { name: 'Pick a picture' })).toBeVisible();
  await expect(results(page)).toHaveCount(0);
});

test('a picture is dropped anywhere', async ({ page, folder }) => {
  await dropFiles(page, [path.join(folder, 'query.png')]);
  expect(await firstNames(page, 3)).toContain('A blue circle');
});

test('a picture is pasted', async ({ page, folder }) => {
  const bytes = await readFile(path.join(folder, 'query.png'));
  await page.evaluate(async (base64) => {
    const picture = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
    const blob = new Blob([picture], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  }, bytes.toString('base64'));
  await page.keyboard.press('ControlOrMeta+v');
  expect(await firstNames(page, 3)).toContain('A blue circle');
});

test('a tile is dragged to the picture well', async ({ page }) => {
  await words(page).fill('a yellow square');
  await expect(results(page).first()).toHaveAccessibleName(/^A yellow square/);
  await results(page)
    .first()
    .dragTo(page.getByRole('button', { name: 'Pick a picture' }));
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();
  await expect(modes(page).getByRole('radio', { name: 'Fused' })).toBeChecked();
});

test('a part of the picture is searched with', async ({ page, folder }) => {
  const half = { width: 120, height: 120, channels: 3, background: '#ffffff' } as const;
  await drawPicture(path.join(folder, 'stripe.png'), {
    shape: 'stripe',
    fill: '#c62f2f',
    size: 40,
  });
  await sharp({ create: { ...half, width: 240 } })
    .composite([
      { input: path.join(folder, 'query.png'), left: 0, top: 0 },
      { input: path.join(folder, 'stripe.png'), left: 120, top: 0 },
    ])
    .toFile(path.join(folder, 'both.png'));
  await dropFiles(page, [path.join(folder, 'both.png')]);
  await expect(results(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Search with a part of the picture' }).click();
  const dialog = page.getByRole('dialog', { name: 'Search with a part' });
  const picture = dialog.getByRole('img', { name: 'both.png' });
  await expect(picture).toBeVisible();
  const box = await picture.boundingBox();
  if (box === null) throw new Error('The picture is not drawn.');
  // A new rectangle is drawn outside of the one that is there: along the edge, around the circle.
  await page.mouse.move(box.x + 3, box.y + 3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 4, box.y + box.height - 3, { steps: 8 });
  await page.mouse.up();
  await dialog.getByRole('button', { name: 'Search with this part' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('img', { name: 'A part of both.png' })).toBeVisible();
  await expect.poll(() => firstNames(page, 3)).toContain('A blue circle');
});

test('a picture that is none says why', async ({ page, folder }) => {
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path.join(folder, 'torn.jpg'), 'Not a picture at all.');
  await dropFiles(page, [path.join(folder, 'torn.jpg')]);
  await expect(page.getByRole('alert')).toContainText('not a picture');
  await expect(results(page)).toHaveCount(0);
});
