import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { drawProducts } from '../support/draw-products.ts';
import { expect, test } from './fixtures.ts';
import { catalogSwitcher, dropFiles, results, statusPill, words } from './window.ts';

test.describe('the sample', () => {
  // One of its pictures is torn, to show what becomes of it.
  test.use({ losesPictures: true });

  test('the sample catalog answers within seconds, and goes on until all is embedded', async ({
    page,
  }) => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Find it by looking.');
    const pressedAt = Date.now();
    await page.getByRole('button', { name: 'Try the sample catalog' }).click();
    // Ten seconds are the promise; twenty leave room for a machine with other things to do.
    await expect(results(page).nth(4)).toBeVisible({ timeout: 20_000 });
    const seconds = ((Date.now() - pressedAt) / 1000).toFixed(1);
    test.info().annotations.push({ type: 'first results', description: `${seconds} s` });
    await expect(words(page)).not.toHaveValue('');
    await expect(statusPill(page)).toHaveAccessibleName(/Embedding \d+ of \d+|Up to date/);
    await expect(statusPill(page)).toHaveAccessibleName(/Up to date · \d problems/, {
      timeout: 90_000,
    });
    const query = (await words(page).inputValue()).split(' ')[0] ?? '';
    await expect(results(page).first()).toHaveAccessibleName(new RegExp(query, 'i'));
  });
});

test('a folder is opened by way of the dialog', async ({ page, folder }, info) => {
  test.skip(info.project.name === 'electron', 'Electron asks with the dialog of the system.');
  await drawProducts(path.join(folder, 'things', 'products'), 9);
  await page.getByRole('button', { name: 'Open a folder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open a folder' });
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill('/no/such/folder');
  await dialog.getByRole('button', { name: 'Go there' }).click();
  await expect(dialog.getByRole('alert')).toContainText('/no/such/folder');

  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(folder);
  await dialog.getByRole('button', { name: 'Go there' }).click();
  await dialog.getByRole('list', { name: 'Folders' }).getByRole('button').click();
  await dialog.getByRole('list', { name: 'Folders' }).getByRole('button').click();
  await expect(dialog.getByRole('status')).toHaveText(/1 CSV file/);
  await dialog.getByRole('button', { name: 'Open this folder' }).click();

  await expect(dialog).toBeHidden();
  await expect(catalogSwitcher(page, 'products')).toHaveAccessibleName(/9 items/);
  await words(page).fill('a red circle');
  await expect(results(page).first()).toHaveAccessibleName(/^A red circle/);
});

test('a dropped folder becomes a catalog', async ({ page, folder }) => {
  const products = path.join(folder, 'Dropped things');
  await drawProducts(products, 9);
  await expect(page.getByRole('button', { name: 'Open a folder' })).toBeVisible();
  await dropFiles(page, [products]);
  await expect(catalogSwitcher(page, 'Dropped things')).toHaveAccessibleName(/9 items/);
  await words(page).fill('a red stripe');
  await expect(results(page).first()).toHaveAccessibleName(/^A red stripe/);
});

test('a dropped folder is taken without the files that cannot be', async ({
  page,
  folder,
}, info) => {
  test.skip(info.project.name === 'electron', 'Electron takes a folder by its path.');
  const products = path.join(folder, 'Dropped things');
  const [locked] = await drawProducts(products, 9);
  await writeFile(path.join(products, 'large.csv'), '');
  // Takes no room on the disk: all of it is a hole.
  await truncate(path.join(products, 'large.csv'), 301 * 1024 * 1024);
  // Stands for a file that the user may not read; whoever runs the tests may read all.
  await page.evaluate((name) => {
    // oxlint-disable-next-line typescript/unbound-method -- called on the file below
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = function read() {
      const isLocked = this instanceof File && this.name === name;
      if (isLocked) return Promise.reject(new DOMException('', 'NotReadableError'));
      return arrayBuffer.call(this);
    };
  }, `${locked}.jpg`);
  await expect(page.getByRole('button', { name: 'Open a folder' })).toBeVisible();
  await dropFiles(page, [products]);
  await expect(page.getByText('2 files could not be taken')).toBeVisible();
  await expect(catalogSwitcher(page, 'Dropped things')).toHaveAccessibleName(/8 items/);
  await statusPill(page).click();
  await expect(page.getByText('The browser cannot read it')).toBeVisible();
  await expect(page.getByText('Its 301 MB are more than the 300 MB')).toBeVisible();
});

test('a picture dropped before there is a catalog says what to do first', async ({
  page,
  folder,
}) => {
  const [key] = await drawProducts(folder, 1);
  await expect(page.getByRole('button', { name: 'Open a folder' })).toBeVisible();
  await dropFiles(page, [path.join(folder, 'images', `${key}.jpg`)]);
  await expect(page.getByText('Open a catalog first')).toBeVisible();
});
