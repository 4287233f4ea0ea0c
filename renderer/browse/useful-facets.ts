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

/**
 * The two fields that say most about a tile in few words: the ones with the most different values
 * among those that group, so `articleType` rather than `masterCategory`.
 */
export function tellingFields(facets: readonly Facet[]): string[] {
  const useful = usefulFacets(facets).filter((facet) => facet.type === 'string');
  const best = useful.toSorted((a, b) => b.distinct - a.distinct).slice(0, 2);
  // In the order of the catalog's own columns.
  return useful.filter((facet) => best.includes(facet)).map((facet) => facet.field);
}
