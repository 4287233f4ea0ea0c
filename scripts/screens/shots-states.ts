import { goTo, tiles } from '../../tests/e2e/window.ts';
import { ask, browse, choose, open, settle } from './moves.ts';
import type { Shot } from './shot.ts';

/** Work under way, work that stopped, and catalogs that try the layout. */
export const STATE_SHOTS: readonly Shot[] = [
  {
    name: 'scanning',
    says: 'While the folder is scanned',
    world: 'scanning',
    prepare: (page) => page.getByText('Looking through the folder').waitFor(),
  },
  {
    name: 'scanning-ingest',
    says: 'Ingest while the folder is scanned',
    world: 'scanning',
    prepare: (page) => goTo(page, 'Ingest'),
  },
  {
    name: 'embedding',
    says: 'Searching while embedding',
    world: 'embedding',
    prepare: (page) => ask(page, 'boots'),
  },
  {
    name: 'embedding-start',
    says: 'The first look while embedding',
    world: 'embedding',
    prepare: settle,
  },
  {
    name: 'embedding-browse',
    says: 'Browsing while embedding',
    world: 'embedding',
    prepare: browse,
  },
  {
    name: 'embedding-ingest',
    says: 'Ingest while embedding',
    world: 'embedding',
    prepare: (page) => goTo(page, 'Ingest'),
  },
  { name: 'paused', says: 'Paused', world: 'paused', prepare: (page) => goTo(page, 'Ingest') },
  {
    name: 'paused-search',
    says: 'Searching what there is, paused',
    world: 'paused',
    prepare: (page) => ask(page, 'boots'),
  },
  {
    name: 'offline',
    says: 'The folder is not reachable',
    world: 'offline',
    prepare: (page) => ask(page, 'floral summer dress'),
  },
  {
    name: 'offline-ingest',
    says: 'Ingest without the folder',
    world: 'offline',
    async prepare(page) {
      await goTo(page, 'Ingest');
      await page.getByRole('button', { name: 'Rescan' }).click();
      await settle(page);
    },
  },
  { name: 'damaged', says: 'A model file is damaged', world: 'damaged', prepare: settle },
  {
    name: 'damaged-search',
    says: 'Asking without a model',
    world: 'damaged',
    async prepare(page) {
      await page.getByRole('textbox').first().fill('boots');
      await settle(page);
    },
  },
  {
    name: 'damaged-ingest',
    says: 'Ingest without a model',
    world: 'damaged',
    prepare: (page) => goTo(page, 'Ingest'),
  },
  {
    name: 'damaged-settings',
    says: 'Settings with a damaged model',
    world: 'damaged',
    prepare: (page) => goTo(page, 'Settings'),
  },
  {
    name: 'names',
    says: 'Names without end',
    world: 'corners',
    async prepare(page) {
      await choose(page, 'Endless names');
      await browse(page);
      await open(page, 'Items', 2);
    },
  },
  {
    name: 'names-search',
    says: 'Endless names as results',
    world: 'corners',
    size: 'small',
    async prepare(page) {
      await choose(page, 'Endless names');
      await ask(page, 'coat');
      await open(page, 'Results');
    },
  },
  {
    name: 'names-list',
    says: 'Endless names as a list',
    world: 'corners',
    async prepare(page) {
      await choose(page, 'Endless names');
      await browse(page);
      await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
    },
  },
  {
    name: 'no-names',
    says: 'Pictures without names',
    world: 'corners',
    async prepare(page) {
      await choose(page, 'No names');
      await browse(page);
      await open(page, 'Items', 2);
    },
  },
  {
    name: 'one-item',
    says: 'One item',
    world: 'corners',
    async prepare(page) {
      await choose(page, 'A single thing');
      await open(page, 'Products to start from').catch(() => undefined);
    },
  },
  {
    name: 'one-item-browse',
    says: 'One item in Browse',
    world: 'corners',
    async prepare(page) {
      await choose(page, 'A single thing');
      await browse(page);
    },
  },
  {
    name: 'one-item-alone',
    says: 'Nothing to compare it with',
    world: 'corners',
    async prepare(page) {
      await choose(page, 'A single thing');
      await browse(page);
      await tiles(page, 'Items').first().press('Shift+Enter');
      await settle(page);
    },
  },
  {
    name: 'right-to-left',
    says: 'Right to left',
    world: 'corners',
    async prepare(page) {
      await choose(page, 'מבחר הקיץ');
      await browse(page);
      await open(page, 'Items', 2);
    },
  },
  {
    name: 'right-to-left-search',
    says: 'Right to left, asked',
    world: 'corners',
    async prepare(page) {
      await choose(page, 'מבחר הקיץ');
      await ask(page, 'שמלת ערב שחורה');
    },
  },
  {
    name: 'many-catalogs',
    says: 'Several catalogs',
    world: 'corners',
    prepare: (page) => goTo(page, 'Ingest'),
  },
  {
    name: 'missing-pictures',
    says: 'Pictures that are missing or cannot be read',
    world: 'shop',
    async prepare(page) {
      await browse(page);
      await page.getByRole('combobox', { name: 'Sort by' }).selectOption('key');
      await page.getByTitle('Ascending; turn around').click();
      await settle(page);
      await open(page, 'Items', 0);
    },
  },
  {
    name: 'missing-pictures-list',
    says: 'The same as a list',
    world: 'shop',
    async prepare(page) {
      await browse(page);
      await page.getByRole('combobox', { name: 'Sort by' }).selectOption('key');
      await page.getByTitle('Ascending; turn around').click();
      await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
      await settle(page);
    },
  },
  { name: 'large', says: '44,446 items', world: 'large', prepare: browse },
  {
    name: 'large-search',
    says: '44,446 items, asked',
    world: 'large',
    prepare: (page) => ask(page, 'navy dress'),
  },
  {
    name: 'forced-colours',
    says: 'Forced colours',
    world: 'sample',
    forcedColors: true,
    async prepare(page) {
      await ask(page, 'floral summer dress');
      await open(page, 'Results');
    },
  },
  {
    name: 'key-lost',
    says: 'The address was opened without its key',
    world: 'nothing',
    withoutKey: true,
    prepare: (page) => page.getByRole('alert').waitFor(),
  },
  {
    name: 'reconnecting',
    says: 'Vitrine does not answer',
    world: 'sample',
    async prepare(page, stage) {
      await ask(page, 'floral summer dress');
      await stage.goSilent();
      await page.getByText('Reconnecting').first().waitFor();
    },
  },
];
