import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { findChromium } from '../../tests/support/find-chromium.ts';
import { buildWindowIfStale } from '../build-window.ts';
import { writeContactSheet } from './contact-sheet.ts';
import { SHOTS } from './shots.ts';
import { installation, ROOT } from './stage.ts';
import { takeShots } from './take-shots.ts';
import { makeSample } from './worlds.ts';

/**
 * `npm run screens [-- name…]`: takes a picture of every screen and state in both themes into
 * out/screens, with a contact sheet (index.html, contact-sheet.png); with names, only of shots whose
 * name or world contains one. The four that the README shows also go to docs/images.
 */
const OUT = path.join(ROOT, 'out', 'screens');
const README_IMAGES = path.join(ROOT, 'docs', 'images');
const IN_README = ['search-light', 'search-dark', 'browse-narrowed-light', 'first-run-light'];

const wanted = process.argv.slice(2);
const shots = SHOTS.filter(
  ({ name, world }) =>
    wanted.length === 0 || wanted.some((part) => name.includes(part) || world === part),
);
const executablePath = findChromium();
if (executablePath === null) {
  throw new Error(
    'No Chromium found: set VITRINE_CHROMIUM, or run npx playwright install chromium.',
  );
}
buildWindowIfStale();
const workDir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-screens-'));
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  // A copy: a build that is made meanwhile must not take the files away.
  const rendererDir = path.join(workDir, 'window');
  await cp(installation.rendererDir, rendererDir, { recursive: true });
  const sampleDataDir = path.join(workDir, 'sample-data');
  await makeSample(sampleDataDir, rendererDir);
  const failures = await takeShots({
    browser,
    shots,
    outDir: OUT,
    workDir,
    sampleDataDir,
    rendererDir,
  });
  await writeContactSheet(OUT, SHOTS);
  await keepForReadme();
  console.log(`\n${path.join(OUT, 'index.html')}`);
  for (const { shot, reason } of failures) console.error(`\nNot taken: ${shot}: ${reason}`);
  if (failures.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await rm(workDir, { recursive: true, force: true, maxRetries: 5 });
}

async function keepForReadme(): Promise<void> {
  await mkdir(README_IMAGES, { recursive: true });
  const taken = IN_README.filter((name) => shots.some((shot) => name.startsWith(`${shot.name}-`)));
  for (const name of taken) {
    await sharp(path.join(OUT, `${name}.png`))
      .png({ palette: true, quality: 90, effort: 10 })
      .toFile(path.join(README_IMAGES, `${name}.png`));
  }
}
