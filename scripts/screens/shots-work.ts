import { goTo } from '../../tests/e2e/window.ts';
import { settle } from './moves.ts';
import type { Shot } from './shot.ts';

/** Ingest, Cloud and Settings. */
export const WORK_SHOTS: readonly Shot[] = [
  {
    name: 'ingest',
    says: 'Ingest, done',
    world: 'sample',
    prepare: (page) => goTo(page, 'Ingest'),
  },
  {
    name: 'ingest-problems',
    says: 'Problems by kind',
    world: 'shop',
    async prepare(page) {
      await goTo(page, 'Ingest');
      await page.getByRole('table').waitFor();
    },
  },
  {
    name: 'ingest-problems-small',
    says: 'Problems by kind, 1,024 x 640',
    world: 'shop',
    size: 'small',
    async prepare(page) {
      await goTo(page, 'Ingest');
      await page.getByRole('table').waitFor();
      await page.locator('summary').first().click();
    },
  },
  {
    name: 'ingest-zoomed',
    says: 'Ingest at 200 %',
    world: 'shop',
    size: 'zoomed',
    prepare: (page) => goTo(page, 'Ingest'),
  },
  {
    name: 'ingest-notices',
    says: 'Notices',
    world: 'shop',
    async prepare(page) {
      await goTo(page, 'Ingest');
      await page.getByRole('radiogroup', { name: 'Severity' }).getByText('Notices').click();
      await settle(page);
    },
  },
  { name: 'cloud', says: 'Cloud', world: 'sample', prepare: (page) => goTo(page, 'Cloud') },
  {
    name: 'settings',
    says: 'Settings',
    world: 'sample',
    prepare: (page) => goTo(page, 'Settings'),
  },
  {
    name: 'settings-small',
    says: 'Settings, 1,024 x 640',
    world: 'sample',
    size: 'small',
    prepare: (page) => goTo(page, 'Settings'),
  },
  {
    name: 'keys',
    says: 'The cheat sheet',
    world: 'sample',
    async prepare(page) {
      await page.getByRole('gridcell').first().waitFor();
      await page.getByRole('gridcell').first().focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];
