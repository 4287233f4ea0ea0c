import type { Facet } from '../../shared/contract/catalog.ts';
import { usefulFacets } from './useful-facets.ts';

export interface CountedFacets {
  /** Without any choice: decides which fields are shown, so that none comes and goes. */
  readonly everything: readonly Facet[];
  /** Within all that is chosen. */
  readonly narrowed: readonly Facet[];
  /** For each field with a choice: within what is chosen in the others. */
  readonly ofFields: ReadonlyMap<string, readonly Facet[]>;
}

/** The useful fields of the catalog with the counts that hold for what is chosen now. */
export function mergeFacets({ everything, narrowed, ofFields }: CountedFacets): Facet[] {
  return usefulFacets(everything).flatMap((facet) => {
    const counted = (ofFields.get(facet.field) ?? narrowed).find(
      (entry) => entry.field === facet.field,
    );
    return counted === undefined || counted.values.length === 0 ? [] : [counted];
  });
}
