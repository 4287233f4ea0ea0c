import { describe, expect, it } from 'vitest';
import type { Facet } from '../../shared/contract/catalog.ts';
import { fieldColumn, mainFields } from './browse-columns.ts';

const facet = (field: string, values: readonly string[]): Facet => ({
  field,
  type: 'string',
  distinct: values.length,
  values: values.map((value) => ({ value, count: 10 })),
});

describe('mainFields', () => {
  it('begins with kind and colour, then takes what groups and what counts', () => {
    const facets = [
      facet('season', ['a', 'b']),
      facet('colour', ['r', 'g']),
      facet('kind', ['x', 'y']),
    ];
    const fields = [
      { name: 'link', type: 'string' },
      { name: 'price', type: 'number' },
    ] as const;
    expect(mainFields(facets, fields)).toEqual(['kind', 'colour', 'season', 'price']);
  });
});

describe('fieldColumn', () => {
  it('reads a value, a list, or nothing', () => {
    const item = {
      id: 1,
      key: 'k',
      name: '',
      imagePath: null,
      imageVersion: '',
      metadata: { size: ['S', 'M'], price: 12 },
      badges: [],
    };
    expect(fieldColumn('size').read(item)).toBe('S, M');
    expect(fieldColumn('price').read(item)).toBe('12');
    expect(fieldColumn('colour').read(item)).toBe('');
  });
});
