import { describe, expect, it } from 'vitest';
import type { Facet } from '../../shared/contract/catalog.ts';
import { mergeFacets } from './merge-facets.ts';

function facet(field: string, counts: Record<string, number>): Facet {
  const values = Object.entries(counts).map(([value, count]) => ({ value, count }));
  return { field, type: 'string', distinct: values.length, values };
}

describe('mergeFacets', () => {
  it('counts a chosen field within the others and the rest within everything chosen', () => {
    const everything = [
      facet('colour', { Red: 5, Blue: 4 }),
      facet('size', { S: 6, L: 3 }),
      facet('sku', { a: 1, b: 1, c: 1 }),
    ];
    const red = [facet('colour', { Red: 5 }), facet('size', { S: 5 }), facet('sku', { a: 1 })];
    const merged = mergeFacets({
      everything,
      narrowed: red,
      ofFields: new Map([['colour', everything]]),
    });
    expect(merged).toEqual([facet('colour', { Red: 5, Blue: 4 }), facet('size', { S: 5 })]);
  });

  it('leaves out a field that nothing chosen has', () => {
    const everything = [facet('colour', { Red: 5, Blue: 4 }), facet('heel', { High: 2, Flat: 2 })];
    const merged = mergeFacets({
      everything,
      narrowed: [facet('colour', { Blue: 4 })],
      ofFields: new Map(),
    });
    expect(merged.map((entry) => entry.field)).toEqual(['colour']);
  });
});
