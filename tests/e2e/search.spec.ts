import { expect, test } from './fixtures.ts';
import { details, firstNames, modes, results, words } from './window.ts';

test.use({ start: 'shop' });

test('the mode follows what is given, and each mode says what it lacks', async ({ page }) => {
  await words(page).fill('a green square');
  await expect(results(page).first()).toHaveAccessibleName(/^A green square/);
  await expect(modes(page).getByRole('radio', { name: 'Text' })).toBeChecked();
  await expect(results(page).first().getByTitle('Rank 1 by words')).toBeVisible();

  await modes(page).getByText('Image').click();
  await expect(page.getByRole('status').filter({ hasText: 'Add a picture' })).toBeVisible();
  // What was found stays until there is something better.
  await expect(results(page).first()).toHaveAccessibleName(/^A green square/);

  await modes(page).getByText('Fused').click();
  await expect(page.getByRole('status').filter({ hasText: 'Add a picture' })).toBeVisible();
  await results(page).first().hover();
  await results(page)
    .first()
    .getByRole('button', { name: /^Find similar/ })
    .click();
  await expect(page.getByRole('status').filter({ hasText: 'Add a picture' })).toBeHidden();
});

test('only results near the view are drawn, and the wheel leads to the last', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await words(page).fill('a square');
  await expect(page.getByRole('status').filter({ hasText: '50 of 50 in' })).toBeVisible();
  await expect(results(page).first()).toBeInViewport();
  expect(await results(page).count()).toBeLessThan(50);
  await results(page).first().hover();
  await page.mouse.wheel(0, 10_000);
  await expect(page.locator('[data-place="49"]')).toBeInViewport();
});

test('1, 2 and 3 choose the mode, but are text inside the words', async ({ page }) => {
  await words(page).fill('a green square');
  await words(page).press('3');
  await expect(words(page)).toHaveValue('a green square3');
  await expect(results(page).first()).toBeVisible();
  await results(page).first().focus();
  for (const [key, name] of [
    ['1', 'Image'],
    ['3', 'Fused'],
    ['2', 'Text'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(modes(page).getByRole('radio', { name })).toBeChecked();
  }
});

test('fused results show both ranks, and the weights move them', async ({ page }) => {
  await words(page).fill('a red stripe');
  await expect(results(page).first()).toHaveAccessibleName(/^A red stripe/);
  // The picture says circle, the words say stripe.
  await words(page).fill('a yellow circle');
  await expect(results(page).first()).toHaveAccessibleName(/^A yellow circle/);
  await results(page).first().hover();
  await results(page)
    .first()
    .getByRole('button', { name: /^Find similar/ })
    .click();
  await words(page).fill('a red stripe');
  await modes(page).getByText('Fused').click();
  await expect(results(page).first().getByTitle('Fused score')).toBeVisible();
  await expect(
    results(page)
      .first()
      .getByTitle(/Rank \d+ by/)
      .first(),
  ).toBeVisible();

  const balance = page.getByRole('slider', { name: 'How much picture and words count' });
  await balance.fill('1');
  await expect(balance).toHaveAttribute('aria-valuetext', 'Picture 0 %, words 100 %');
  await expect(results(page).first()).toHaveAccessibleName(/^A red stripe/);
  await balance.fill('0');
  await expect(results(page).first()).toHaveAccessibleName(/circle/);
  await balance.dblclick();
  await expect(balance).toHaveValue('0.5');
});

test('filters narrow the results, with counts, and are taken out again', async ({ page }) => {
  await words(page).fill('a square');
  await expect(page.getByRole('status').filter({ hasText: 'of 50 in' })).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('checkbox', { name: 'colour: blue' }).check();
  await page.getByRole('checkbox', { name: 'shape: circle' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status').filter({ hasText: '4 of 4 in' })).toBeVisible();
  expect(await firstNames(page, 4)).toEqual(Array.from({ length: 4 }, () => 'A blue circle'));

  await page.getByRole('button', { name: 'Remove filter colour: blue' }).click();
  await expect(page.getByRole('status').filter({ hasText: '16 of 16 in' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter shape: circle' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'of 50 in' })).toBeVisible();
});

test('the details tell everything, and lead on to what is similar', async ({ page }) => {
  await words(page).fill('a blue stripe');
  await expect(results(page).first()).toHaveAccessibleName(/^A blue stripe/);
  await results(page).first().click();
  const panel = details(page);
  await expect(panel.getByRole('heading', { name: 'A blue stripe' })).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'Why it is first' })).toBeVisible();
  await expect(panel.getByText(/products\.csv, line \d+/)).toBeVisible();
  await expect(panel.getByText(/^10\d\d · images\/\d+\.jpg$/)).toBeVisible();
  await expect(panel.getByText(/Corner shop\/images\/\d+\.jpg$/)).toBeVisible();
  await panel.getByRole('button', { name: 'Copy key' }).click();
  await expect(page.getByText(/^Copied 10\d\d$/)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^10\d\d$/);

  const neighbours = panel.getByRole('region', { name: 'Looks like it' });
  await expect(neighbours.getByRole('button')).toHaveCount(9);
  await neighbours.getByRole('button').first().click();
  await expect(panel.getByRole('heading', { level: 2 })).toBeVisible();
  await panel.getByRole('button', { name: 'Find similar' }).click();
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});

test('as many results as asked for', async ({ page }) => {
  await words(page).fill('a square');
  await page.getByRole('combobox', { name: 'How many results' }).selectOption('Top 20');
  await expect(page.getByRole('status').filter({ hasText: '20 of 50 in' })).toBeVisible();
});

test('more results come below the ones that are there', async ({ page }) => {
  await words(page).fill('a square');
  await page.getByRole('combobox', { name: 'How many results' }).selectOption('Top 20');
  const facts = page.getByRole('status').filter({ hasText: 'of 50 in' });
  await expect(facts).toContainText('20 of 50');
  const grid = page.getByRole('grid', { name: 'Results' });
  const more = page.getByRole('button', { name: 'Show 50' });
  await more.scrollIntoViewIfNeeded();
  const top = () => grid.evaluate((element) => element.getBoundingClientRect().top);
  const before = await top();
  await more.click();
  await expect(facts).toContainText('50 of 50');
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
  await expect(more).toBeHidden();
});

test('what was found stays where it is until the next is there', async ({ page }, info) => {
  test.skip(info.project.name === 'electron', 'A message port cannot be slowed down.');
  let delayMs = 0;
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => {
      setTimeout(() => socket.send(message), delayMs);
    });
  });
  await page.reload();
  await words(page).fill('a red square');
  await expect(results(page).first()).toHaveAccessibleName(/^A red square/);
  const grid = page.getByRole('grid', { name: 'Results' });
  const box = await grid.boundingBox();
  delayMs = 1_500;
  await words(page).fill('a blue');
  await page.waitForTimeout(300);
  await words(page).fill('a blue circle');
  await expect(page.locator('output[data-busy]')).toBeVisible();
  await expect(results(page).first()).toHaveAccessibleName(/^A red square/);
  expect(await grid.boundingBox()).toEqual(box);
  await expect(results(page).first()).toHaveAccessibleName(/^A blue circle/);
});

test('screen readers are told what a question brought', async ({ page }) => {
  const said = page.locator('[aria-live="polite"][data-announcer]');
  await words(page).pressSequentially('a red square', { delay: 30 });
  await expect(said).toHaveText(/^50 results in [\d.,]+ ms/);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('checkbox', { name: 'shape: circle' }).check();
  await expect(said).toHaveText(/^16 results in/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a result dropped on the query is asked with', async ({ page }) => {
  await words(page).fill('a yellow square');
  await expect(results(page).first()).toHaveAccessibleName(/^A yellow square/);
  await results(page).first().dragTo(words(page));
  await expect(page.getByRole('button', { name: 'Clear the picture' })).toBeVisible();
  await expect(words(page)).toHaveValue('a yellow square');
});
