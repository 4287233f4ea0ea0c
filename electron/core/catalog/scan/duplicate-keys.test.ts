import { expect, test } from 'vitest';
import { CatalogOnDisk, PICTURE } from './fixtures/catalog-on-disk.ts';

test('calls what stands twice by what it is: a picture, or a key', async () => {
  const pictures = { 'p/1.jpg': PICTURE, 'p/2.jpg': PICTURE };
  const byPath = await CatalogOnDisk.create({
    'list.csv': 'file,name\np/1.jpg,One\n1.jpg,Again\n2.jpg,Two\nno.jpg,None\nno.jpg,None\n',
    ...pictures,
  });
  await byPath.scan();
  const keep = (line: number) => `Keep one of the two lines; line ${line} was used`;
  expect(byPath.told('duplicate-key')).toEqual([
    `duplicate-key list.csv:3 The picture 1.jpg of line 3 stands in line 2 already | ${keep(2)}`,
    `duplicate-key list.csv:6 The picture no.jpg of line 6 stands in line 5 already | ${keep(5)}`,
  ]);
  expect(byPath.found('duplicate-key').map(({ field, itemKey }) => [field, itemKey])).toEqual([
    ['file', '1'], // the item's key, not the cell
    ['file', 'no.jpg'],
  ]);

  const byBoth = await CatalogOnDisk.create(
    { 'list.csv': 'sku,file\nA,p/1.jpg\nB,p/1.jpg\nA,p/1.jpg\nB,p/2.jpg\n', ...pictures },
    { csv: { keyColumn: 'sku', imageColumn: 'file' } },
  );
  await byBoth.scan();
  expect(byBoth.told('duplicate-key')).toEqual([
    `duplicate-key list.csv:3 The picture p/1.jpg of line 3 stands in line 2 already | ${keep(2)}`,
    `duplicate-key list.csv:4 The key A of line 4 stands in line 2 already | ${keep(2)}`,
  ]);
  expect(byBoth.keys()).toEqual(['A', 'B']);
});
