import { readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { copyAsNotebook } from '../support/copy-as-notebook.ts';
import { expect, test } from './fixtures.ts';
import { catalogSwitcher, goTo, statusPill, tiles } from './window.ts';

test.use({ start: 'shop' });

function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

function shopInCloud(page: Page): Locator {
  return region(page, 'Corner shop in S3 Vectors');
}

async function practice(page: Page): Promise<void> {
  await goTo(page, 'Cloud');
  await page.getByRole('button', { name: 'Practice without an account' }).click();
  await expect(region(page, 'Connection')).toContainText('A practice cloud on this computer');
}

async function link(page: Page): Promise<void> {
  await shopInCloud(page).getByRole('button', { name: 'Link', exact: true }).click();
  await expect(yes(page)).toBeVisible();
}

/** Looks through the shop's folder again, as its card in Ingest does. */
async function rescan(page: Page): Promise<void> {
  await goTo(page, 'Ingest');
  const card = region(page, 'Corner shop');
  await card.getByRole('button', { name: 'Rescan' }).click();
  await expect(card).toContainText('38 pictures');
  await goTo(page, 'Cloud');
}

/** The one button after which something is sent. */
function yes(page: Page): Locator {
  return shopInCloud(page).getByRole('button', { name: /^Publish \d+ vectors$/ });
}

async function endpointOf(page: Page): Promise<string> {
  const text = (await region(page, 'Connection').textContent()) ?? '';
  return /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
}

/** Lets the practice cloud behave as told: see docs/practice-cloud.md. */
async function misbehave(page: Page, faults: object): Promise<void> {
  const answer = await fetch(`${await endpointOf(page)}/practice/faults`, {
    method: 'PUT',
    body: JSON.stringify(faults),
  });
  expect(answer.status).toBe(200);
}

const SECRET = 'a secret of forty characters, or thereabouts';
/** The first request is not: a restore begins with it. */
const LISTING_SLOWLY = {
  rates: { latency: 1 },
  latencyMs: 10_000,
  operations: ['ListVectors'],
  script: ['ok'],
};
const SLOWLY = { rates: { latency: 1 }, latencyMs: 3_000, operations: ['PutVectors'] };

test('a catalog is linked, planned, published, paused, gone on with after a reload, and in step', async ({
  page,
}) => {
  await goTo(page, 'Cloud');
  await expectAccessible(page, 'Cloud, not connected');
  await practice(page);
  await region(page, 'Connection').getByRole('button', { name: 'Test' }).click();
  await expect(region(page, 'Connection')).toContainText(/Answered in \d+ ms/);
  await expect(region(page, 'Connection')).toContainText('May do 9 things');
  await expect(shopInCloud(page).getByText(/\d+ of 2,048/)).toBeVisible();
  await expectAccessible(page, 'Cloud, about to link');

  await link(page);
  const plan = page.getByRole('table', { name: 'What publishing would do' });
  await expect(plan.getByRole('row').nth(1)).toHaveAccessibleName(/img-index/);
  await expect(shopInCloud(page)).toContainText('Practice costs nothing');
  await expectAccessible(page, 'Cloud, planned');

  await misbehave(page, SLOWLY);
  await yes(page).click();
  await expect(statusPill(page)).toHaveAccessibleName(/Publishing \d+ of \d+/);
  await shopInCloud(page).getByRole('button', { name: 'Pause' }).click();
  await page.reload();
  await goTo(page, 'Cloud');
  await shopInCloud(page).getByRole('button', { name: 'Resume' }).click();
  await misbehave(page, {});
  await expect(shopInCloud(page)).toContainText(/In step: \d+ vectors/, { timeout: 30_000 });

  // The second plan has nothing to do, and the indexes agree.
  await expect(yes(page)).toBeHidden();
  await misbehave(page, LISTING_SLOWLY);
  const verify = shopInCloud(page).getByRole('button', { name: 'Verify' });
  const verification = region(page, 'Verification');
  await verify.click();
  await verification.getByRole('button', { name: 'Cancel' }).click();
  await expect(verify).toBeVisible();
  await shopInCloud(page).getByRole('checkbox', { name: 'Compare the numbers, too' }).check();
  await verify.click();
  await expect(verification.getByRole('progressbar', { name: 'Pictures' })).toBeVisible();
  await expect(verification).toContainText(/0 of about \d+/);
  await expectAccessible(page, 'Cloud, verifying');
  // It goes on without the window, which finds it again.
  await page.reload();
  await goTo(page, 'Cloud');
  await expect(verification.getByRole('progressbar', { name: 'Names' })).toBeVisible();
  await misbehave(page, {});
  await expect(shopInCloud(page)).toContainText('nothing is missing, unexpected or different', {
    timeout: 30_000,
  });
  await expect(shopInCloud(page)).toContainText('all was in step');
  await goTo(page, 'Ingest');
  await expect(page.getByRole('heading', { name: 'Publish' }).locator('..')).toContainText('done');
});

test('a bucket and an index are made, looked at, and deleted after their name is typed', async ({
  page,
}) => {
  await practice(page);
  const buckets = region(page, 'Buckets and indexes');
  await buckets.getByRole('button', { name: 'Show' }).click();
  await expect(buckets).toContainText('There is no vector bucket');
  await buckets.getByRole('button', { name: 'New bucket…' }).click();
  const making = page.getByRole('dialog', { name: 'New vector bucket' });
  await making.getByRole('textbox', { name: 'Name' }).fill('by-hand');
  await making.getByRole('button', { name: 'Create bucket' }).click();
  await buckets.getByText('by-hand').click();
  await buckets.getByRole('button', { name: 'New index…' }).click();
  const index = page.getByRole('dialog', { name: 'New index in by-hand' });
  await index.getByRole('textbox', { name: 'Name' }).fill('img-index');
  await index.getByRole('spinbutton').fill('16');
  await index.getByRole('textbox', { name: 'Not filterable' }).fill('title, s3_uri');
  await index.getByRole('button', { name: 'Create index' }).click();
  await buckets.getByText('img-index').click();
  await expect(buckets.getByText('title, s3_uri')).toBeVisible();
  await expectAccessible(page, 'Cloud, buckets');

  const edit = buckets.getByRole('button', { name: 'Edit the tags of img-index' });
  await edit.click();
  const tags = page.getByRole('dialog', { name: 'Tags of img-index' });
  const save = tags.getByRole('button', { name: 'Save tags' });
  await tags.getByRole('button', { name: 'Add a tag' }).click();
  await tags.getByRole('textbox', { name: 'Key of tag 1' }).fill('aws:team');
  await tags.getByRole('textbox', { name: 'Value of aws:team' }).fill('shop');
  // The form says which field it is, and nothing is sent.
  await save.click();
  const key = tags.getByRole('textbox', { name: 'Key of aws:team' });
  await expect(key).toBeFocused();
  await key.fill('team');
  await expectAccessible(page, 'Cloud, tags');
  await save.click();
  await expect(buckets).toContainText('team shop');
  await edit.click();
  await tags.getByRole('button', { name: 'Remove team' }).click();
  await save.click();
  await expect(buckets).not.toContainText('team shop');
  await buckets.getByRole('button', { name: 'Edit the tags of by-hand' }).click();
  const ofBucket = page.getByRole('dialog', { name: 'Tags of by-hand' });
  await ofBucket.getByRole('button', { name: 'Add a tag' }).click();
  await ofBucket.getByRole('textbox', { name: 'Key of tag 1' }).fill('cost');
  await ofBucket.getByRole('button', { name: 'Save tags' }).click();
  await expect(buckets).toContainText('cost');

  // An index of another size is refused with both values.
  const shop = shopInCloud(page);
  await shop.getByRole('textbox', { name: 'Bucket' }).fill('by-hand');
  await shop.getByRole('button', { name: 'Link', exact: true }).click();
  await expect(shop.getByRole('alert')).toContainText(/has 16 numbers, the catalog 384 numbers/);

  await buckets.getByRole('button', { name: 'Delete the index img-index' }).click();
  const deleting = page.getByRole('dialog', { name: 'Delete img-index?' });
  const really = deleting.getByRole('button', { name: 'Delete for good' });
  await expect(really).toBeDisabled();
  await deleting.getByRole('textbox').fill('img-index');
  await really.click();
  await expect(buckets).toContainText('No index yet');
  await buckets.getByRole('button', { name: 'Delete the bucket by-hand' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('by-hand');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(buckets).toContainText('There is no vector bucket');
});

test('a server that is not there is named, with what to do, and tried again', async ({ page }) => {
  await goTo(page, 'Cloud');
  await page.getByRole('button', { name: 'Connect to your account' }).click();
  await page
    .getByRole('combobox', { name: 'Credentials' })
    .selectOption('None: a server on this computer');
  await page.getByRole('textbox', { name: 'Region' }).fill('us-east-1');
  await page.getByRole('textbox', { name: 'Endpoint' }).fill('http://127.0.0.1:9');
  await page.getByRole('button', { name: 'Connect and test' }).click();
  const connection = region(page, 'Connection');
  await expect(connection.getByRole('alert')).toContainText(
    'Nothing answers at http://127.0.0.1:9',
  );
  await expect(connection.getByRole('alert')).toContainText('Check the address');
  await expectAccessible(page, 'Cloud, unreachable');
  await connection.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await expect(connection.getByRole('alert')).toContainText('Nothing answers');

  await connection.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('button', { name: 'Practice without an account' })).toBeVisible();
});

test('keys that are typed in reach the service and never the data folder', async ({
  page,
  host,
}) => {
  await practice(page);
  const text = (await region(page, 'Connection').textContent()) ?? '';
  const [endpoint = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('combobox', { name: 'Credentials' }).selectOption('Typed in');
  await page.getByRole('textbox', { name: 'Access key ID' }).fill('AKIAEXAMPLEEXAMPLE12');
  await page.getByLabel('Secret access key').fill(SECRET);
  await page.getByRole('textbox', { name: 'Region' }).fill('us-east-1');
  await page.getByRole('textbox', { name: 'Endpoint' }).fill(endpoint);
  await page.getByRole('button', { name: 'Connect and test' }).click();
  await expect(region(page, 'Connection')).toContainText('Keys that were typed in');
  await expect(region(page, 'Connection')).toContainText(/Answered in \d+ ms/);
  await expect(page.locator('body')).not.toContainText('AKIAEXAMPLE');
  const files = await readdir(host.dataDir, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const bytes = await readFile(path.join(file.parentPath, file.name));
    expect(bytes.includes(SECRET), file.name).toBe(false);
    expect(bytes.includes('AKIAEXAMPLE'), file.name).toBe(false);
  }
});

test('what stands in publishing’s way is said, and it goes on when that is gone', async ({
  page,
}) => {
  await practice(page);
  await link(page);
  await misbehave(page, { rates: { AccessDeniedException: 1 }, operations: ['PutVectors'] });
  await yes(page).click();
  const alert = shopInCloud(page).getByRole('alert');
  await expect(alert).toContainText('the policy must allow s3vectors:PutVectors');
  await expect(statusPill(page)).toHaveAccessibleName(/Publishing is held up/);
  await misbehave(page, {});
  await alert.getByRole('button', { name: 'Try now' }).click();
  await expect(shopInCloud(page)).toContainText(/In step: \d+ vectors/, { timeout: 30_000 });
});

test('indexes that a notebook made are linked after what matches was said', async ({ page }) => {
  await practice(page);
  await link(page);
  await yes(page).click();
  await expect(shopInCloud(page)).toContainText(/In step: \d+ vectors/, { timeout: 30_000 });
  const names = ['img-index', 'txt-index'];
  await copyAsNotebook(await endpointOf(page), { from: 'vitrine-corner-shop', names });
  await shopInCloud(page).getByRole('button', { name: 'Change link…' }).click();
  await shopInCloud(page).getByRole('button', { name: 'Forget this link' }).click();

  const shop = shopInCloud(page);
  await shop.getByRole('textbox', { name: 'Bucket' }).fill('notebook');
  await shop.getByRole('button', { name: 'Link', exact: true }).click();
  const look = shop.getByRole('region', { name: 'What matches' });
  await expect(look).toContainText('384 numbers, cosine, the model is not named');
  await expect(look).toContainText('Made by the same model. Cosine 1.000');
  await expect(look).toContainText(/0 of 48 sampled are keys of this catalog/);
  await expect(look).toContainText(/images\/(\d+)\.jpg is \1 here/);
  await expect(look).toContainText('Fields');
  await expectAccessible(page, 'Cloud, what matches');
  // Nothing is linked before the yes.
  await page.reload();
  await shop.getByRole('textbox', { name: 'Bucket' }).fill('notebook');
  await shop.getByRole('button', { name: 'See what matches' }).click();
  await expect(look).toContainText('Made by the same model');
  await look.getByRole('button', { name: 'Publish the same fields' }).click();
  await expect(
    shop.getByRole('textbox', { name: 'Published name of colour', exact: true }),
  ).toHaveValue('paint');
  await shop.getByRole('button', { name: 'Yes, by the same model' }).click();
  await expect(yes(page)).toBeVisible();
  await expect(shop).toContainText('notebook ·');
});

test('pictures that are missing here are not taken from the indexes without a yes of their own', async ({
  page,
  shop,
}) => {
  await practice(page);
  await link(page);
  await yes(page).click();
  await expect(shopInCloud(page)).toContainText(/In step: \d+ vectors/, { timeout: 30_000 });

  const archive = path.join(shop.catalog, 'images', 'archive');
  const elsewhere = `${shop.catalog}, archive`;
  await rename(archive, elsewhere);
  try {
    await rescan(page);
    const leaving = shopInCloud(page).getByRole('region', { name: 'Vectors that leave' });
    await expect(leaving).toContainText(/24 vectors of \d+ are not in this catalog any more/);
    await expect(leaving).toContainText('24: the pictures are not in the folder');
    await expect(yes(page)).toBeHidden();
    await leaving.getByRole('button', { name: 'Delete 24 vectors…' }).click();
    const asking = page.getByRole('dialog', { name: 'Delete 24 vectors from the indexes?' });
    await expectAccessible(page, 'Cloud, asked to delete');
    await asking.getByRole('button', { name: 'Cancel' }).click();

    // Out of reach altogether, nothing leaves; brought back, all is in step.
    await rename(shop.catalog, `${shop.catalog}, unplugged`);
    await page.reload();
    await expect(leaving).toContainText('They stay, because the folder is out of reach');
    await expect(leaving.getByRole('button')).toHaveCount(0);
    await rename(`${shop.catalog}, unplugged`, shop.catalog);
    await page.reload();
    await leaving.getByRole('button', { name: 'Delete 24 vectors…' }).click();
    await asking.getByRole('button', { name: 'Delete 24 vectors', exact: true }).click();
    await expect(shopInCloud(page)).toContainText(/In step: \d+ vectors/, { timeout: 30_000 });
    await expect(leaving).toBeHidden();
  } finally {
    await rename(elsewhere, archive);
  }
});

test('a catalog whose link was forgotten is restored from its indexes, and searched there', async ({
  page,
}) => {
  await practice(page);
  await link(page);
  await yes(page).click();
  await expect(shopInCloud(page)).toContainText(/In step: \d+ vectors/, { timeout: 30_000 });
  await shopInCloud(page).getByRole('button', { name: 'Change link…' }).click();
  await shopInCloud(page).getByRole('button', { name: 'Forget this link' }).click();

  const buckets = region(page, 'Buckets and indexes');
  await buckets.getByRole('button', { name: 'Show' }).click();
  await buckets.getByText('vitrine-corner-shop').click();

  // What tells the model is not lost by accident.
  await buckets.getByText('img-index').click();
  await buckets.getByRole('button', { name: 'Edit the tags of img-index' }).click();
  const tags = page.getByRole('dialog', { name: 'Tags of img-index' });
  const remove = tags.getByRole('button', { name: 'Remove vitrine:model', exact: true });
  await expect(remove).toBeDisabled();
  await tags.getByRole('checkbox', { name: 'Let me change those, too' }).check();
  await remove.click();
  await expect(tags.getByRole('button', { name: 'Save, the model’s tags too' })).toBeEnabled();
  await tags.getByRole('checkbox').uncheck();
  await expect(tags.getByRole('button', { name: 'Save tags' })).toBeDisabled();
  await tags.getByRole('button', { name: 'Cancel' }).click();

  await misbehave(page, LISTING_SLOWLY);
  await buckets.getByRole('button', { name: 'Restore a catalog…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restore a catalog' });
  await dialog.getByRole('textbox', { name: 'Name of the catalog' }).fill('Shop, restored');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(catalogSwitcher(page, 'Shop, restored')).toBeVisible();
  const restored = region(page, 'Shop, restored in S3 Vectors');
  const restoring = restored.getByRole('region', { name: 'Restoring' });
  await expect(restoring.getByRole('progressbar', { name: 'Pictures' })).toBeVisible();
  await expect(statusPill(page)).toHaveAccessibleName(/Restoring/);
  await expectAccessible(page, 'Cloud, restoring');
  await page.reload();
  await goTo(page, 'Cloud');
  await restoring.getByRole('button', { name: 'Stop' }).click();
  await expect(restoring).toContainText('Not complete yet');
  await expect(restored.getByRole('button', { name: 'Verify' })).toBeHidden();
  await misbehave(page, {});
  await restoring.getByRole('button', { name: 'Go on' }).click();
  const report = restored.getByRole('region', { name: 'Restored' });
  await expect(report).toContainText(/Restored: \d+ items/);
  await expect(restored).toContainText(/In step: \d+ vectors/);
  await report.getByRole('button', { name: 'Close' }).click();
  await expect(report).toBeHidden();
  await goTo(page, 'Browse');
  await expect(tiles(page, 'Items').first()).toBeVisible();
});
