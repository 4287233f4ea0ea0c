import type { Page } from '@playwright/test';
import { tiles } from '../../tests/e2e/window.ts';
import { ask, browse, open, settle } from './moves.ts';
import type { Shot } from './shot.ts';

const world = 'gathered';

/** Collections: gathered from results, looked through, and empty. */
export const COLLECTION_SHOTS: readonly Shot[] = [
  {
    name: 'collection',
    says: 'A collection',
    world,
    async prepare(page) {
      await openCollection(page, 'Autumn window');
    },
  },
  {
    name: 'collection-small',
    says: 'A collection with details, 1,024 x 640',
    world,
    size: 'small',
    async prepare(page) {
      await openCollection(page, 'Autumn window');
      await open(page, 'Items of Autumn window', 2);
    },
  },
  {
    name: 'collection-gone',
    says: 'One that has left the catalog',
    world,
    async prepare(page) {
      await openCollection(page, 'Autumn window');
      await open(page, 'Items of Autumn window', 4);
    },
  },
  {
    name: 'collection-list',
    says: 'A collection as a list',
    world,
    async prepare(page) {
      await openCollection(page, 'Autumn window');
      await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
    },
  },
  {
    name: 'collection-menu',
    says: 'What can be done with an item of it',
    world,
    async prepare(page) {
      await openCollection(page, 'Autumn window');
      await tiles(page, 'Items of Autumn window').nth(1).click({ button: 'right' });
    },
  },
  {
    name: 'collection-empty',
    says: 'Nothing gathered yet',
    world,
    async prepare(page) {
      await openCollection(page, 'Wedding guests');
    },
  },
  {
    name: 'collect-results',
    says: 'Gathering from the results',
    world,
    keepPointer: true,
    async prepare(page) {
      await openCollection(page, 'Autumn window');
      await page.getByRole('link', { name: 'Search' }).click();
      await ask(page, 'green dress');
      await tiles(page, 'Results').nth(2).hover();
      await tiles(page, 'Results').nth(2).getByRole('button', { name: /^Add/ }).click();
      await tiles(page, 'Results').nth(9).hover();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'collect-choose',
    says: 'Choosing or naming a collection',
    world,
    async prepare(page) {
      await browse(page);
      await tiles(page, 'Items').nth(3).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Add to a collection…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];

async function openCollection(page: Page, name: string): Promise<void> {
  await browse(page);
  await page.getByRole('navigation', { name: 'Collections' }).getByRole('button', { name }).click();
  await page.getByRole('heading', { name }).waitFor();
  await settle(page);
}
