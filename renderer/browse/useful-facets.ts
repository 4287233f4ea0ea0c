import type { Facet } from '../../shared/contract/catalog.ts';

const MOST_DISTINCT = 500;

/**
 * The fields worth choosing from: at least two values, and values that repeat. A field that is
 * different for nearly every item (a name, a price, an address) tells products apart, it does not
 * group them.
 */
export function usefulFacets(facets: readonly Facet[]): Facet[] {
  return facets.filter((facet) => {
    const covered = facet.values.reduce((sum, entry) => sum + entry.count, 0);
    return (
      facet.distinct > 1 &&
      facet.distinct <= MOST_DISTINCT &&
      facet.values.length > 0 &&
      covered / facet.values.length >= 1.5
    );
  });
}

const KIND = /type|kind|category/i;
const COLOUR = /colou?r/i;

/**
 * The two fields that say most about a tile in few words: what kind of thing and which colour,
 * where fields are called so, otherwise those with the most different values that still group.
 */
export function tellingFields(facets: readonly Facet[]): string[] {
  const finestFirst = usefulFacets(facets)
    .filter((facet) => facet.type === 'string')
    .toSorted((a, b) => b.distinct - a.distinct)
    .map((facet) => facet.field);
  const named = [KIND, COLOUR].flatMap((sort) => finestFirst.find((name) => sort.test(name)) ?? []);
  return [...new Set([...named, ...finestFirst])].slice(0, 2);
}
