import type { Facet, Field } from '../../shared/contract/catalog.ts';
import { formatValue } from '../app/format.ts';
import type { ListColumn } from '../grid/list-columns.ts';
import { tellingFields } from './useful-facets.ts';

/**
 * The fields worth a column, most telling first: those that say what a thing is, the others that
 * group, then numbers. Long texts and addresses are for the details.
 */
export function mainFields(facets: readonly Facet[], fields: readonly Field[]): string[] {
  const numbers = fields.filter((field) => field.type !== 'string').map((field) => field.name);
  return [
    ...new Set([...tellingFields(facets), ...facets.map((facet) => facet.field), ...numbers]),
  ];
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
