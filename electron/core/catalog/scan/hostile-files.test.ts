import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CatalogOnDisk, PICTURE } from './fixtures/catalog-on-disk.ts';
import { scanCatalog } from './scan-catalog.ts';

const isPosix = process.platform !== 'win32';

/** Nothing is forbidden to root: tests that run so give their rights away for a while. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('hostile folders', () => {
  test('an empty folder is an empty catalog', async () => {
    const catalog = await CatalogOnDisk.create({});
    expect(await catalog.scan()).toMatchObject({ items: 0, images: 0, rows: 0, problems: {} });
  });

  test('a zero-byte picture is an item with a problem that can be retried', async () => {
    const catalog = await CatalogOnDisk.create({ 'empty.jpg': '', 'full.jpg': PICTURE });
    const summary = await catalog.scan();
    expect(summary).toMatchObject({ items: 2, problems: { 'picture-empty': 1 } });
    expect(catalog.told()).toEqual([
      'picture-empty empty.jpg Not a picture: 0 bytes | Copy the file again',
    ]);
    expect(catalog.items().map((item) => item.stale)).toEqual([0, 1]);
    expect(catalog.problems.retryable({ catalogId: catalog.id }).units).toEqual([
      { itemId: catalog.items()[0]!.id, modality: 'image' },
    ]);
  });

  test('pictures that are not read are explained, other files are left alone', async () => {
    const catalog = await CatalogOnDisk.create({
      'a.heic': PICTURE,
      'b.SVG': '<svg/>',
      'c.pdf': '%PDF',
      'd.bmp': 'BM',
      'e.psd': '8BPS',
      'f.cr2': 'II',
      'readme.md': '',
      'video.mp4': '',
    });
    await catalog.scan();
    expect(catalog.items()).toEqual([]);
    expect(catalog.told()).toEqual([
      'picture-unsupported a.heic .heic is HEIC, the format of iPhone cameras, whose codec is patented | Export it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)',
      'picture-unsupported b.SVG .svg is SVG, a drawing that may run scripts and load files | Export it as PNG',
      'picture-unsupported c.pdf .pdf is a document, not a picture | Export the page as PNG or JPEG',
      'picture-unsupported d.bmp .bmp is a picture format that is not read here | Convert it to PNG or JPEG',
      'picture-unsupported e.psd .psd is the project file of a drawing program | Export it as PNG or JPEG',
      'picture-unsupported f.cr2 .cr2 is a camera raw file, which has to be developed first | Export it as JPEG',
    ]);
  });

  test('a directory named x.jpg is a directory', async () => {
    const catalog = await CatalogOnDisk.create({ 'x.jpg/inside.jpg': PICTURE });
    await catalog.scan();
    expect(catalog.items().map((item) => item.path)).toEqual(['x.jpg/inside.jpg']);
    expect(catalog.told()).toEqual([]);
  });

  test.skipIf(!isPosix)('links never lead out of the folder or in a circle', async () => {
    const outside = await CatalogOnDisk.create({ 'secret.jpg': PICTURE, 'sub/deep.jpg': PICTURE });
    const catalog = await CatalogOnDisk.create({ 'real/a.jpg': PICTURE, blob: PICTURE });
    await symlink(outside.at('secret.jpg'), catalog.at('stolen.jpg'));
    await symlink(outside.at('sub'), catalog.at('away'));
    await symlink(catalog.root, catalog.at('real/up'));
    await symlink('.', catalog.at('self'));
    await symlink('loop.jpg', catalog.at('loop.jpg'));
    await symlink('nowhere.jpg', catalog.at('broken.jpg'));
    await symlink('../blob', catalog.at('real/linked.jpg'));
    const summary = await catalog.scan();
    expect(catalog.items().map((item) => item.path)).toEqual(['real/a.jpg', 'real/linked.jpg']);
    expect(summary.problems).toEqual({ 'file-refused': 4 });
    expect(catalog.told()).toEqual([
      'file-refused away A link to a folder outside the catalog | Add that folder as a catalog',
      'file-refused broken.jpg A link that leads nowhere | Remove the link or put the file in its place',
      'file-refused loop.jpg A link that leads in a circle | Remove the link or put the file in its place',
      'file-refused stolen.jpg A link to a file outside the catalog | Copy the file to the folder',
    ]);
  });

  test.skipIf(!isPosix)('a catalog whose own folder is a link is read', async () => {
    const real = await CatalogOnDisk.create({ 'a.jpg': PICTURE });
    const link = path.join(real.root, 'link');
    await mkdir(real.at('other'));
    await symlink(real.at('other'), link);
    await writeFile(real.at('other/b.jpg'), PICTURE);
    const options = { preset: 'auto', csv: {} } as const;
    const { id } = real.catalogs.create({ root: link, isSample: false, options });
    expect(await scanCatalog(real.db, id)).toMatchObject({ items: 1, problems: {} });
  });

  test.skipIf(!isPosix)('names with quotes, newlines, emoji and 255 bytes work', async () => {
    const long = `${'é'.repeat(125)}a.jpg`;
    expect(Buffer.byteLength(long)).toBe(255);
    const names = [
      `it's "quoted".jpg`,
      'two\nlines.jpg',
      'party 🎉.jpg',
      '日本.png',
      '-rf.jpg',
      'a;b|c,d.jpg',
      'back\\slash.jpg',
      '%41.jpg',
      long,
    ];
    const catalog = await CatalogOnDisk.create(
      Object.fromEntries(names.map((name) => [name, PICTURE])),
    );
    expect(await catalog.scan()).toMatchObject({ items: names.length, problems: {} });
    expect(
      catalog
        .items()
        .map((item) => item.path)
        .toSorted(),
    ).toEqual(names.toSorted());
    expect(catalog.items().find((item) => item.path.startsWith('two'))!.name).toBe('Two lines');
  });

  test.skipIf(!isPosix)('a name that is not UTF-8 is refused by name', async () => {
    const catalog = await CatalogOnDisk.create({ 'good.jpg': PICTURE });
    const bad = Buffer.concat([
      Buffer.from(`${catalog.root}/caf`),
      Buffer.from([0xe9]),
      Buffer.from('.jpg'),
    ]);
    try {
      await writeFile(bad, PICTURE);
    } catch {
      // File systems of macOS refuse such names themselves.
      return;
    }
    await catalog.scan();
    expect(catalog.keys()).toEqual(['good']);
    expect(catalog.told()).toEqual([
      'file-refused caf\u{FFFD}.jpg Its name is not valid UTF-8 | Rename the file',
    ]);
  });

  test.skipIf(!isPosix)('what may not be read is a problem, and keeps what was known', async () => {
    const catalog = await CatalogOnDisk.create({
      'open/a.jpg': PICTURE,
      'shut/b.jpg': PICTURE,
      'table.csv': 'id,name\na,A\n',
    });
    await chmod(catalog.root, 0o755);
    await catalog.scan();
    await chmod(catalog.at('shut'), 0);
    await chmod(catalog.at('table.csv'), 0);
    const summary = await asOrdinaryUser(async () => catalog.scan());
    await chmod(catalog.at('shut'), 0o755);
    expect(summary).toMatchObject({ items: 2, images: 1, removed: 0 });
    expect(catalog.keys()).toEqual(['a', 'b']);
    expect(catalog.told()).toEqual([
      'csv-unreadable table.csv The file may not be read | Allow reading the file, then scan again',
      'folder-unreadable shut The folder may not be read | Allow reading the folder, then scan again; what was known of it is kept',
    ]);
    await chmod(catalog.root, 0);
    const refused = asOrdinaryUser(async () => catalog.scan());
    await expect(refused).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    await chmod(catalog.root, 0o755);
  });

  test('a tree 60 folders deep is read to its end', async () => {
    const catalog = await CatalogOnDisk.create({ [`${'d/'.repeat(60)}a.jpg`]: PICTURE });
    expect(await catalog.scan()).toMatchObject({ items: 1 });
  });
});

describe('hostile tables', () => {
  const scanned = async (table: string | Buffer, options: unknown = {}) => {
    const catalog = await CatalogOnDisk.create(
      { 'a.csv': table, '1.jpg': PICTURE, '2.jpg': PICTURE },
      options,
    );
    await catalog.scan();
    return { told: catalog.told(), names: catalog.items().map((item) => item.name), catalog };
  };
  const NO_ROW = [1, 2].map(
    (n) =>
      `picture-without-row ${n}.jpg No row for ${n} | Add a row with its name and fields, or correct its line`,
  );

  test('an empty file', async () => {
    for (const content of ['', '\n\n', '\u{FEFF}']) {
      const { told, names } = await scanned(content);
      expect(told).toEqual([
        'csv-empty a.csv The file is empty | Export the table again; the first line must hold the column names',
      ]);
      expect(names).toEqual(['1', '2']);
    }
  });

  test('a header and nothing else', async () => {
    const { told } = await scanned('id,name\n');
    expect(told).toEqual([
      'csv-empty a.csv:1 The file has column names but no rows | Export the table again with its rows',
      ...NO_ROW,
    ]);
  });

  test('rows with too few and too many fields', async () => {
    const { told, names } = await scanned(
      'id,colour,size,fit,name\n1,red,S,x,One\n2\n2,red\n2,red,M,y,Two, three\n2,,,,Two\n',
    );
    expect(told).toEqual([
      'row-does-not-fit a.csv:3 1 field where the header has 5 | Fill in the missing 4 fields from colour; only this line was skipped',
      'row-does-not-fit a.csv:4 2 fields where the header has 5 | Fill in the missing size, fit, name; only this line was skipped',
      'row-does-not-fit a.csv:5 6 fields where the header has 5 | Quote the comma in name',
    ]);
    expect(names).toEqual(['One', 'Two']);
  });

  test('NUL bytes', async () => {
    const { told, names, catalog } = await scanned('id,name\n1,O\0ne\n2,Two\n');
    expect(told[0]).toBe(
      'row-unreadable a.csv:2 The line holds a NUL byte | Remove the byte; only this line was skipped',
    );
    expect(catalog.found('row-unreadable')[0]).toMatchObject({
      field: 'name',
      raw: '1,O\u{2400}ne',
    });
    expect(names).toEqual(['', 'Two']);
  });

  test('an unclosed quote', async () => {
    const { told, names } = await scanned('id,name\n1,"One\n2,Two\n');
    expect(told[0]).toBe(
      'unclosed-quote a.csv:2 A quote is opened and not closed | Close the quote; only this line was skipped',
    );
    expect(names).toEqual(['', 'Two']);
  });

  test('a field of 1 MB is kept and shown, but not filterable', async () => {
    const long = 'x'.repeat(1024 * 1024);
    const { told, names, catalog } = await scanned(
      `id,name,text\n1,One,${long}\n2,Two,"${long}"\n`,
    );
    expect(told).toEqual([]);
    expect(names).toEqual(['One', 'Two']);
    expect(catalog.items()[1]!.metadata).toEqual({ id: 2, name: 'Two', text: long });
    const filterable = catalog.db.prepare(`SELECT count(*) FROM item_field`).pluck().get();
    expect(filterable).toBe(4);
  });

  test('values are filterable up to 2,048 bytes of UTF-8', async () => {
    const { catalog } = await scanned(`id,text\n1,${'é'.repeat(1024)}\n2,${'é'.repeat(1024)}x\n`);
    const texts = catalog.db
      .prepare(`SELECT item_id FROM item_field WHERE typeof(value) = 'text'`)
      .pluck()
      .all();
    expect(texts).toEqual([catalog.items()[0]!.id]);
  });

  test('a line of more than 4 million characters', async () => {
    const { told, names } = await scanned(`id,name\n1,${'x'.repeat(4_200_000)}\n2,Two\n`);
    expect(told[0]).toBe(
      'row-too-long a.csv:2 The line is longer than 4 million characters | Shorten it; only this line was skipped',
    );
    expect(names).toEqual(['', 'Two']);
  });

  test('a header that names a column twice', async () => {
    const { told, catalog } = await scanned('id,name,name\n1,One,Eins\n2,Two,Zwei\n');
    expect(told).toEqual([
      'duplicate-column a.csv:1 The column name occurs twice: the second is called name_2 | Give the second name a name of its own',
    ]);
    expect(catalog.items()[0]!.metadata).toEqual({ id: 1, name: 'One', name_2: 'Eins' });
    expect(catalog.problems.count(catalog.id)).toEqual({ problems: 0, notices: 1 });
  });

  test('no key column', async () => {
    const { told, names } = await scanned('colour,size\nred,S\nblue,M\n');
    expect(told).toEqual([
      'csv-without-key a.csv:1 No column names the pictures | Add a column with file names (with or without extension), or say which column is the key. Columns: colour, size',
    ]);
    expect(names).toEqual(['1', '2']);
  });

  test('an empty key', async () => {
    const { told } = await scanned('id,name\n1,One\n,Nothing\n2,Two\n');
    expect(told).toEqual([
      'row-without-key a.csv:3 id is empty | Fill it in; only this line was skipped',
    ]);
  });

  test('keys that occur twice: the first row wins', async () => {
    const { told, names } = await scanned('id,name\n1,One\n2,Two\n1,Uno\n7,Gone\n7,Gone\n');
    expect(told.slice(0, 2)).toEqual([
      'duplicate-key a.csv:4 The key 1 of line 4 stands in line 2 already | Keep one of the two lines; line 2 was used',
      'duplicate-key a.csv:6 The key 7 of line 6 stands in line 5 already | Keep one of the two lines; line 5 was used',
    ]);
    expect(names).toEqual(['One', 'Two']);
  });

  test('a line in another encoding', async () => {
    const table = Buffer.concat([
      Buffer.from('id,name\n1,Größe\n'),
      Buffer.from('2,Gr\u00f6\u00dfe\n', 'latin1'),
      Buffer.from('3,Übergröße\n'),
    ]);
    const { told, names } = await scanned(table);
    expect(names).toEqual(['Größe', '']);
    expect(told[0]).toBe(
      'row-unreadable a.csv:3 The line holds bytes that are not UTF-8 | Save the line in the encoding of the others; only this line was skipped',
    );
  });

  test('files that are no tables at all', async () => {
    const zip = await scanned(Buffer.from('PK\u0003\u0004....'));
    expect(zip.told).toEqual([
      'csv-unreadable a.csv It is a zip file or an Excel workbook, not CSV | Export it as CSV from the program that made it',
    ]);
    const open = await scanned('id,"name\n');
    expect(open.told).toEqual([
      'csv-unreadable a.csv A quote is opened and not closed in the header | Close the quote in line 1',
    ]);
  });

  test('names that JavaScript objects treat specially are columns like any other', async () => {
    const { catalog } = await scanned('id,constructor,__proto__,$eq\n1,a,b,c\n2,d,e,f\n');
    expect(catalog.catalogs.fields(catalog.id).map((field) => field.name)).toEqual([
      'id',
      'constructor',
      '__proto__',
      '$eq',
    ]);
    const metadata = catalog.db.prepare(`SELECT metadata FROM item ORDER BY key`).pluck().get();
    expect(metadata).toBe('{"id":1,"constructor":"a","__proto__":"b","$eq":"c"}');
  });

  test('a directory named like a table', async () => {
    const catalog = await CatalogOnDisk.create({ 'a.csv/1.jpg': PICTURE });
    await mkdir(catalog.at('b.csv'));
    expect(await catalog.scan()).toMatchObject({ items: 1, problems: {} });
  });
});
