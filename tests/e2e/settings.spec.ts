import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { FETCHED, startModelSource, type ModelSource } from '../support/model-source.ts';
import { ROOT } from '../support/test-app.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test as base } from './fixtures.ts';
import { goTo, statusPill } from './window.ts';

const { title } = FETCHED;

/** With a model to fetch from a server of the test's own. */
const test = base.extend<{ source: ModelSource }>({
  source: async ({ folder }, use) => {
    const source = await startModelSource(folder);
    await use(source);
    await source[Symbol.asyncDispose]();
  },
  hostEnv: async ({ source }, use) => use(source.env),
});

function row(page: Page, model: string): Locator {
  return page
    .getByRole('region', { name: 'Models' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: model }) });
}

/** Leaves time to see and do something while it downloads. */
const SLOWLY_MS = 100;

test.describe('with a shop', () => {
  test.use({ start: 'shop' });

  test('a model is fetched, paused, gone on with, measured and taken into use', async ({
    page,
    source,
  }) => {
    await goTo(page, 'Settings');
    const second = row(page, title);
    source.server.behaviour.pauseMs = SLOWLY_MS;
    await second.getByRole('button', { name: `Download ${title}` }).click();
    await expect(second.getByText(/^\d.* of 7\.9 MB$/)).toBeVisible();
    await expect(second.getByText(/ a second · \d+:\d\d left$/)).toBeVisible();
    await second.getByRole('button', { name: `Pause downloading ${title}` }).click();
    await expect(second.getByText(/of 7\.9 MB have arrived/)).toBeVisible();

    // What has arrived outlives the window.
    await page.reload();
    source.server.behaviour.pauseMs = 0;
    await second.getByRole('button', { name: `Go on downloading ${title}` }).click();
    await second.getByRole('button', { name: `Measure the speed of ${title}` }).click();
    await expect(second.getByText(/pictures a second/)).toBeVisible({ timeout: 30_000 });
    expect(source.server.ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);

    await second.getByRole('button', { name: `Use ${title}` }).click();
    const dialog = page.getByRole('dialog', { name: `Use ${title}?` });
    await expect(dialog).toContainText(/\d+ pictures will be embedded with it, which takes about/);
    await expect(dialog).toContainText('searches go on with Starter');
    await dialog.getByRole('button', { name: 'Use', exact: true }).click();
    await expect(second.getByText('in use')).toBeVisible();
    await expect(statusPill(page)).toHaveAccessibleName(/Up to date/, { timeout: 60_000 });
    await expect(second.getByText(/still to be embedded/)).toBeHidden();

    // The vectors of the one before are still there: no question is asked.
    const starter = row(page, 'Starter');
    await starter.getByRole('button', { name: /^Use Starter/ }).click();
    await expect(starter.getByText('in use')).toBeVisible();
  });
});

test('a download that cannot be had says why, and can be tried again', async ({ page, source }) => {
  await goTo(page, 'Settings');
  const second = row(page, title);
  source.server.behaviour.refusals = { status: 404, times: 1 };
  await second.getByRole('button', { name: `Download ${title}` }).click();
  await expect(second.getByRole('alert')).toContainText('does not have the file any more');
  source.server.behaviour.content = Buffer.alloc(7_853_507);
  await second.getByRole('button', { name: `Go on downloading ${title}` }).click();
  await expect(second.getByRole('alert')).toContainText('is not the right one: its SHA-256 is');
});

test('a file from elsewhere is checked and put in place, another is refused', async ({
  page,
  folder,
}) => {
  await goTo(page, 'Settings');
  const picker = page.getByRole('region', { name: 'Models' }).locator('input[type=file]').first();
  const wrong = path.join(folder, 'wrong.onnx');
  await writeFile(wrong, 'no model');
  await picker.setInputFiles(wrong);
  await expect(page.getByText('wrong.onnx has a SHA-256')).toBeVisible();
  await picker.setInputFiles(path.join(ROOT, 'models', 'starter-image', 'model.onnx'));
  // Nothing is embedded yet, so that the one the manifest prefers is in use at once.
  await expect(row(page, title).getByText('in use')).toBeVisible();
});

test('a file that nothing vouches for is tried out after a question', async ({ page, folder }) => {
  await goTo(page, 'Settings');
  const fp16 = row(page, 'ViT-B/16, fp16 weights');
  const file = path.join(folder, 'model_fp16.onnx');
  await writeFile(file, 'no graph');
  await fp16.locator('input[type=file]').setInputFiles(file);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Nobody has published the SHA-256');
  await dialog.getByRole('button', { name: 'Use this file' }).click();
  await expect(page.getByText(/model_fp16\.onnx does not work as ViT/)).toBeVisible();
});

test('diagnostics are copied, and thumbnails cleared', async ({ page, host }) => {
  const thumbnails = path.join(host.dataDir, 'thumbnails', 'ab');
  await mkdir(thumbnails, { recursive: true });
  await writeFile(path.join(thumbnails, 'abc.webp'), Buffer.alloc(2_500_000));
  await goTo(page, 'Settings');
  const diagnostics = page.getByRole('region', { name: 'Diagnostics' });
  await diagnostics.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByText('Diagnostics are on the clipboard')).toBeVisible();
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain(`Vitrine ${version}`);
  expect(text).toContain('* starter-image: ready');

  const folder = page.getByRole('region', { name: 'Data folder' });
  await expect(folder.getByText(host.dataDir)).toBeVisible();
  await expect(folder.getByText(/ in all · .* free on this disk$/)).toBeVisible();
  const clear = folder.getByRole('button', { name: 'Clear thumbnails' });
  await clear.click();
  await expect(page.getByText('2.5 MB of thumbnails are gone')).toBeVisible();
  await expect(clear).toBeDisabled();
  expect(existsSync(thumbnails)).toBe(false);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every state of a model can be used by everyone, ${colorScheme}`, async ({
    page,
    source,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await goTo(page, 'Settings');
    await expect(row(page, title)).toBeVisible();
    await page.getByText('What is copied').click();
    await expectAccessible(page, 'settings');
    source.server.behaviour.pauseMs = SLOWLY_MS;
    const second = row(page, title);
    await second.getByRole('button', { name: `Download ${title}` }).click();
    await expect(second.getByText(/ a second · /)).toBeVisible();
    await expectAccessible(page, 'settings, downloading');
    await second.getByRole('button', { name: /^Pause/ }).click();
    source.server.behaviour.refusals = { status: 404, times: 1 };
    await second.getByRole('button', { name: /^Go on/ }).click();
    await expect(second.getByRole('alert')).toBeVisible();
    await expectAccessible(page, 'settings, a failed download');
    await second.getByRole('button', { name: /^More about/ }).click();
    await expect(page.getByRole('menuitem', { name: 'Verify the file' })).toBeVisible();
    await expectAccessible(page, 'settings, the menu of a model');
  });
}
