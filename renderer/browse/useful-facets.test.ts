import { describe, expect, it } from 'vitest';
import type { Facet } from '../../shared/contract/catalog.ts';
import { tellingFields, usefulFacets } from './useful-facets.ts';

const facet = (field: string, distinct: number, each: number): Facet => ({
  field,
  type: 'string',
  distinct,
  values: Array.from({ length: Math.min(distinct, 50) }, (_, at) => ({
    value: `${field} ${at}`,
    count: each,
  })),
});

describe('usefulFacets', () => {
  it('leaves out what is the same or different for every item', () => {
    const facets = [facet('gender', 5, 20), facet('sku', 300, 1), facet('shop', 1, 100)];
    expect(usefulFacets(facets).map((entry) => entry.field)).toEqual(['gender']);
  });
});

describe('tellingFields', () => {
  it('takes the finest kind and the colour', () => {
    const facets = [
      facet('gender', 5, 20),
      facet('masterCategory', 7, 20),
      facet('baseColour', 46, 20),
      facet('articleType', 140, 20),
      facet('material', 60, 20),
    ];
    expect(tellingFields(facets)).toEqual(['articleType', 'baseColour']);
  });

  it('takes the finest fields where none is called so', () => {
    const facets = [facet('shop', 5, 20), facet('maker', 60, 20), facet('season', 4, 20)];
    expect(tellingFields(facets)).toEqual(['maker', 'shop']);
  });
});
