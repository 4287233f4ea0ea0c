import { type Page } from '@playwright/test';
import { details, results, words } from '../../tests/e2e/window.ts';
import { ask, askFused, open, settle } from './moves.ts';
import type { Shot } from './shot.ts';

const world = 'sample';
const LIKE = 'breton stripe long-sleeve tee';
const BOTH = 'green stripes';

/** Search, by words, by picture and by both, with everything that can be opened there. */
export const SEARCH_SHOTS: readonly Shot[] = [
  {
    name: 'start',
    says: 'Search before a question',
    world,
    prepare: (page) => page.getByRole('gridcell').first().waitFor(),
  },
  {
    name: 'search-text',
    says: 'By words',
    world,
    prepare: (page) => ask(page, 'floral summer dress'),
  },
  { name: 'search', says: 'By picture and words, with details', world, prepare: fusedWithDetails },
  {
    name: 'search-small',
    says: 'The same, 1,024 x 640',
    world,
    size: 'small',
    prepare: fusedWithDetails,
  },
  {
    name: 'search-wide',
    says: 'The same, 2,560 x 1,440',
    world,
    size: 'wide',
    prepare: fusedWithDetails,
  },
  {
    name: 'search-zoomed',
    says: 'The same at 200 %',
    world,
    size: 'zoomed',
    prepare: fusedWithDetails,
  },
  {
    name: 'search-hover',
    says: 'The pointer over a result',
    world,
    keepPointer: true,
    async prepare(page) {
      await ask(page, 'brown leather handbag');
      await results(page).nth(2).hover();
    },
  },
  {
    name: 'search-focus',
    says: 'The keyboard on a result',
    world,
    async prepare(page) {
      await ask(page, 'brown leather handbag');
      await words(page).press('ArrowDown');
      await page.keyboard.press('ArrowRight');
    },
  },
  {
    name: 'search-image',
    says: 'By picture',
    world,
    async prepare(page) {
      await ask(page, 'white trainers');
      await open(page, 'Results');
      await details(page).getByRole('button', { name: 'Find similar' }).first().click();
      await settle(page);
    },
  },
  {
    name: 'search-lacks',
    says: 'A mode that lacks its side',
    world,
    async prepare(page) {
      await ask(page, 'white trainers');
      await page.getByRole('radiogroup', { name: 'Mode' }).getByText('Fused').click();
    },
  },
  {
    name: 'filters-open',
    says: 'Choosing filters',
    world,
    async prepare(page) {
      await ask(page, 'summer');
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'filters-on',
    says: 'Within filters',
    world,
    async prepare(page) {
      await ask(page, 'summer');
      await filter(page, ['gender: Women', 'season: Summer', 'season: Spring']);
    },
  },
  {
    name: 'filters-nothing',
    says: 'Nothing is left within the filters',
    world,
    async prepare(page) {
      await ask(page, 'summer');
      // Values that leave nothing are not offered: this is what a catalog that changed leaves behind.
      await page.evaluate(() => {
        const query = JSON.parse(sessionStorage.getItem('vitrine.query') ?? '{}');
        query.state.selection = { kind: ['Handbags'], material: ['Acetate'] };
        sessionStorage.setItem('vitrine.query', JSON.stringify(query));
      });
      await page.reload();
      await page.getByText('Nothing is left within these filters').waitFor();
    },
  },
  {
    name: 'item-menu',
    says: 'The menu of a result',
    world,
    async prepare(page) {
      await ask(page, 'straw hat');
      await results(page).nth(1).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Details' }).waitFor();
    },
  },
  { name: 'crop', says: 'Searching with a part', world, prepare: crop },
  { name: 'crop-small', says: 'The same, 1,024 x 640', world, size: 'small', prepare: crop },
  {
    name: 'cropped',
    says: 'A part as the question',
    world,
    async prepare(page) {
      await crop(page);
      await page.getByRole('button', { name: 'Search with this part' }).click();
      await settle(page);
    },
  },
  {
    name: 'switcher',
    says: 'The catalog menu',
    world,
    async prepare(page) {
      await page.getByRole('button', { name: 'Catalog: Sample catalog' }).click();
      await page.getByRole('menuitem', { name: 'Rescan' }).waitFor();
    },
  },
  {
    name: 'remove',
    says: 'Before a catalog is removed',
    world,
    async prepare(page) {
      await page.getByRole('button', { name: 'Catalog: Sample catalog' }).click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'notification',
    says: 'Something was done',
    world,
    async prepare(page) {
      await ask(page, 'straw hat');
      await open(page, 'Results');
      await details(page).getByRole('button', { name: 'Copy key' }).click();
      await page.getByText(/^Copied/).waitFor();
    },
  },
];

async function fusedWithDetails(page: Page): Promise<void> {
  await askFused(page, LIKE, BOTH);
  await open(page, 'Results');
  await settle(page);
}

async function filter(page: Page, values: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  for (const value of values)
    await page.getByRole('checkbox', { name: value, exact: true }).check();
  await page.keyboard.press('Escape');
  await settle(page);
}

async function crop(page: Page): Promise<void> {
  await ask(page, 'floral summer dress');
  await open(page, 'Results');
  await details(page).getByRole('button', { name: 'Search with a part' }).click();
  await page.getByRole('dialog').locator('img').waitFor();
  await settle(page);
}
