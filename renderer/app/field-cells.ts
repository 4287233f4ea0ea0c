import type { Field, ItemTile } from '../../shared/contract/catalog.ts';

/** Names of a catalog's fields as columns beside ours; one called like ours gets ` (field)`. */
export function fieldHeads(fields: readonly Field[], own: readonly string[]): string[] {
  return fields.map(({ name }) => (own.includes(name) ? `${name} (field)` : name));
}

/** What an item has in each of these fields, a cell a field; lists in one cell. */
export function fieldCells(
  item: Pick<ItemTile, 'metadata'>,
  fields: readonly Field[],
): (string | number | boolean | null)[] {
  return fields.map(({ name }) => {
    const value = item.metadata[name];
    if (value === undefined) return null;
    return Array.isArray(value) ? value.map(String).join('; ') : value;
  });
}
