import { describe, expect, test } from 'vitest';
import { VitrineError } from '../../errors.ts';
import { CatalogOnDisk, KAGGLE, PICTURE } from './fixtures/catalog-on-disk.ts';

describe('the layout of the Kaggle fashion set', () => {
  test('gives an item to every picture and a reason to every row that has none', async () => {
    const catalog = await CatalogOnDisk.create(KAGGLE);
    const summary = await catalog.scan();
    expect(summary).toMatchObject({
      items: 4,
      images: 4,
      rows: 6,
      added: 4,
      changed: 0,
      removed: 0,
    });
    expect(summary.problems).toEqual({
      'row-without-name': 1,
      'row-without-picture': 1,
      'row-does-not-fit': 1,
      'duplicate-key': 1,
      'unclosed-quote': 1,
      'link-undefined': 2,
      'picture-without-row': 2,
    });
    expect(
      catalog.items().map(({ key, name, metadata, row }) => ({ key, name, metadata, row })),
    ).toEqual([
      {
        key: '1',
        name: 'Blue shirt',
        metadata: {
          id: 1,
          gender: 'Men',
          year: 2011,
          productDisplayName: 'Blue shirt',
          filename: '1.jpg',
          link: 'http://a.example/1.jpg',
        },
        row: 'styles.csv:2',
      },
      {
        key: '2',
        name: '',
        metadata: { id: 2, gender: 'Women', year: 2012, filename: '2.jpg' },
        row: 'styles.csv:3',
      },
      { key: '4', name: '', metadata: {}, row: null },
      { key: 'red-bag', name: 'Red bag', metadata: {}, row: null },
    ]);
    expect(catalog.catalogs.get(catalog.id)).toMatchObject({
      preset: 'kaggle-fashion',
      csvFiles: ['styles.csv', 'images.csv'],
      imageCount: 4,
      rowCount: 6,
      revision: 1,
    });
    expect(catalog.told()).toEqual([
      'duplicate-key styles.csv:6 The key 1 of line 6 stands in line 2 already | Keep one of the two lines; line 2 was used',
      'row-does-not-fit styles.csv:5 5 fields where the header has 4 | Quote the comma in productDisplayName',
      'unclosed-quote styles.csv:7 A quote is opened and not closed | Close the quote; only this line was skipped',
      'link-undefined images.csv:3 The link is undefined; the picture in the folder is used | Nothing needs to be done',
      'link-undefined images.csv:5 The link is undefined, and there is no picture | Add 9.jpg to the folder',
      'picture-without-row images/4.jpg No row for 4 | Add a row with its name and fields, or correct its line',
      'picture-without-row images/red-bag.jpg No row for red-bag | Add a row with its name and fields, or correct its line',
      'row-without-name styles.csv:3 productDisplayName is empty | Fill it in, so that words can find the product',
      'row-without-picture styles.csv:4 No picture for id 3 | Add a picture named 3.jpg',
    ]);
    expect(catalog.problems.count(catalog.id)).toEqual({ problems: 3, notices: 6 });
  });

  test('makes filterable rows of typed values, and fields in the order of the columns', async () => {
    const catalog = await CatalogOnDisk.create(KAGGLE);
    await catalog.scan();
    expect(catalog.catalogs.fields(catalog.id)).toEqual([
      { name: 'id', type: 'number' },
      { name: 'gender', type: 'string' },
      { name: 'year', type: 'number' },
      { name: 'productDisplayName', type: 'string' },
      { name: 'filename', type: 'string' },
      { name: 'link', type: 'string' },
    ]);
    const values = catalog.db
      .prepare(
        `SELECT field.name, value, typeof(value) AS type FROM item_field
         JOIN field ON field.id = field_id JOIN item ON item.id = item_id
         WHERE item.key = '2' ORDER BY position`,
      )
      .raw()
      .all();
    expect(values).toEqual([
      ['id', 2, 'real'],
      ['gender', 'Women', 'text'],
      ['year', 2012, 'real'],
      ['filename', '2.jpg', 'text'],
    ]);
    const hash = catalog.db.prepare(`SELECT name_hash FROM item ORDER BY key`).pluck().all();
    expect(hash).toEqual([
      // printf 'Blue shirt' | sha256sum
      'c466e4106d85c7bd35c2b2972885f33a1ee4565b397779780e683f1da0a59670',
      null,
      null,
      '5b6878de5b81adeb8b279a0280da4f5d77315f22d3ba679c5343713a171c26db',
    ]);
  });

  test('asked for where it is not says what is missing', async () => {
    const catalog = await CatalogOnDisk.create({ 'a.jpg': PICTURE }, { preset: 'kaggle-fashion' });
    await expect(catalog.scan()).rejects.toThrow(
      /No styles.csv with the columns id and productDisplayName/,
    );
  });
});

describe('one CSV', () => {
  test('is joined by a column of file names', async () => {
    const catalog = await CatalogOnDisk.create({
      'products.csv':
        'sku;title;photo\nA1;Red bag;pics/red.jpg\nA2;Blue bag;.\\pics\\blue.png\nA3;Bag;http://x.example/g%20r.webp?w=2\n',
      'pics/red.jpg': PICTURE,
      'pics/blue.png': PICTURE,
      'pics/g r.webp': PICTURE,
    });
    const summary = await catalog.scan();
    expect(summary.problems).toEqual({});
    expect(catalog.items().map(({ key, name }) => [key, name])).toEqual([
      ['blue', 'Blue bag'],
      ['g r', 'Bag'],
      ['red', 'Red bag'],
    ]);
    expect(catalog.catalogs.get(catalog.id).preset).toBe('csv');
  });

  test('is joined by the column whose values are file stems, not by one that looks like a key', async () => {
    const catalog = await CatalogOnDisk.create({
      'list.tsv': 'id\tyear\tarticle\tname\n1\t2012\tx7\tShirt\n2\t2012\tx8\tShoe\n',
      'x7.jpg': PICTURE,
      'x8.jpg': PICTURE,
      '2012.jpg': PICTURE,
    });
    await catalog.scan();
    expect(catalog.items().map(({ key, name }) => [key, name])).toEqual([
      ['2012', ''],
      ['x7', 'Shirt'],
      ['x8', 'Shoe'],
    ]);
  });

  test('takes the columns the user maps: the key names the item, another column the picture', async () => {
    const catalog = await CatalogOnDisk.create(
      {
        'list.csv':
          'sku,file,a,b\nS-1,1.jpg,Shirt,Hemd\nS-2,2.jpg,Shoe,Schuh\nS-2,3.jpg,Bag,Tasche\n',
        '1.jpg': PICTURE,
        '2.jpg': PICTURE,
        '3.jpg': PICTURE,
      },
      { csv: { keyColumn: 'sku', imageColumn: 'file', nameColumn: 'b' } },
    );
    await catalog.scan();
    expect(catalog.items().map(({ key, name }) => [key, name])).toEqual([
      ['3', ''],
      ['S-1', 'Hemd'],
      ['S-2', 'Schuh'],
    ]);
    expect(catalog.told('duplicate-key')).toEqual([
      'duplicate-key list.csv:4 The key S-2 of line 4 stands in line 3 already | Keep one of the two lines; line 3 was used',
    ]);
  });

  test('refuses a mapped column it does not have, naming those it has', async () => {
    const catalog = await CatalogOnDisk.create(
      { 'a.csv': 'id,name\n1,x\n', '1.jpg': PICTURE },
      { csv: { keyColumn: 'sku' } },
    );
    await expect(catalog.scan()).rejects.toThrow(
      'a.csv has no column "sku". Its columns are: id, name',
    );
  });

  test('refuses a file that is not there, or outside the folder', async () => {
    for (const file of ['no.csv', '../a.csv']) {
      const catalog = await CatalogOnDisk.create({ '1.jpg': PICTURE }, { csv: { files: [file] } });
      await expect(catalog.scan()).rejects.toThrow(VitrineError);
    }
  });

  test('may come in parts, in which a key occurs once', async () => {
    const catalog = await CatalogOnDisk.create(
      {
        'a.csv': 'id,name\n1,One\n',
        'b.csv': 'id,name\n2,Two\n1,Uno\n',
        '1.jpg': PICTURE,
        '2.jpg': PICTURE,
      },
      { csv: { files: ['a.csv', 'b.csv'] } },
    );
    const { rows } = await catalog.scan();
    expect(rows).toBe(3);
    expect(catalog.items().map(({ name }) => name)).toEqual(['One', 'Two']);
    expect(catalog.told()).toEqual([
      'duplicate-key b.csv:3 The key 1 of line 3 stands in line 2 of a.csv already | Keep one of the two lines; line 2 of a.csv was used',
    ]);
  });

  test('beside which another lies that names no picture says so', async () => {
    const catalog = await CatalogOnDisk.create({
      'a.csv': 'id,name\n1,One\n',
      'rates.csv': 'currency,rate\nEUR,1.1\nUSD,1.2\n',
      '1.jpg': PICTURE,
    });
    await catalog.scan();
    expect(catalog.catalogs.get(catalog.id).csvFiles).toEqual(['a.csv']);
    expect(catalog.told()).toEqual([
      'csv-without-key rates.csv:1 No column names the pictures | Add a column with file names (with or without extension), or say which column is the key. Columns: currency, rate',
    ]);
    expect(catalog.problems.count(catalog.id)).toEqual({ problems: 0, notices: 1 });
  });
});

describe('a table with quirks', () => {
  const namesOf = async (table: string, ...pictures: string[]) => {
    const files = Object.fromEntries(pictures.map((name) => [name, PICTURE]));
    const catalog = await CatalogOnDisk.create({ 'a.csv': table, ...files });
    await catalog.scan();
    return catalog.items().map(({ key, name }) => `${key}: ${name}`);
  };

  test('without a header loses no row, even when its keys look like words', async () => {
    const names = await namesOf('redbag,Red bag\nbluebag,Blue bag\n', 'redbag.jpg', 'bluebag.jpg');
    expect(names).toEqual(['bluebag: Bluebag', 'redbag: Redbag']);
  });

  test('keeps its header when a picture happens to be called like a column', async () => {
    const names = await namesOf('id,name\n1,One\nid,Eye Dee\n', '1.jpg', 'id.jpg');
    expect(names).toEqual(['1: One', 'id: Eye Dee']);
  });

  test('may write names in another case', async () => {
    const names = await namesOf('file,name\nimg_7.jpeg,Seven\n', 'IMG_7.JPEG');
    expect(names).toEqual(['IMG_7: Seven']);
  });

  test.skipIf(process.platform !== 'linux')('finds the name in the same case first', async () => {
    const names = await namesOf('file,name\nA.JPG,Big\na.jpg,Small\n', 'A.JPG', 'a.jpg');
    expect(names).toEqual(['A: Big', 'a: Small']);
  });

  test('whose name column holds the file names gives readable names', async () => {
    expect(await namesOf('name,price\nred-bag.jpg,5\n', 'red-bag.jpg')).toEqual([
      'red-bag: Red bag',
    ]);
  });
});

describe('pictures alone', () => {
  const FILES = {
    'shirts/blue-polo_shirt02.jpg': PICTURE,
    'bags/RED BAG.PNG': PICTURE,
    'deep/er/still/0001.webp': PICTURE,
    'notes.txt': 'no',
    '.hidden.jpg': PICTURE,
  };

  test('are named by their files', async () => {
    const catalog = await CatalogOnDisk.create(FILES);
    const summary = await catalog.scan();
    expect(summary).toMatchObject({ items: 3, images: 3, rows: 0, problems: {} });
    expect(
      catalog.items().map(({ key, name, path, metadata }) => [key, name, path, metadata]),
    ).toEqual([
      ['0001', '0001', 'deep/er/still/0001.webp', {}],
      ['RED BAG', 'RED BAG', 'bags/RED BAG.PNG', {}],
      ['blue-polo_shirt02', 'Blue polo shirt 02', 'shirts/blue-polo_shirt02.jpg', {}],
    ]);
    expect(catalog.catalogs.get(catalog.id).preset).toBe('pictures');
  });

  test('with the same name in several folders are all items', async () => {
    const catalog = await CatalogOnDisk.create({
      'a/1.jpg': PICTURE,
      'b/1.jpg': PICTURE,
      'b/1.png': PICTURE,
      'table.csv': 'file,name\nb/1.jpg,B\nb/1.png,B as PNG\na/1.jpg,A\n',
    });
    await catalog.scan();
    expect(catalog.items().map(({ key, name, path }) => [key, name, path])).toEqual([
      ['1', 'A', 'a/1.jpg'],
      ['b/1', 'B', 'b/1.jpg'],
      ['b/1.png', 'B as PNG', 'b/1.png'],
    ]);
  });
});

describe('a sample', () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`f${n % 7}/p${n}.jpg`, PICTURE]),
  );
  const sampled = async (size: number, seed: number, others = {}) => {
    const catalog = await CatalogOnDisk.create({ ...files, ...others }, { sample: { size, seed } });
    const summary = await catalog.scan();
    expect(summary).toMatchObject({ items: Math.min(size, summary.images) });
    return catalog.keys();
  };

  test('is the same for the same seed, another for another, and grows by adding', async () => {
    const ten = await sampled(10, 1);
    expect(await sampled(10, 1)).toEqual(ten);
    expect(await sampled(10, 2)).not.toEqual(ten);
    expect(await sampled(30, 1)).toEqual(expect.arrayContaining(ten));
    expect(await sampled(100, 1)).toHaveLength(60);
  });
});
