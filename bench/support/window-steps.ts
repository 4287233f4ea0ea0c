import type { Page } from '@playwright/test';
import { goTo, results, tiles, words } from '../../tests/e2e/window.ts';
import { mulberry32 } from './make-catalog.ts';
import { timeToPaint, untilPainted } from './window-probe.ts';
import type { Painted } from './window-probe.ts';

const COLOURS = ['red', 'navy blue', 'green', 'black', 'white', 'beige', 'silver', 'pink'];
const KINDS = ['shirt', 'tee', 'heels', 'watch', 'handbag', 'jeans', 'sandals', 'belt', 'scarf'];
const OCCASIONS = ['summer', 'office', 'party', 'sport', 'rain', 'winter', 'travel', 'evening'];
const RESULTS = 'Results';
const ITEMS = 'Items';
/** A user looks at what came before asking for the next. */
const PAUSE_MS = 150;

/** Words nobody has asked before; another seed gives others. */
export function* newWords(seed: number): Generator<string, never> {
  const random = mulberry32(seed);
  const pick = (values: readonly string[]) => values[Math.floor(random() * values.length)]!;
  for (;;) {
    yield `${pick(OCCASIONS)} ${pick(COLOURS)} ${pick(KINDS)} ${Math.floor(random() * 1e4)}`;
  }
}

export interface Steps {
  readonly page: Page;
  readonly words: Iterator<string, never>;
}

/** The last key of a description is pressed; what was found by the rest of it stands there. */
export async function typeWords({ page, words: next }: Steps, count: number): Promise<Painted[]> {
  await goTo(page, 'Search');
  return repeat(page, count, async () => {
    const text = next.next().value;
    await words(page).fill(text.slice(0, -1));
    await results(page).first().waitFor();
    await settle(page, RESULTS);
    return timeToPaint(page, { grid: RESULTS, event: 'keydown' }, () =>
      words(page).press(text.at(-1)!),
    );
  });
}

/** A picture of one's own is chosen; with `text` beside words that stay. */
export async function choosePictures(
  { page }: Steps,
  pictures: readonly Uint8Array[],
  text: string,
): Promise<Painted[]> {
  await goTo(page, 'Search');
  await words(page).fill(text);
  const chooser = page.locator('input[type="file"]').first();
  let at = 0;
  return repeat(page, pictures.length, () =>
    timeToPaint(page, { grid: RESULTS, event: 'change' }, () =>
      chooser.setInputFiles({
        name: `query ${at}.jpg`,
        mimeType: 'image/jpeg',
        buffer: Buffer.from(pictures[at++]!),
      }),
    ),
  );
}

/** Shift+Enter on one result after another. */
export async function findSimilar({ page }: Steps, count: number): Promise<Painted[]> {
  await goTo(page, 'Search');
  return repeat(page, count, async () => {
    await settle(page, RESULTS);
    await results(page).nth(5).focus();
    return timeToPaint(page, { grid: RESULTS, event: 'keydown' }, () =>
      page.keyboard.press('Shift+Enter'),
    );
  });
}

/** Values of fields are chosen and given up again. */
export async function changeFacets({ page }: Steps, count: number): Promise<Painted[]> {
  await goTo(page, 'Browse');
  await untilPainted(page, ITEMS);
  const boxes = page.getByRole('checkbox');
  let at = 0;
  return repeat(page, count, async () => {
    await settle(page, ITEMS);
    // Every second click takes out what the one before chose.
    const box = boxes.nth((Math.floor(at / 2) * 3) % (await boxes.count()));
    at += 1;
    return timeToPaint(page, { grid: ITEMS, event: 'click' }, () => box.click());
  });
}

/** The list is turned around and sorted by another field. */
export async function changeOrder({ page }: Steps, count: number): Promise<Painted[]> {
  await goTo(page, 'Browse');
  const sort = page.getByRole('combobox', { name: 'Sort by' });
  const orders = ['by key', 'by year', 'by name', 'by baseColour', 'by season'];
  let at = 0;
  const painted = await repeat(page, count, async () => {
    await settle(page, ITEMS);
    const order = orders[at % orders.length]!;
    at += 1;
    return timeToPaint(page, { grid: ITEMS, event: 'change' }, () => sort.selectOption(order));
  });
  await sort.selectOption('by name');
  return painted;
}

/** The arrow keys walk through the grid with the details open. */
export async function openDetails(page: Page): Promise<void> {
  await tiles(page, ITEMS).nth(3).click();
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
}

async function settle(page: Page, grid: string): Promise<void> {
  await untilPainted(page, grid);
  await page.waitForTimeout(PAUSE_MS);
}

async function repeat(page: Page, count: number, one: () => Promise<Painted>): Promise<Painted[]> {
  const all: Painted[] = [];
  for (let n = 0; n < count; n += 1) {
    all.push(await one());
    await page.waitForTimeout(PAUSE_MS);
  }
  return all;
}
