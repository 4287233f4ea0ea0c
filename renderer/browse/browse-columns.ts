import type { Facet, Field, ItemTile } from '../../shared/contract/catalog.ts';
import { formatValue } from '../app/format.ts';
import type { ListColumn } from '../grid/list-columns.ts';
import { tellingFields } from './useful-facets.ts';

interface KnownOfCatalog {
  readonly facets: readonly Facet[];
  readonly fields: readonly Field[];
  /** Some of its items. */
  readonly items: readonly ItemTile[];
}

/**
 * The fields worth a column, most telling first: those that say what a thing is, the others that
 * group, then numbers. Long texts and addresses are for the details, and a field that only repeats
 * the key or the name for nobody.
 */
export function mainFields({ facets, fields, items }: KnownOfCatalog): string[] {
  const numbers = fields.filter((field) => field.type !== 'string').map((field) => field.name);
  const all = [...tellingFields(facets), ...facets.map((facet) => facet.field), ...numbers];
  const repeats = (field: string, known: 'key' | 'name') =>
    items.some((item) => item.metadata[field] !== undefined) &&
    items.every((item) => String(item.metadata[field] ?? item[known]) === item[known]);
  return [...new Set(all)].filter((field) => !repeats(field, 'key') && !repeats(field, 'name'));
}

/** A column that shows and sorts by a field. */
export function fieldColumn(field: string): ListColumn {
  return {
    id: `field:${field}`,
    title: field,
    by: `field:${field}`,
    read: (item) => {
      const value = item.metadata[field];
      return value === undefined ? '' : formatValue(value);
    },
  };
}
