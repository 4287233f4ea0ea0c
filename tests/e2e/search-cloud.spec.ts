import {
  startPracticeCloud,
  type PracticeCloud,
} from '../../electron/practice-cloud/start-practice-cloud.ts';
import { clientOf, putAll } from '../../electron/practice-cloud/fixtures/practice-client.ts';
import { runJson } from '../support/command-line.ts';
import { readIndex } from '../support/read-index.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test as base } from './fixtures.ts';
import { details, firstNames, tiles, words } from './window.ts';

const BUCKET = 'corner-shop';
const HERE = 'Results: On this computer';
const THERE = 'Results: S3 Vectors';

const test = base.extend<{ practice: PracticeCloud }>({
  // Playwright needs the empty pattern to know that a fixture has no dependencies.
  // oxlint-disable-next-line no-empty-pattern
  practice: async ({}, use) => {
    const practice = await startPracticeCloud();
    await use(practice);
    await practice.stop();
  },
});

test.use({ start: 'shop' });

test('a published catalog is found in both engines, side by side', async ({
  page,
  host,
  practice,
}) => {
  const engines = page.getByRole('radiogroup', { name: 'Engine' });
  await words(page).fill('a green square');
  const local = await firstNames(page, 5);

  // Before there is anything to search: what to do, and searching here goes on.
  await engines.getByText('S3 Vectors').click();
  await expect(page.getByRole('link', { name: 'Open Cloud' })).toBeVisible();
  await engines.getByText('Both').click();
  await expect(tiles(page, HERE).first()).toHaveAccessibleName(/^A green square/);
  await expect(page.getByRole('link', { name: 'Open Cloud' })).toBeVisible();

  const at = ['--endpoint', practice.endpoint, '--region', 'us-east-1'];
  await runJson(host.dataDir, ['cloud', 'connect', '--source', 'practice', ...at]);
  await runJson(host.dataDir, ['cloud', 'link', 'Corner shop', '--bucket', BUCKET, '--create']);
  await runJson(host.dataDir, ['cloud', 'publish', 'Corner shop', '--yes']);
  const [own] = (
    await readIndex(practice.endpoint, { bucket: BUCKET, name: 'txt-index' })
  ).values();

  await engines.getByText('S3 Vectors').click();
  expect(await firstNames(page, 5)).toEqual(local);
  await expect(page.getByRole('status').filter({ hasText: /^\d+ in \d+ ms/ })).toContainText(
    'words',
  );

  await engines.getByText('Both').click();
  await expect(
    page.getByRole('status').filter({ hasText: 'The same in both: 10 of the first 10' }),
  ).toBeVisible();
  await expect(tiles(page, THERE).first()).toHaveAccessibleName(/^A green square/);

  // What a colleague published is shown without a picture, and can be looked at and searched like.
  const client = clientOf(practice.endpoint);
  await putAll(client, { vectorBucketName: BUCKET, indexName: 'txt-index' }, [
    { key: 'colleague', data: { float32: [...own!.data.float32] }, metadata: { shape: 'spiral' } },
  ]);
  await words(page).fill('a spiral');
  const foreign = tiles(page, THERE).filter({ hasText: 'colleague' });
  await expect(foreign).toHaveAccessibleName(
    /Only S3 Vectors has it.*only in the cloud.*Image not found/,
  );
  await foreign.click();
  await expect(details(page)).toContainText('spiral');
  await expect(details(page)).toContainText('not on this computer');
  await expectAccessible(page, 'both engines, with details');

  await practice.setFaults({ operations: ['QueryVectors'], rates: { AccessDeniedException: 1 } });
  await words(page).fill('a blue circle');
  await expect(page.getByRole('alert')).toContainText('s3vectors:QueryVectors');
  await expect(tiles(page, HERE).first()).toHaveAccessibleName(/^A blue circle/);
  client.destroy();
});
