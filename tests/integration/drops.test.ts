import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MAX_DROPPED_FILE_BYTES } from '../../shared/contract/app.ts';
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
  const { catalogId, refused } = await drops.finish(dropId);
  expect(refused).toBe(0);
  await runner.whenIdle({ catalogId });
  const catalog = catalogs.get(catalogId);
  expect(catalog).toMatchObject({ name: 'Spring _ 2026', items: 3, rows: 3, problems: 0 });
  expect(catalog.root.startsWith(running.dataDir)).toBe(true);

  await catalogs.remove(catalogId);
  expect(existsSync(catalog.root)).toBe(false);
  expect(await readdir(path.join(running.dataDir, 'dropped'))).toEqual(['.incoming']);
});

test('a file that cannot be taken costs only itself, and stays among the problems', async () => {
  await using folder = await temporaryFolder();
  await drawProducts(folder.path, 2);
  await using running = await startTestApp();
  const { drops, catalogs, runner, ingest, problems } = running.app;
  const dropId = await drops.begin('Spring');
  const put = async (name: string, bytes: Uint8Array) => drops.put(dropId, { path: name, bytes });
  const first = await readFile(path.join(folder.path, 'images', '1000.jpg'));
  // A folder and a file of one name, a name too long for any file system, a file too large.
  expect(await put('a.jpg', first)).toBe(true);
  expect(await put('a.jpg/b.jpg', first)).toBe(false);
  expect(await put(`${'x'.repeat(300)}.jpg`, first)).toBe(false);
  expect(await put('large.csv', new Uint8Array(MAX_DROPPED_FILE_BYTES + 1))).toBe(false);
  drops.leaveOut(dropId, { path: 'locked.jpg', cause: { kind: 'unreadable' } });
  drops.leaveOut(dropId, { path: 'big.csv', cause: { kind: 'too-large', bytes: 5e9 } });
  expect(await put('c.jpg', first)).toBe(true);

  const { catalogId, refused } = await drops.finish(dropId);
  expect(refused).toBe(5);
  await runner.whenIdle({ catalogId });
  expect(catalogs.get(catalogId)).toMatchObject({ items: 2, problems: 5, embedded: { image: 2 } });
  const listed = () =>
    problems
      .list({ catalogId, offset: 0, limit: 9 })
      .map(({ kind, stage, file, reason }) => ({ kind, stage, file: file?.slice(0, 11), reason }));
  const expected = [
    ['a.jpg/b.jpg', expect.stringContaining('cannot be copied under this name')],
    ['xxxxxxxxxxx', expect.stringContaining('cannot be copied under this name')],
    ['large.csv', 'Its 301 MB are more than the 300 MB that can be dropped'],
    ['locked.jpg', 'The browser cannot read it'],
    ['big.csv', 'Its 4769 MB are more than the 300 MB that can be dropped'],
  ].map(([file, reason]): unknown => ({ kind: 'file-refused', stage: 'drop', file, reason }));
  expect(listed()).toEqual(expected);
  // No scan of the copy can know of them, so none takes them away; and a retry cannot help.
  ingest.scan(catalogId);
  await runner.whenIdle({ catalogId });
  expect(listed()).toEqual(expected);
  expect(ingest.retry({ catalogId })).toBe(0);
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
