import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { drawProducts } from '../support/draw-products.ts';
import { startTestApp, temporaryFolder } from '../support/test-app.ts';

test('a dropped folder becomes a catalog, and its copy goes when the catalog is removed', async () => {
  await using folder = await temporaryFolder();
  await drawProducts(folder.path, 3);
  await using running = await startTestApp();
  const { drops, catalogs, runner } = running.app;

  const dropId = await drops.begin('Spring / 2026');
  for (const file of ['products.csv', 'images/1000.jpg', 'images/1001.jpg', 'images/1002.jpg']) {
    await drops.put(dropId, { path: file, bytes: await readFile(path.join(folder.path, file)) });
  }
  const catalogId = await drops.finish(dropId);
  await runner.whenIdle({ catalogId });
  const catalog = catalogs.get(catalogId);
  expect(catalog).toMatchObject({ name: 'Spring _ 2026', items: 3, rows: 3, problems: 0 });
  expect(catalog.root.startsWith(running.dataDir)).toBe(true);

  await catalogs.remove(catalogId);
  expect(existsSync(catalog.root)).toBe(false);
  expect(await readdir(path.join(running.dataDir, 'dropped'))).toEqual(['.incoming']);
});

test('a drop cannot write outside its folder, and an abandoned one leaves nothing', async () => {
  await using running = await startTestApp();
  const { drops } = running.app;
  const dropId = await drops.begin('x');
  for (const file of [
    '../../escaped.txt',
    '..\\..\\escaped.txt',
    '/etc/escaped.txt/../../..',
    '',
  ]) {
    await expect(drops.put(dropId, { path: file, bytes: new Uint8Array(1) })).rejects.toMatchObject(
      {
        code: 'INVALID_INPUT',
      },
    );
  }
  await drops.abandon(dropId);
  expect(await readdir(path.join(running.dataDir, 'dropped', '.incoming'))).toEqual([]);
  await expect(drops.finish(dropId)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('removing a catalog of the user never touches its folder', async () => {
  await using folder = await temporaryFolder();
  await drawProducts(folder.path, 2);
  await using running = await startTestApp();
  const catalogId = await running.app.catalogs.add(folder.path);
  await running.app.runner.whenIdle({ catalogId });
  await running.app.catalogs.remove(catalogId);
  expect(await readdir(path.join(folder.path, 'images'))).toHaveLength(2);
});
