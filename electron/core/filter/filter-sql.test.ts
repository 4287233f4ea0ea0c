import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../shared/contract/filter.ts';
import { compareKeys } from '../../../shared/rrf.ts';
import { openMemoryDatabase } from '../db/database.ts';
import { addCatalog } from '../catalog/fixtures/add-catalog.ts';
import { CASE_ITEMS, FILTER_CASES } from './fixtures/filter-cases.ts';
import { compileFilter, selectItems } from './filter-sql.ts';
import { parseFilter } from './parse-filter.ts';

describe('selectItems', () => {
  const db = openMemoryDatabase();
  const items = Object.entries(CASE_ITEMS).map(([key, metadata]) => ({ key, metadata }));
  const { catalogId, ids } = addCatalog(db, items);
  addCatalog(db, items, { name: 'Another' });
  const keyOf = new Map(Object.entries(ids).map(([key, id]) => [id, key]));
  const select = (filter: Filter) =>
    selectItems(db, catalogId, filter)
      .map((id) => keyOf.get(id) ?? '')
      .toSorted(compareKeys)
      .join('');

  it.each(FILTER_CASES.map((one) => [JSON.stringify(one.filter), one] as const))(
    '%s',
    (_json, { filter, matches }) => {
      expect(select(filter)).toBe(matches);
    },
  );

  it('names the fields there are when one is not', () => {
    expect(() => select({ $or: [{ colour: 'Red' }, { color: 'Red' }] })).toThrow(
      expect.objectContaining({
        code: 'FILTER_INVALID',
        message: 'The catalog has no field "color" to filter by.',
        data: { action: 'Its fields are colour, year, sale, tags, sizes.', subject: 'color' },
      }),
    );
  });

  it('treats what looks like SQL as text', () => {
    expect(select({ colour: "Red' OR 1=1 --" })).toBe('');
    expect(() => select({ 'colour" OR 1=1': 'x' })).toThrow(/no field/);
  });

  it('refuses what SQLite could not take', () => {
    let deep: Filter = { colour: 'Red' };
    for (let depth = 0; depth < 60; depth += 1) deep = { $and: [deep] };
    expect(() => select(deep)).toThrow(/more than 50 deep/);
    const wide = { colour: { $in: Array.from({ length: 1001 }, (_, at) => `c${at}`) } };
    expect(() => compileFilter(wide, new Map([['colour', 1]]))).toThrow(/more than 1000 values/);
  });
});

describe('parseFilter', () => {
  it('reads what the contract allows', () => {
    expect(parseFilter('{"colour": "Red", "$or": [{"year": {"$gte": 2012}}]}')).toEqual({
      colour: 'Red',
      $or: [{ year: { $gte: 2012 } }],
    });
  });

  it.each([
    ['{"a":', /not JSON: .*end of JSON/],
    ['[]', /wrong: expected object, received array/],
    ['{"a":["x"]}', /wrong at a: expected text, a number, .*\$in/],
    ['{"a":null}', /wrong at a: expected text/],
    ['{"a":{}}', /wrong at a: An empty condition/],
    ['{"a":{"$regex":"x"}}', /wrong at a: \$regex is not an operator/],
    ['{"a":{"$gt":"x"}}', /wrong at a\.\$gt: expected number, received string/],
    ['{"$and":[{"a":{"$in":[]}}]}', /wrong at \$and\[0\]\.a\.\$in: it must not be empty/],
    ['{"$or":[{"x":1},{"y":{"$gte":2,"$foo":1}}]}', /wrong at \$or\[1\]\.y: \$foo is not/],
  ])('points at what is wrong with %s', (json, message) => {
    expect(() => parseFilter(json)).toThrow(message);
  });
});
