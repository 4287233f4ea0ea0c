import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runJson } from '../support/command-line.ts';
import { drawPicture, drawProducts } from '../support/draw-products.ts';
import { SHOP_PROBLEMS } from '../support/draw-shop.ts';
import { readVectors } from '../support/read-database.ts';
import { expect, test } from './fixtures.ts';
import { catalogSwitcher, goTo, results, statusPill, tiles, words } from './window.ts';

test.describe('with a shop that has problems', () => {
  test.use({ start: 'shop' });

  test('problems are counted by kind, explained and exported', async ({ page, folder }) => {
    await expect(statusPill(page)).toHaveAccessibleName(/Up to date · \d problems/);
    await statusPill(page).click();
    const problems = page.getByRole('region', { name: 'Problems', exact: true });
    const kinds = problems.getByRole('region', { name: 'Kinds' });
    for (const kind of SHOP_PROBLEMS) {
      await expect(kinds.getByRole('button', { name: `${kind} 1` })).toBeVisible();
    }
    await kinds.getByRole('button', { name: 'Row does not fit' }).click();
    const row = problems.getByRole('row').nth(1);
    await expect(row).toContainText('products.csv');
    await expect(row).toContainText('52');
    await expect(row).toContainText('Quote the comma');
    await row.getByText(/fields where the header has/).click();
    await expect(row.getByText('2003,A hat, with a comma')).toBeVisible();

    await kinds.getByRole('button', { name: /^All/ }).click();
    const downloading = page.waitForEvent('download');
    await problems.getByRole('button', { name: 'Export CSV' }).click();
    const file = path.join(folder, 'problems.csv');
    await (await downloading).saveAs(file);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toContain('kind,severity,file,line');
    expect(lines.length).toBeGreaterThan(SHOP_PROBLEMS.length);

    await problems.getByText('Notices').click();
    await expect(problems.getByText('No picture for')).toBeVisible();
  });

  test('retry takes up what was mended meanwhile', async ({ page, host, folder }) => {
    // A shop of its own: the other tests need theirs torn.
    const broken = path.join(folder, 'Broken');
    await drawProducts(broken, 3);
    await writeFile(path.join(broken, 'images', '1001.jpg'), 'Not a picture yet.');
    await runJson(host.dataDir, ['catalog', 'add', broken]);
    await catalogSwitcher(page, 'Corner shop').click();
    await page.getByRole('menuitem', { name: /Broken/ }).click();
    await goTo(page, 'Ingest');
    const problems = page.getByRole('region', { name: 'Problems', exact: true });
    await expect(problems.getByRole('button', { name: 'Picture unreadable 1' })).toBeVisible();

    await drawPicture(path.join(broken, 'images', '1001.jpg'), {
      shape: 'square',
      fill: '#c62f2f',
      size: 30,
    });
    await problems.getByRole('button', { name: 'Retry images/1001.jpg' }).click();
    await expect(page.getByText('1 item will be tried again')).toBeVisible();
    await expect(problems.getByText('Every row and every picture could be used.')).toBeVisible();
  });

  test('a catalog is renamed, and removed without touching its folder', async ({ page, shop }) => {
    await catalogSwitcher(page, 'Corner shop').click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    const renaming = page.getByRole('dialog', { name: 'Rename this catalog' });
    await renaming.getByRole('textbox', { name: 'Name' }).fill('Little shop');
    await renaming.getByRole('button', { name: 'Rename' }).click();
    await catalogSwitcher(page, 'Little shop').click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page
      .getByRole('dialog', { name: 'Remove Little shop?' })
      .getByRole('button', { name: 'Remove catalog' })
      .click();
    await expect(page.getByRole('button', { name: 'Try the sample catalog' })).toBeVisible();
    expect(await readFile(path.join(shop.catalog, 'products.csv'), 'utf8')).toContain('1000,');
  });
});

test('a reload during ingest loses nothing, and pause holds', async ({ page, host, folder }) => {
  const products = path.join(folder, 'Many');
  await drawProducts(products, 300);
  await runJson(host.dataDir, ['catalog', 'add', products]);
  await expect(statusPill(page)).toHaveAccessibleName(/Embedding [1-9]\d* of 300/);
  await goTo(page, 'Ingest');
  const card = page.getByRole('region', { name: 'Many' });
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(statusPill(page)).toHaveAccessibleName(/Paused at \d+ of 300/);
  await page.reload();
  await expect(statusPill(page)).toHaveAccessibleName(/Paused at \d+ of 300/);
  await card.getByRole('button', { name: 'Resume' }).click();
  await expect(statusPill(page)).toHaveAccessibleName(/Embedding [1-9]\d* of 300/);
  await page.reload();
  await expect(statusPill(page)).toHaveAccessibleName(/Embedding \d+ of 300|Up to date/);
  await expect(statusPill(page)).toHaveAccessibleName(/Up to date/, { timeout: 60_000 });
  await expect(card.getByText('300 pictures, 300 rows')).toBeVisible();
  expect(readVectors(host.dataDir)).toHaveLength(600);
});

test('two windows see the same work, and each asks its own question', async ({
  page,
  host,
  folder,
}, info) => {
  test.skip(info.project.name === 'electron', 'Electron keeps one window.');
  const other = await host.openWindow();
  await expect(other.getByRole('button', { name: 'Try the sample catalog' })).toBeVisible();
  const products = path.join(folder, 'Shared');
  await drawProducts(products, 12);
  await runJson(host.dataDir, ['catalog', 'add', products]);
  for (const window of [page, other]) {
    await expect(catalogSwitcher(window, 'Shared')).toHaveAccessibleName(/12 items/);
    await expect(statusPill(window)).toHaveAccessibleName(/Up to date/);
  }
  await words(page).fill('a red circle');
  await words(other).fill('a blue stripe');
  await expect(results(page).first()).toHaveAccessibleName(/^A red circle/);
  await expect(results(other).first()).toHaveAccessibleName(/^A blue stripe/);
  await goTo(other, 'Ingest');
  await expect(words(page)).toHaveValue('a red circle');
});

test.describe('when files go away', () => {
  test.use({ losesPictures: true });

  test('a missing picture says "Image not found" and the grid stays whole', async ({
    page,
    host,
    folder,
  }) => {
    const products = path.join(folder, 'Losing');
    await drawProducts(products, 12);
    // Where no picture is shown: what the browser has seen, it keeps.
    await goTo(page, 'Cloud');
    await runJson(host.dataDir, ['catalog', 'add', products]);
    await expect(statusPill(page)).toHaveAccessibleName(/Up to date/);
    await rm(path.join(products, 'images', '1003.jpg'));
    await goTo(page, 'Browse');
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('by key');
    await expect(tiles(page, 'Items')).toHaveCount(12);
    await expect(tiles(page, 'Items').nth(3).getByText('Image not found')).toBeVisible();
    await expect(page.getByText('Image not found')).toHaveCount(1);
    // Its vector is still there: it is found, and says the same among the results.
    await goTo(page, 'Search');
    await words(page).fill('a green circle');
    await expect(results(page).first()).toHaveAccessibleName(/^A green circle/);
    await expect(results(page).first().getByText('Image not found')).toBeVisible();
  });

  test('a folder that is away is named, and work goes on when it is back', async ({
    page,
    host,
    folder,
  }) => {
    const products = path.join(folder, 'Travelling');
    await drawProducts(products, 6);
    await expect(page.getByRole('button', { name: 'Try the sample catalog' })).toBeVisible();
    await runJson(host.dataDir, ['catalog', 'add', products]);
    await expect(statusPill(page)).toHaveAccessibleName(/Up to date/);
    await rename(products, path.join(folder, 'Elsewhere'));
    await goTo(page, 'Ingest');
    const card = page.getByRole('region', { name: 'Travelling' });
    await card.getByRole('button', { name: 'Rescan' }).click();
    await expect(card.getByRole('alert')).toContainText('cannot be reached');
    await expect(statusPill(page)).toHaveAccessibleName(/not reachable/);
    await rename(path.join(folder, 'Elsewhere'), products);
    await card.getByRole('button', { name: 'Rescan' }).click();
    await expect(statusPill(page)).toHaveAccessibleName(/Up to date/);
    expect(readVectors(host.dataDir)).toHaveLength(12);
  });
});
