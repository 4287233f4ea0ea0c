import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { type Shot, SIZES } from './shot.ts';
import { settle } from './moves.ts';
import { type Stage, startStage } from './stage.ts';
import { type Place, type World, type WorldName, WORLDS } from './worlds.ts';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Failure {
  readonly shot: string;
  readonly reason: string;
}

interface TakeOptions {
  readonly browser: Browser;
  readonly shots: readonly Shot[];
  readonly outDir: string;
  /** Holds every world, and the sample's data folder. */
  readonly workDir: string;
  readonly sampleDataDir: string;
  readonly rendererDir: string;
}

/** Takes every shot in both themes, world by world; one that fails is reported and passed over. */
export async function takeShots(options: TakeOptions): Promise<Failure[]> {
  const failures: Failure[] = [];
  await mkdir(options.outDir, { recursive: true });
  const names = [...new Set(options.shots.map(({ world }) => world))];
  for (const name of names) {
    const shots = options.shots.filter(({ world }) => world === name);
    try {
      failures.push(...(await takeWorld(name, shots, options)));
    } catch (error) {
      failures.push({
        shot: `the world “${name}” (${shots.length} shots)`,
        reason: reasonOf(error),
      });
    }
  }
  return failures;
}

async function takeWorld(
  name: WorldName,
  shots: readonly Shot[],
  options: TakeOptions,
): Promise<Failure[]> {
  const { browser, workDir, sampleDataDir, rendererDir, outDir } = options;
  const world: World = WORLDS[name];
  const dir = path.join(workDir, name);
  const place: Place = { dir, dataDir: path.join(dir, 'data'), sampleDataDir, rendererDir };
  await mkdir(dir, { recursive: true });
  await world.make(place);
  const failures: Failure[] = [];
  for (const theme of THEMES) {
    const stage = await startStage({
      dataDir: place.dataDir,
      rendererDir,
      jobs: world.jobs,
      modelsDir: world.modelsDir?.(place),
    });
    try {
      await world.begin?.(stage.app, place);
      for (const shot of shots) {
        await takeShot(browser, shot, { theme, stage, outDir }).catch((error: unknown) => {
          failures.push({ shot: `${shot.name}-${theme}`, reason: reasonOf(error) });
        });
      }
    } finally {
      await stage.stop();
    }
  }
  return failures;
}

interface ShotOptions {
  readonly theme: Theme;
  readonly stage: Stage;
  readonly outDir: string;
}

/** In a window of its own, so that no shot inherits what another one did. */
async function takeShot(browser: Browser, shot: Shot, options: ShotOptions): Promise<void> {
  const { theme, stage, outDir } = options;
  const context = await browser.newContext({
    viewport: SIZES[shot.size ?? 'usual'],
    colorScheme: theme,
    forcedColors: shot.forcedColors === true ? 'active' : 'none',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(15_000);
  try {
    const page = await context.newPage();
    await page.goto(shot.withoutKey === true ? stage.url.replace(/#.*/, '') : stage.url);
    await shot.prepare(page, stage);
    if (shot.keepPointer !== true) await page.mouse.move(0, 0);
    await settle(page);
    await page.screenshot({ path: path.join(outDir, `${shot.name}-${theme}.png`) });
    console.log(`${shot.name}-${theme}`);
  } finally {
    await context.close();
  }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // Playwright adds the browser's log.
  return text.split('\n').slice(0, 4).join('\n');
}
