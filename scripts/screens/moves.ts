import type { Page } from '@playwright/test';
import { catalogSwitcher, details, goTo, results, tiles, words } from '../../tests/e2e/window.ts';

/** Until pictures are there and nothing moves. */
export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(350);
  await page
    .waitForFunction(() => [...document.images].every((image) => image.complete), undefined, {
      timeout: 8_000,
    })
    .catch(() => undefined);
  await page.waitForTimeout(250);
}

/** Asks by words and waits for the answer. */
export async function ask(page: Page, text: string): Promise<void> {
  await words(page).fill(text);
  await results(page).first().waitFor();
  await settle(page);
}

/** A picture and words at once, and the first result opened. */
export async function askFused(page: Page, like: string, text: string): Promise<void> {
  await ask(page, like);
  await results(page).first().click();
  await details(page).getByRole('button', { name: 'Find similar' }).first().click();
  await settle(page);
  await words(page).fill(text);
  await page.getByRole('radiogroup', { name: 'Mode' }).getByText('Fused').click();
  await settle(page);
}

/** Opens the details of a result or an item. */
export async function open(page: Page, grid: string, at = 0): Promise<void> {
  await tiles(page, grid).nth(at).click();
  await details(page).getByRole('heading', { level: 2 }).waitFor();
}

export async function browse(page: Page): Promise<void> {
  await goTo(page, 'Browse');
  await tiles(page, 'Items').first().waitFor();
}

/** Turns to one of several catalogs. */
export async function choose(page: Page, catalog: string): Promise<void> {
  await catalogSwitcher(page, '').click();
  await page.getByRole('menuitem', { name: catalog }).click();
  await catalogSwitcher(page, catalog).waitFor();
  await settle(page);
}

/** Drags a file over the window, and holds it there. */
export async function dragOver(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  }
}
