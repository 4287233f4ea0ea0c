import type { Page } from '@playwright/test';
import { goTo } from '../../tests/e2e/window.ts';
import { scrollGrid } from './window-frames.ts';
import type { Scrolled } from './window-frames.ts';
import type { WindowHost } from './window-host.ts';
import { untilPainted } from './window-probe.ts';
import type { Painted } from './window-probe.ts';
import { fetchThumbnails } from './window-thumbnails.ts';
import * as steps from './window-steps.ts';
import { countWork } from './window-work.ts';
import type { Work } from './window-work.ts';

export interface TourSize {
  /** How often each thing is done. */
  readonly times: number;
  readonly scrollPixels: number;
}

export interface TourOptions extends TourSize {
  readonly host: WindowHost;
  /** Nobody has asked with them before. */
  readonly pictures: readonly Uint8Array[];
  /** Items whose pictures nobody has seen before. */
  readonly unseen: readonly number[];
  /** The part of the list that nobody has seen before, as a fraction of it. */
  readonly scrollFrom: number;
  readonly seed: number;
}

/** One thing that was done again and again. */
export interface Repeated {
  readonly painted: readonly Painted[];
  /** Of each time, with what led up to it. */
  readonly work: Work;
}

/** Everything that is timed in the window, once through. */
export interface Tour {
  readonly repeated: ReadonlyMap<string, Repeated>;
  readonly firstPass: Scrolled;
  readonly secondPass: Scrolled;
  /** Milliseconds of each. */
  readonly thumbnails: { readonly first: readonly number[]; readonly warm: readonly number[] };
}

/** Fast, but so that one can see what passes: four screens a second. */
const PIXELS_A_SECOND = 3600;

export async function takeTour(page: Page, options: TourOptions): Promise<Tour> {
  const { times, pictures, seed } = options;
  const one: steps.Steps = { page, words: steps.newWords(seed) };
  const repeated = new Map<string, Repeated>();
  const workSince = await countWork(page, options.host);
  const repeat = async (name: string, all: () => Promise<readonly Painted[]>) => {
    await workSince();
    const painted = await all();
    const { pageMs, hostMs } = await workSince();
    const work = { pageMs: pageMs / painted.length, hostMs: hostMs / painted.length };
    repeated.set(name, { painted, work });
  };
  await steps.typeWords(one, 2); // not counted
  const more = pictures.slice(times, 2 * times);
  await repeat('words: the last key', () => steps.typeWords(one, times));
  await repeat('picture chosen', () => steps.choosePictures(one, pictures.slice(0, times), ''));
  await repeat('picture chosen beside words', () => steps.choosePictures(one, more, 'navy blue'));
  await repeat('find similar', () => steps.findSimilar(one, times));
  await repeat('Browse: facet changed', () => steps.changeFacets(one, times));
  await repeat('Browse: sorted anew', () => steps.changeOrder(one, times));
  const thumbnails = await fetchThumbnails(options.host, options.unseen);
  await goTo(page, 'Browse');
  await untilPainted(page, 'Items');
  const scroll = {
    grid: 'Items',
    from: options.scrollFrom,
    pixels: options.scrollPixels,
    pixelsPerSecond: PIXELS_A_SECOND,
  };
  const firstPass = await scrollGrid(page, scroll);
  const secondPass = await scrollGrid(page, scroll);
  return { repeated, firstPass, secondPass, thumbnails };
}
