import { describe, expect, it } from 'vitest';
import type { Facet, ItemTile } from '../../shared/contract/catalog.ts';
import { fieldColumn, mainFields } from './browse-columns.ts';

const facet = (field: string, values: readonly string[]): Facet => ({
  field,
  type: 'string',
  distinct: values.length,
  values: values.map((value) => ({ value, count: 10 })),
});

const item = (key: string, metadata: ItemTile['metadata']): ItemTile => ({
  id: 1,
  key,
  name: '',
  imagePath: null,
  imageVersion: '',
  metadata,
  badges: [],
});

describe('mainFields', () => {
  const facets = [
    facet('season', ['a', 'b']),
    facet('colour', ['r', 'g']),
    facet('kind', ['x', 'y']),
  ];
  const fields = [
    { name: 'id', type: 'number' },
    { name: 'link', type: 'string' },
    { name: 'price', type: 'number' },
  ] as const;

  it('leaves out what only repeats the name', () => {
    const named = [{ ...item('7', { title: 'A hat', kind: 'x' }), name: 'A hat' }];
    expect(
      mainFields({ facets: [facet('title', ['A hat', 'A shoe'])], fields: [], items: named }),
    ).toEqual([]);
  });

  it('begins with kind and colour, then takes what groups and what counts', () => {
    const items = [item('7', { id: 8 }), item('9', { id: 9 })];
    expect(mainFields({ facets, fields, items })).toEqual([
      'kind',
      'colour',
      'season',
      'id',
      'price',
    ]);
  });

  it('leaves out what only repeats the key', () => {
    const items = [item('7', { id: 7 }), item('9', { id: 9 }), item('10', {})];
    expect(mainFields({ facets, fields, items })).not.toContain('id');
  });
});

describe('fieldColumn', () => {
  it('reads a value, a list, or nothing', () => {
    const product = item('k', { size: ['S', 'M'], price: 12 });
    expect(fieldColumn('size').read(product)).toBe('S, M');
    expect(fieldColumn('price').read(product)).toBe('12');
    expect(fieldColumn('colour').read(product)).toBe('');
  });
});
