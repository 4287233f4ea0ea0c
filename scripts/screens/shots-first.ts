import { goTo } from '../../tests/e2e/window.ts';
import { dragOver } from './moves.ts';
import type { Shot } from './shot.ts';
import { ROOT } from './stage.ts';

const world = 'nothing';

/** Before there is a catalog. */
export const FIRST_SHOTS: readonly Shot[] = [
  { name: 'first-run', says: 'First run', world, prepare: waitForChoice },
  {
    name: 'first-run-small',
    says: 'First run, 1,024 x 640',
    world,
    size: 'small',
    prepare: waitForChoice,
  },
  {
    name: 'first-run-wide',
    says: 'First run, 2,560 x 1,440',
    world,
    size: 'wide',
    prepare: waitForChoice,
  },
  {
    name: 'first-run-zoomed',
    says: 'First run at 200 %',
    world,
    size: 'zoomed',
    prepare: waitForChoice,
  },
  {
    name: 'folder-dialog',
    says: 'Choosing a folder in the browser',
    world,
    async prepare(page) {
      await page.getByRole('button', { name: 'Open a folder' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill(ROOT);
      await dialog.getByRole('button', { name: 'Go there' }).click();
      await dialog.getByRole('list').getByRole('button', { name: 'shared' }).waitFor();
    },
  },
  {
    name: 'folder-dialog-lost',
    says: 'A folder that is not there',
    world,
    async prepare(page) {
      await page.getByRole('button', { name: 'Open a folder' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill('/pictures/of/last/year');
      await dialog.getByRole('button', { name: 'Go there' }).click();
      await dialog.getByRole('alert').waitFor();
    },
  },
  {
    name: 'drop',
    says: 'Something is dragged over the window',
    world,
    async prepare(page) {
      await waitForChoice(page);
      await dragOver(page, ROOT);
      await page.getByText('Drop it here').waitFor();
      // The overlay goes when the drag falls silent; a drag of the system never does.
      await page.evaluate(() => {
        setInterval(() => {
          const data = new DataTransfer();
          data.items.add(new File([''], 'a'));
          window.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, cancelable: true }));
        }, 200);
      });
    },
  },
  {
    name: 'settings-empty',
    says: 'Settings without a catalog',
    world,
    prepare: (page) => goTo(page, 'Settings'),
  },
];

async function waitForChoice(page: Parameters<Shot['prepare']>[0]): Promise<void> {
  await page.getByRole('button', { name: 'Try the sample catalog' }).waitFor();
}
