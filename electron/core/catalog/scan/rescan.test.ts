import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { noteGivenUp } from '../../ingest/give-up.ts';
import { CatalogOnDisk, KAGGLE, PICTURE } from './fixtures/catalog-on-disk.ts';
import { scanCatalog } from './scan-catalog.ts';
import type { ScanProgress } from './scan-catalog.ts';

describe('scanning again', () => {
  const embedded = (catalog: CatalogOnDisk) =>
    catalog.db.prepare(`UPDATE item SET image_stale = 0`).run();

  test('writes nothing when nothing changed', async () => {
    const catalog = await CatalogOnDisk.create(KAGGLE);
    await catalog.scan();
    embedded(catalog);
    const before = { items: catalog.items(), problems: catalog.found() };
    const summary = await catalog.scan();
    expect(summary).toMatchObject({ items: 4, added: 0, changed: 0, removed: 0 });
    expect({ items: catalog.items(), problems: catalog.found() }).toEqual(before);
    expect(catalog.catalogs.get(catalog.id).revision).toBe(1);
  });

  test('a new name clears what was wrong with the old one, a new picture likewise', async () => {
    const table = (name: string) => ({ 'a.csv': `id,name\n1,${name}\n` });
    const catalog = await CatalogOnDisk.create({ ...table('Bad'), '1.jpg': PICTURE });
    await catalog.scan();
    const refuse = (kind: 'picture-truncated' | 'name-unreadable', modality: 'image' | 'text') =>
      catalog.problems.add({
        catalogId: catalog.id,
        itemId: catalog.items()[0]!.id,
        itemKey: '1',
        stage: 'embed',
        modality,
        kind,
        severity: 'problem',
        file: null,
        line: null,
        field: null,
        reason: 'r',
        action: 'a',
        raw: null,
      });
    refuse('picture-truncated', 'image');
    refuse('name-unreadable', 'text');
    const kinds = async () => {
      await catalog.scan();
      return catalog.found().map(({ kind }) => kind);
    };
    expect(await kinds()).toEqual(['name-unreadable', 'picture-truncated']);
    await catalog.write(table('Good'));
    expect(await kinds()).toEqual(['picture-truncated']);
    refuse('name-unreadable', 'text');
    await catalog.write({ '1.jpg': 'another picture' });
    expect(await kinds()).toEqual(['name-unreadable']);
  });

  test('a scan that succeeds takes away that an earlier one was given up', async () => {
    const catalog = await CatalogOnDisk.create({ '1.jpg': PICTURE });
    const job = { id: 1, kind: 'scan', catalogId: catalog.id, itemId: null, attempts: 5 } as const;
    noteGivenUp(catalog, { job, kind: 'scan', error: 'disk I/O error' });
    expect(catalog.told()).toHaveLength(1);
    await catalog.scan();
    expect(catalog.told()).toEqual([]);
  });

  test('finds what is new, what changed and what is gone', async () => {
    const catalog = await CatalogOnDisk.create({
      'a.csv': 'id,name,price\n1,One,5\n2,Two,6\n3,Three,7\n',
      '1.jpg': PICTURE,
      '2.jpg': PICTURE,
      '3.jpg': PICTURE,
      '4.jpg': '',
    });
    await catalog.scan();
    embedded(catalog);
    expect(catalog.told('picture-empty')).toEqual([
      'picture-empty 4.jpg Not a picture: 0 bytes | Copy the file again',
    ]);
    const id = (key: string) => catalog.items().find((item) => item.key === key)!.id;
    const ids = [id('1'), id('2')];
    await catalog.write({
      'a.csv': 'id,name,price,colour\n1,One,5,\n2,Deux,n/a,red\n5,Five,9,\n',
      '1.jpg': 'another picture',
      '4.jpg': PICTURE,
      '5.jpg': PICTURE,
    });
    await rm(catalog.at('3.jpg'));
    const summary = await catalog.scan();
    expect(summary).toMatchObject({ items: 4, added: 1, changed: 3, removed: 1 });
    expect(summary.problems).toEqual({ 'picture-without-row': 1 });
    expect(catalog.found('picture-empty')).toEqual([]);
    expect(
      catalog.items().map(({ key, name, stale, metadata }) => ({ key, name, stale, metadata })),
    ).toEqual([
      { key: '1', name: 'One', stale: 1, metadata: { id: 1, name: 'One', price: '5' } },
      {
        key: '2',
        name: 'Deux',
        stale: 0,
        metadata: { id: 2, name: 'Deux', price: 'n/a', colour: 'red' },
      },
      { key: '4', name: '', stale: 1, metadata: {} },
      { key: '5', name: 'Five', stale: 1, metadata: { id: 5, name: 'Five', price: '9' } },
    ]);
    expect([id('1'), id('2')]).toEqual(ids);
    expect(
      catalog.catalogs.fields(catalog.id).map((field) => `${field.name}:${field.type}`),
    ).toEqual(['id:number', 'name:string', 'price:string', 'colour:string']);
    expect(
      catalog.db
        .prepare(`SELECT count(*) FROM item_field WHERE typeof(value) = 'real'`)
        .pluck()
        .get(),
    ).toBe(3);
    expect(catalog.catalogs.get(catalog.id).revision).toBe(2);
  });

  test('tries a picture again that was not there when it was to be embedded', async () => {
    const catalog = await CatalogOnDisk.create({ 'a.jpg': PICTURE });
    await catalog.scan();
    catalog.db.prepare(`UPDATE item SET image_stale = 0, image_missing = 1`).run();
    expect(await catalog.scan()).toMatchObject({ changed: 1 });
    expect(catalog.db.prepare(`SELECT image_stale, image_missing FROM item`).raw().get()).toEqual([
      1, 0,
    ]);
  });

  test('takes a touched or moved picture for one that may have changed', async () => {
    const catalog = await CatalogOnDisk.create({
      'a/1.jpg': PICTURE,
      'a/2.jpg': PICTURE,
      'a/3.jpg': PICTURE,
    });
    await catalog.scan();
    embedded(catalog);
    await utimes(catalog.at('a/1.jpg'), 1000, 1000);
    await catalog.write({ 'b/x': '' });
    await rename(catalog.at('a/2.jpg'), catalog.at('b/2.jpg'));
    await catalog.scan();
    expect(catalog.items().map(({ key, path, stale }) => [key, path, stale])).toEqual([
      ['1', 'a/1.jpg', 1],
      ['2', 'b/2.jpg', 1],
      ['3', 'a/3.jpg', 0],
    ]);
  });

  test('forgets fields of a table that is gone', async () => {
    const catalog = await CatalogOnDisk.create({ 'a.csv': 'id,name\n1,One\n', '1.jpg': PICTURE });
    await catalog.scan();
    await rm(catalog.at('a.csv'));
    await catalog.scan();
    expect(catalog.catalogs.fields(catalog.id)).toEqual([]);
    expect(catalog.items()).toMatchObject([{ key: '1', name: '1', metadata: {}, row: null }]);
  });

  test('loses nothing when the folder cannot be reached', async () => {
    const catalog = await CatalogOnDisk.create(KAGGLE);
    await catalog.scan();
    await rename(catalog.root, `${catalog.root}.away`);
    try {
      await expect(catalog.scan()).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
      expect(catalog.keys()).toEqual(['1', '2', '4', 'red-bag']);
    } finally {
      await rename(`${catalog.root}.away`, catalog.root);
    }
  });

  test('a file in place of the folder is told apart', async () => {
    const catalog = await CatalogOnDisk.create({});
    await rm(catalog.root, { recursive: true });
    await writeFile(catalog.root, '');
    await expect(catalog.scan()).rejects.toThrow('is a file, not a folder');
  });
});

describe('while it runs', () => {
  test('tells its progress by phases', async () => {
    const catalog = await CatalogOnDisk.create(KAGGLE);
    const told: ScanProgress[] = [];
    await scanCatalog(catalog.db, catalog.id, { onProgress: (progress) => told.push(progress) });
    expect(told.filter((progress) => progress.done === progress.total)).toEqual([
      { phase: 'folder', done: 4, total: 4 },
      { phase: 'rows', done: 10, total: 10 },
      { phase: 'join', done: 4, total: 4 },
    ]);
  });

  test('stops when the catalog is removed', async () => {
    const files = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`${n}.jpg`, PICTURE]));
    const catalog = await CatalogOnDisk.create(files);
    let removal: Promise<void> | undefined;
    const scan = scanCatalog(catalog.db, catalog.id, {
      onProgress: ({ phase, total }) => {
        if (phase === 'join' && total === 2000) removal ??= catalog.catalogs.remove(catalog.id);
      },
    });
    await expect(scan).rejects.toMatchObject({ code: 'CATALOG_NOT_FOUND' });
    await removal;
    for (const table of ['catalog', 'item', 'problem']) {
      expect(catalog.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    }
  });

  test('is cancelled, and the next scan finishes the work', async () => {
    const catalog = await CatalogOnDisk.create(KAGGLE);
    const controller = new AbortController();
    const scan = scanCatalog(catalog.db, catalog.id, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await catalog.scan()).toMatchObject({ items: 4 });
  });
});
