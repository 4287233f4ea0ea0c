import { expect, type Locator, type Page } from '@playwright/test';

/** What a spec uses of the window, by the names that its users see and hear. */
export function words(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Describe what you are looking for' });
}

export function tiles(page: Page, grid: string): Locator {
  return page.getByRole('grid', { name: grid }).getByRole('gridcell');
}

export function results(page: Page): Locator {
  return tiles(page, 'Results');
}

export function modes(page: Page): Locator {
  return page.getByRole('radiogroup', { name: 'Mode' });
}

export function details(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Details' });
}

export function catalogSwitcher(page: Page, catalog: string): Locator {
  return page.getByRole('button', { name: `Catalog: ${catalog}` });
}

export function statusPill(page: Page): Locator {
  return page.getByRole('link', { name: /^Status: / });
}

/** Goes to a screen by the rail. */
export async function goTo(page: Page, screen: string): Promise<void> {
  const entry = page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: screen });
  await entry.click();
  await expect(entry).toHaveAttribute('aria-current', 'page');
}

/** The names of the first results, once there are as many. */
export async function firstNames(page: Page, count: number): Promise<string[]> {
  await expect(results(page).nth(count - 1)).toBeVisible();
  const cells = await results(page).all();
  return Promise.all(cells.slice(0, count).map(nameOf));
}

/** A tile is labelled by its name, then by its numbers. */
async function nameOf(cell: Locator): Promise<string> {
  return cell.evaluate((element) => {
    const [nameId] = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    return document.getElementById(nameId ?? '')?.textContent ?? '';
  });
}

/**
 * Drops files or folders of this computer on the window, as the system does: through the browser's
 * own drag and drop, so that folders come as folders.
 */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 720, y: 500, data });
  }
  await session.detach();
}
