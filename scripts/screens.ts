import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { buildWindowIfStale } from './build-window.ts';

/**
 * `npm run screens`: takes a picture of every screen on the sample catalog, in both themes, into
 * out/screens; the four that the README shows also go to docs/images.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
const OUT = path.join(ROOT, 'out', 'screens');
const README_IMAGES = path.join(ROOT, 'docs', 'images');
const IN_README = new Set(['search-light', 'search-dark', 'browse-light', 'first-run-light']);
const QUERY = { like: 'breton stripe long-sleeve tee', words: 'green stripes' };

buildWindowIfStale();
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-screens-'));
const main = path.join(ROOT, 'electron', 'cli', 'main.ts');
const server = spawn(
  process.execPath,
  [main, 'serve', '--no-open', '--json', '--data-dir', dataDir],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
const { url } = JSON.parse(line) as { url: string };
const system = '/usr/bin/chromium';
const browser = await chromium.launch({
  ...(existsSync(system) ? { executablePath: system } : {}),
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  await mkdir(OUT, { recursive: true });
  await mkdir(README_IMAGES, { recursive: true });
  for (const theme of ['light', 'dark'] as const) await takeTour(theme);
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await once(server, 'exit');
  await rm(dataDir, { recursive: true, force: true });
}

async function takeTour(theme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
  });
  const page = await context.newPage();
  const take = (screen: string) => takePicture(page, `${screen}-${theme}`);
  await page.goto(url);
  const trySample = page.getByRole('button', { name: 'Try the sample catalog' });
  if (theme === 'light') {
    await trySample.waitFor();
    await take('first-run');
    await trySample.click();
  }
  await page.getByRole('link', { name: /^Status: Up to date/ }).waitFor({ timeout: 120_000 });

  const words = page.getByRole('textbox', { name: 'Describe what you are looking for' });
  await words.fill(QUERY.like);
  const first = page.getByRole('grid', { name: 'Results' }).getByRole('gridcell').first();
  await first.waitFor();
  await settle(page);
  await take('search-text');
  await first.click();
  await page
    .getByRole('complementary', { name: 'Details' })
    .getByRole('button', { name: 'Find similar' })
    .first()
    .click();
  await settle(page);
  await words.fill(QUERY.words);
  await page.getByRole('radio', { name: /Fused/ }).click();
  await settle(page);
  await first.click();
  await settle(page);
  await take('search');
  for (const screen of ['Browse', 'Ingest', 'Cloud', 'Settings']) {
    await page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('link', { name: screen })
      .click();
    await settle(page);
    await take(screen.toLowerCase());
  }
  await context.close();
}

/** Until pictures are there and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(900);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.waitForTimeout(200);
}

async function takePicture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  const file = path.join(OUT, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(file);
  if (IN_README.has(name)) {
    await sharp(file)
      .png({ palette: true, quality: 90, effort: 10 })
      .toFile(path.join(README_IMAGES, `${name}.png`));
  }
}
