import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { details, goTo, results, words } from './window.ts';

test.use({ start: 'shop' });

/** In CSS pixels: the smallest window, a laptop's at 200 %, and the smallest window at 200 %. */
const SIZES = [
  { width: 1024, height: 640 },
  { width: 720, height: 450 },
  { width: 512, height: 320 },
] as const;

/**
 * Controls of which a part cannot be reached: cut off by something that does not scroll, or outside
 * of the window. What lies below another thing is for the eye to find.
 */
function clippedControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll('button, input, select, a[href], [role=slider]'),
    ];
    const scrolls = (style: CSSStyleDeclaration, axis: 'x' | 'y') =>
      /auto|scroll/.test(axis === 'x' ? style.overflowX : style.overflowY);
    const isClipped = (control: Element): boolean => {
      const box = control.getBoundingClientRect();
      let reach = { x: false, y: false };
      for (let outer = control.parentElement; outer; outer = outer.parentElement) {
        const style = getComputedStyle(outer);
        if (style.position === 'fixed') break;
        reach = { x: reach.x || scrolls(style, 'x'), y: reach.y || scrolls(style, 'y') };
        if (style.overflow === 'visible') continue;
        const frame = outer.getBoundingClientRect();
        if (!reach.x && (box.left < frame.left - 1 || box.right > frame.right + 1)) return true;
        if (!reach.y && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1)) return true;
      }
      const { innerWidth, innerHeight } = window;
      return (
        (!reach.x && (box.left < -1 || box.right > innerWidth + 1)) ||
        (!reach.y && (box.top < -1 || box.bottom > innerHeight + 1))
      );
    };
    return (
      controls
        .filter((control) => control.checkVisibility({ opacityProperty: true }))
        .filter((control) => control.getBoundingClientRect().width > 2)
        // Radio buttons stand on their labels, which are looked at by their text.
        .filter((control) => control.getAttribute('type') !== 'radio')
        .filter(isClipped)
        .map((control) => control.ariaLabel ?? control.textContent ?? control.tagName)
    );
  });
}

for (const { width, height } of SIZES) {
  test(`no control is cut off at ${width} x ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const expectWhole = async (screen: string) =>
      expect(await clippedControls(page), screen).toEqual([]);
    await words(page).fill('a red square');
    await expect(results(page).first()).toBeVisible();
    await expectWhole('search');
    await results(page).first().focus();
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('3');
    await words(page).fill('a blue circle');
    await expect(page.getByRole('slider', { name: /How much picture/ })).toBeVisible();
    await results(page).first().focus();
    await page.keyboard.press('Enter');
    await expect(details(page).getByRole('heading', { level: 2 })).toBeVisible();
    await expectWhole('search with details');
    await page.keyboard.press('Escape');
    for (const screen of ['Browse', 'Ingest', 'Cloud', 'Settings']) {
      await goTo(page, screen);
      if (screen === 'Browse') await expect(page.getByRole('gridcell').first()).toBeVisible();
      await expectWhole(screen);
    }
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectWhole('keys');
  });
}
