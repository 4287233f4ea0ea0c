import type { Page } from '@playwright/test';
import { goTo } from '../../tests/e2e/window.ts';
import { scrollGrid } from './window-frames.ts';
import type { Scrolled } from './window-frames.ts';
import type { WindowHost } from './window-host.ts';
import { untilPainted } from './window-probe.ts';
import type { Painted } from './window-probe.ts';
import { fetchThumbnails } from './window-thumbnails.ts';
import * as steps from './window-steps.ts';

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

/** Everything that is timed in the window, once through. */
export interface Tour {
  readonly painted: ReadonlyMap<string, readonly Painted[]>;
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
  const painted = new Map<string, readonly Painted[]>();
  await steps.typeWords(one, 2); // not counted
  painted.set('words: the last key', await steps.typeWords(one, times));
  painted.set('picture chosen', await steps.choosePictures(one, pictures.slice(0, times), ''));
  const more = pictures.slice(times, 2 * times);
  painted.set('picture chosen beside words', await steps.choosePictures(one, more, 'navy blue'));
  painted.set('find similar', await steps.findSimilar(one, times));
  painted.set('Browse: facet changed', await steps.changeFacets(one, times));
  painted.set('Browse: sorted anew', await steps.changeOrder(one, times));
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
  return { painted, firstPass, secondPass, thumbnails };
}
