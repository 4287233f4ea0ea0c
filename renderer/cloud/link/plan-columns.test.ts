import { expect, test } from 'vitest';
import type { MetadataColumn } from '../../../shared/contract/cloud/metadata.ts';
import {
  changeColumn,
  planColumns,
  setTemplate,
  templateOf,
  toggleColumn,
  toggleContent,
} from './plan-columns.ts';

const FIELDS = [
  { name: 'season', type: 'string' },
  { name: 'name', type: 'string' },
  { name: 'price', type: 'number' },
] as const;
const SEASON: MetadataColumn = {
  as: 'when',
  from: { kind: 'field', field: 'season' },
  filterable: true,
};

test('lists what is published first, then every other field once', () => {
  expect(planColumns(FIELDS, [SEASON])).toEqual([
    { kind: 'field', field: 'season' },
    { kind: 'name' },
    // A field that is called "name" is not the product's name.
    { kind: 'field', field: 'name' },
    { kind: 'field', field: 'price' },
  ]);
});

test('publishes a field by its own name, a product name not filterable, and takes both out again', () => {
  const two = toggleColumn(toggleColumn([SEASON], { kind: 'name' }), {
    kind: 'field',
    field: 'price',
  });
  expect(two.map(({ as, filterable }) => [as, filterable])).toEqual([
    ['when', true],
    ['name', false],
    ['price', true],
  ]);
  expect(toggleColumn(two, { kind: 'name' })).toEqual([SEASON, two[2]]);
});

test('renames one column only', () => {
  const columns = toggleColumn([SEASON], { kind: 'field', field: 'name' });
  expect(
    changeColumn(columns, { kind: 'field', field: 'name' }, { as: 'title', filterable: false }),
  ).toEqual([SEASON, { as: 'title', from: { kind: 'field', field: 'name' }, filterable: false }]);
});

test('keeps one template of addresses, which an empty text removes', () => {
  const once = setTemplate([SEASON], 's3://a/{filename}');
  const twice = setTemplate(once, 's3://b/{path}');
  expect(twice).toHaveLength(2);
  expect(templateOf(twice)).toBe('s3://b/{path}');
  expect(setTemplate(twice, ' ')).toEqual([SEASON]);
  expect(templateOf([SEASON])).toBe('');
});

test('publishes the hash of the content under one key, and takes it out again', () => {
  const columns = toggleContent([SEASON]);
  expect(columns[1]).toEqual({
    as: 'vitrine_content',
    from: { kind: 'content' },
    filterable: false,
  });
  expect(toggleContent(columns)).toEqual([SEASON]);
  // It is no row of the planner.
  expect(planColumns(FIELDS, columns)).toEqual(planColumns(FIELDS, [SEASON]));
});
