import { rename } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { goTo } from '../../tests/e2e/window.ts';
import {
  beside,
  changedByOthers,
  connected,
  inStep,
  notConnected,
  planned,
  publishing,
  restoring,
  verifying,
} from './cloud-states.ts';
import { settle } from './moves.ts';
import type { Shot } from './shot.ts';

const SLOWLY = { rates: { latency: 1 }, latencyMs: 6_000, operations: ['PutVectors'] };

/** Cloud in each of its states. */
export const CLOUD_SHOTS: readonly Shot[] = [
  {
    name: 'cloud-connect',
    says: 'Connecting with keys',
    world: 'cloud',
    async prepare(page, { app }) {
      await notConnected(app);
      await goTo(page, 'Cloud');
      await page.getByRole('button', { name: 'Connect to your account' }).click();
      await page.getByRole('combobox', { name: 'Credentials' }).selectOption('Typed in');
    },
  },
  {
    name: 'cloud-unreachable',
    says: 'Nothing answers',
    world: 'cloud',
    async prepare(page, { app }) {
      await app.cloud.connections.set({
        source: { kind: 'practice' },
        region: 'us-east-1',
        endpoint: 'http://127.0.0.1:9',
      });
      await goTo(page, 'Cloud');
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'cloud-link',
    says: 'About to link',
    world: 'cloud',
    async prepare(page, { app }) {
      await connected(app);
      await toLink(page);
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByText('Answered in').waitFor();
    },
  },
  {
    name: 'cloud-link-small',
    says: 'The planner of columns, 1,024 x 640',
    world: 'cloud',
    size: 'small',
    async prepare(page, { app }) {
      await connected(app);
      await toLink(page);
      await page.getByText('Makes bucket and indexes').scrollIntoViewIfNeeded();
    },
  },
  ...(['usual', 'zoomed'] as const).map((size): Shot => ({
    name: size === 'usual' ? 'cloud-look' : `cloud-look-${size}`,
    says: 'What matches in the indexes of a notebook',
    world: 'cloud',
    size,
    async prepare(page, { app }) {
      await beside(app, 'notebook');
      await toLink(page);
      await page.getByRole('textbox', { name: 'Bucket' }).fill('notebook');
      await page.getByRole('button', { name: 'Link', exact: true }).click();
      const look = page.getByRole('region', { name: 'What matches' });
      await look.waitFor();
      await page.getByRole('button', { name: 'Yes, by the same model' }).scrollIntoViewIfNeeded();
    },
  })),
  {
    name: 'cloud-plan',
    says: 'The plan and its bill',
    world: 'cloud',
    async prepare(page, { app }) {
      await planned(app);
      await toPlan(page);
    },
  },
  {
    name: 'cloud-plan-small',
    says: 'The plan and its bill, 1,024 x 640',
    world: 'cloud',
    size: 'small',
    async prepare(page, { app }) {
      await planned(app);
      await toPlan(page);
    },
  },
  {
    name: 'cloud-plan-zoomed',
    says: 'The plan and its bill at 200 %',
    world: 'cloud',
    size: 'zoomed',
    async prepare(page, { app }) {
      await planned(app);
      await toPlan(page);
      await page.getByRole('button', { name: /^Publish/ }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'cloud-publishing',
    says: 'Publishing',
    world: 'cloud',
    async prepare(page, { app }) {
      await publishing(app, { ...SLOWLY, script: ['ok'] });
      await goTo(page, 'Cloud');
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await page.waitForTimeout(1_500);
    },
  },
  {
    name: 'cloud-held',
    says: 'Publishing is held up',
    world: 'cloud',
    async prepare(page, { app }) {
      await publishing(app, { rates: { AccessDeniedException: 1 }, operations: ['PutVectors'] });
      await goTo(page, 'Cloud');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'cloud-refused',
    says: 'Refused records',
    world: 'cloud',
    async prepare(page, { app }) {
      await publishing(app, { rates: { ValidationException: 0.9 }, operations: ['PutVectors'] });
      await goTo(page, 'Cloud');
      await page.getByRole('region', { name: 'Refused records' }).waitFor();
    },
  },
  {
    name: 'cloud-in-step',
    says: 'In step, and what the account holds',
    world: 'cloud',
    async prepare(page, { app }) {
      await inStep(app);
      await goTo(page, 'Cloud');
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText(/listed in/).waitFor();
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.locator('summary', { hasText: 'vitrine-sample-catalog' }).click();
      await page.locator('summary', { hasText: 'img-index' }).click();
      await page.getByText('vitrine:model').waitFor();
    },
  },
  {
    name: 'cloud-differs',
    says: 'Somebody else changed the index',
    world: 'cloud',
    async prepare(page, { app }) {
      await changedByOthers(app);
      await goTo(page, 'Cloud');
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText(/mends what differs/).waitFor();
    },
  },
  {
    name: 'cloud-leaving',
    says: 'Most of the folder is missing',
    world: 'partly',
    prepare: toLeaving,
  },
  {
    name: 'cloud-leaving-ask',
    says: 'The yes of its own to delete',
    world: 'partly',
    async prepare(page) {
      await toLeaving(page);
      await page.getByRole('button', { name: /^Delete .* vectors…/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'cloud-withheld',
    says: 'The folder is out of reach',
    world: 'partly',
    async prepare(page, { app }) {
      const { root } = app.catalogs.list()[0]!;
      await rename(root, `${root}, unplugged`);
      try {
        await toLeaving(page);
      } finally {
        await rename(`${root}, unplugged`, root);
      }
    },
  },
  {
    name: 'cloud-policy',
    says: 'The policy to copy',
    world: 'cloud',
    async prepare(page, { app }) {
      await app.cloud.connections.set({
        source: { kind: 'default' },
        region: 'eu-central-1',
        endpoint: null,
      });
      await goTo(page, 'Cloud');
      await page.getByRole('button', { name: 'Policy for your account…' }).click();
      await page.getByRole('dialog').getByText('s3vectors:PutVectors').waitFor();
    },
  },
  {
    name: 'cloud-verifying',
    says: 'Both indexes are compared',
    world: 'cloud',
    async prepare(page, { app }) {
      await verifying(app);
      await goTo(page, 'Cloud');
      await page
        .getByRole('region', { name: 'Verification' })
        .getByText('of about')
        .first()
        .waitFor();
    },
  },
  {
    name: 'cloud-tags',
    says: 'The tags of an index, and what some are for',
    world: 'cloud',
    async prepare(page, { app }) {
      await inStep(app);
      const place = { bucket: 'vitrine-sample-catalog', index: 'img-index' };
      await app.cloud.tags.change(place, { set: { team: 'web shop', cost: 'marketing' } });
      await goTo(page, 'Cloud');
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.locator('summary', { hasText: 'vitrine-sample-catalog' }).click();
      await page.locator('summary', { hasText: 'img-index' }).click();
      await page.getByRole('button', { name: 'Edit the tags of img-index' }).click();
      await page.getByRole('dialog').getByText('tell which model').waitFor();
    },
  },
  {
    name: 'cloud-restoring',
    says: 'A catalog comes back from its indexes',
    world: 'cloud',
    async prepare(page, { app }) {
      await turnTo(page, await restoring(app));
      await page.getByRole('region', { name: 'Restoring' }).getByText('of about').first().waitFor();
    },
  },
];

/** Another catalog is in view from now on. */
async function turnTo(page: Page, catalogId: number): Promise<void> {
  await page.evaluate(
    (id) =>
      localStorage.setItem(
        'vitrine.catalog',
        JSON.stringify({ state: { catalogId: id }, version: 0 }),
      ),
    catalogId,
  );
  await page.reload();
  await goTo(page, 'Cloud');
}

async function toLink(page: Page): Promise<void> {
  await goTo(page, 'Cloud');
  await page.getByText(/of 2,048/).waitFor();
  await settle(page);
}

async function toLeaving(page: Page): Promise<void> {
  await goTo(page, 'Cloud');
  await page.getByRole('region', { name: 'Vectors that leave' }).waitFor();
  await settle(page);
}

async function toPlan(page: Page): Promise<void> {
  await goTo(page, 'Cloud');
  await page.getByRole('button', { name: /^Publish/ }).waitFor();
}
