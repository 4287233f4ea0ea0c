import { expect, test } from 'vitest';
import type { Field } from '../../../../shared/contract/catalog.ts';
import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import { checkColumns, suggestColumns } from './choose-columns.ts';
import { metadataFault, publishedMetadata } from './published-metadata.ts';

const textFields = (...names: string[]): Field[] => names.map((name) => ({ name, type: 'string' }));
const FASHION = textFields('gender', 'masterCategory', 'usage', 'season', 'productDisplayName');

const ITEM = {
  key: '10152',
  name: 'Blue shirt',
  imagePath: 'images/10152.jpg',
  contentHash: null,
  metadata: {
    gender: 'Men',
    masterCategory: 'Apparel',
    usage: 'Casual',
    productDisplayName: 'Chemise bleue é',
  },
};

test('the data set of the original gets the keys of the original', () => {
  const columns = suggestColumns(FASHION, { uriTemplate: 's3://shop/images/{filename}' });
  const { json, keys, bytes, filterableBytes } = publishedMetadata(ITEM, columns);
  expect(JSON.parse(json)).toEqual({
    gender: 'Men',
    category: 'Apparel',
    type: 'Casual',
    productName: 'Chemise bleue é',
    s3_uri: 's3://shop/images/10152.jpg',
  });
  expect(keys).toBe(5);
  expect(bytes).toBe(json.length + 1); // é takes two bytes
  expect(filterableBytes).toBe(
    JSON.stringify({ gender: 'Men', category: 'Apparel', type: 'Casual' }).length,
  );
  expect(columns.filter(({ filterable }) => !filterable).map(({ as }) => as)).toEqual([
    'productName',
    's3_uri',
  ]);
});

test('any other catalog publishes its fields and the name, which is not filterable', () => {
  const columns = suggestColumns(textFields('colour', 'size'));
  expect(columns.map(({ as, filterable }) => [as, filterable])).toEqual([
    ['colour', true],
    ['size', true],
    ['name', false],
  ]);
  const many = suggestColumns(textFields(...Array.from({ length: 80 }, (_, index) => `f${index}`)));
  expect(many.length).toBeLessThanOrEqual(50);
  expect(() =>
    checkColumns(many, textFields(...Array.from({ length: 80 }, (_, n) => `f${n}`))),
  ).not.toThrow();
});

test('what an item does not have is left out, and an item without a picture has no link', () => {
  const columns: MetadataColumn[] = [
    { as: 'colour', from: { kind: 'field', field: 'colour' }, filterable: true },
    { as: 'uri', from: { kind: 'template', template: 'x/{path}?{key}' }, filterable: false },
  ];
  expect(publishedMetadata(ITEM, columns).json).toBe('{"uri":"x/images/10152.jpg?10152"}');
  expect(publishedMetadata({ ...ITEM, imagePath: null }, columns).json).toBe('{}');
});

test.each<[string, MetadataColumn[], RegExp]>([
  [
    'a field that is not there',
    [{ as: 'a', from: { kind: 'field', field: 'colour' }, filterable: true }],
    /no field "colour". It has: gender/,
  ],
  [
    'one key twice',
    [
      { as: 'a', from: { kind: 'name' }, filterable: true },
      { as: 'a', from: { kind: 'field', field: 'gender' }, filterable: true },
    ],
    /Two columns are published as "a"/,
  ],
  [
    'more keys that are not filterable than an index allows',
    Array.from({ length: 11 }, (_, index) => ({
      as: `k${index}`,
      from: { kind: 'name' as const },
      filterable: false,
    })),
    /11 columns are not filterable; an index allows 10/,
  ],
  [
    'a key that filters would take for an operator',
    [{ as: '$in', from: { kind: 'name' }, filterable: true }],
    /must not begin with \$/,
  ],
])('refuses %s', (_what, columns, message) => {
  expect(() => checkColumns(columns, FASHION)).toThrow(message);
});

test('limits are counted in UTF-8 bytes, at the edge', () => {
  const columns: MetadataColumn[] = [{ as: 'n', from: { kind: 'name' }, filterable: true }];
  const of = (name: string) => publishedMetadata({ ...ITEM, name }, columns);
  const overhead = Buffer.byteLength('{"n":""}');
  expect(metadataFault('k', of('é'.repeat((2048 - overhead) / 2)))).toBeNull();
  expect(metadataFault('k', of(`${'é'.repeat((2048 - overhead) / 2)}x`))).toMatch(/2049 bytes/);
  expect(metadataFault('k'.repeat(1025), of('a'))).toMatch(/1025 characters/);
});
