import type { Page } from '@playwright/test';
import { tiles } from '../../tests/e2e/window.ts';
import { browse, open, settle } from './moves.ts';
import type { Shot } from './shot.ts';

const world = 'sample';

/** Browse: everything there is, narrowed, grouped, as tiles and as a list. */
export const BROWSE_SHOTS: readonly Shot[] = [
  { name: 'browse', says: 'Browse', world, prepare: browse },
  {
    name: 'browse-small',
    says: 'Browse, 1,024 x 640',
    world,
    size: 'small',
    prepare: browseWithDetails,
  },
  { name: 'browse-wide', says: 'Browse, 2,560 x 1,440', world, size: 'wide', prepare: browse },
  { name: 'browse-zoomed', says: 'Browse at 200 %', world, size: 'zoomed', prepare: browse },
  { name: 'browse-detail', says: 'Browse with details', world, prepare: browseWithDetails },
  {
    name: 'browse-hover',
    says: 'The pointer over an item',
    world,
    keepPointer: true,
    async prepare(page) {
      await browse(page);
      await tiles(page, 'Items').nth(8).hover();
    },
  },
  {
    name: 'browse-narrowed',
    says: 'Narrowed by fields',
    world,
    async prepare(page) {
      await browse(page);
      await page.getByRole('checkbox', { name: 'kind: Dresses' }).check();
      await page.getByRole('checkbox', { name: 'gender: Women' }).check();
      await settle(page);
    },
  },
  {
    name: 'browse-groups',
    says: 'In groups',
    world,
    async prepare(page) {
      await browse(page);
      await page.getByRole('combobox', { name: 'Group by' }).selectOption('season');
      await settle(page);
    },
  },
  {
    name: 'browse-list',
    says: 'As a list',
    world,
    keepPointer: true,
    async prepare(page) {
      await browse(page);
      await asList(page);
      await tiles(page, 'Items').nth(8).hover();
    },
  },
  {
    name: 'browse-list-small',
    says: 'As a list in groups, 1,024 x 640',
    world,
    size: 'small',
    async prepare(page) {
      await browse(page);
      await asList(page);
      await page.getByRole('combobox', { name: 'Group by' }).selectOption('season');
      await settle(page);
    },
  },
  {
    name: 'browse-nothing',
    says: 'Nothing fits',
    world,
    async prepare(page) {
      await browse(page);
      await page.getByRole('searchbox').fill('no such thing');
      await page.getByText('Nothing fits all of this').waitFor();
    },
  },
];

async function browseWithDetails(page: Page): Promise<void> {
  await browse(page);
  await open(page, 'Items', 1);
  await settle(page);
}

async function asList(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
  await settle(page);
}
