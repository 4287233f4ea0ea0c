import type { Page } from '@playwright/test';

/** Milliseconds from what the user did until the window shows what it leads to. */
export interface Painted {
  /** Until the items stand there. */
  readonly tilesMs: number;
  /** Until every picture in view is there too. */
  readonly picturesMs: number;
}

interface Probe {
  armed: Promise<Painted> | null;
}

declare global {
  interface Window {
    benchProbe?: Probe;
  }
}

/** Nothing a user waits for takes longer; something is broken then. */
const TIMEOUT_MS = 20_000;

/**
 * Does something in the window and times its result inside the window: from the time stamp of the
 * event that the browser gave the page, until the frame in which the cells of the grid differ from
 * before has been painted. Nothing of the driver is in it.
 *
 * @param event the DOM event that begins it.
 */
export async function timeToPaint(
  page: Page,
  { grid, event }: { readonly grid: string; readonly event: string },
  act: () => Promise<unknown>,
): Promise<Painted> {
  await page.evaluate(arm, { grid, event, timeoutMs: TIMEOUT_MS });
  await act();
  const painted = await page.evaluate(async () => window.benchProbe?.armed);
  if (painted === undefined || painted === null) throw new Error('The window was loaded anew');
  return painted;
}

/** Runs in the page. */
function arm({ grid, event, timeoutMs }: { grid: string; event: string; timeoutMs: number }): void {
  const cells = () => [
    ...document.querySelectorAll(`[role="grid"][aria-label="${grid}"] [role="gridcell"]`),
  ];
  const isInView = (element: Element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && box.width > 0;
  };
  const look = () =>
    cells()
      .slice(0, 12)
      .map((cell) => `${cell.textContent} ${cell.querySelector('img')?.src ?? ''}`)
      .join('\n');
  const before = look();
  window.benchProbe = {
    armed: new Promise<Painted>((resolve, reject) => {
      window.addEventListener(
        event,
        ({ timeStamp }) => {
          let tilesAt: number | null = null;
          // A message posted before a frame is painted arrives right after it.
          const afterPaint = (then: () => void) => {
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', then, { once: true });
            port1.start();
            port2.postMessage(null);
          };
          const check = () => {
            if (performance.now() - timeStamp > timeoutMs) {
              reject(new Error(`Nothing changed in "${grid}" after ${event}`));
              return;
            }
            const now = look();
            const isThere = now !== '' && now !== before && !/^ $/m.test(now);
            if (tilesAt === null && isThere) {
              tilesAt = 0;
              afterPaint(() => (tilesAt = performance.now() - timeStamp));
            } else if (tilesAt !== null && tilesAt > 0) {
              const pictures = cells()
                .filter(isInView)
                .flatMap((cell) => [...cell.querySelectorAll('img')]);
              if (pictures.every((picture) => picture.complete)) {
                const tilesMs = tilesAt;
                afterPaint(() => resolve({ tilesMs, picturesMs: performance.now() - timeStamp }));
                return;
              }
            }
            requestAnimationFrame(check);
          };
          requestAnimationFrame(check);
        },
        { capture: true, once: true },
      );
    }),
  };
}

/** Waits until a grid shows items with all pictures in view. */
export async function untilPainted(page: Page, grid: string): Promise<void> {
  const isThere = (name: string) => {
    const cells = [
      ...document.querySelectorAll(`[role="grid"][aria-label="${name}"] [role="gridcell"]`),
    ];
    return (
      cells.length > 0 &&
      cells.every((cell) => [...cell.querySelectorAll('img')].every((image) => image.complete))
    );
  };
  // Not at every frame: looking must not take what it looks at.
  await page.waitForFunction(isThere, grid, { polling: 40 });
}
