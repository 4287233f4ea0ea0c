import type { Field, ItemTile } from '../../shared/contract/catalog.ts';
import { toCsvLine } from '../../shared/csv-line.ts';
import { fieldCells, fieldHeads } from '../app/field-cells.ts';

/** Our own columns; the catalog's fields come after them. */
const COLUMNS = ['place', 'key', 'name', 'picture'] as const;

/** A collection as CSV (RFC 4180) in its order: place from 1, key, name, picture, then the fields. */
export function collectionCsv(items: readonly ItemTile[], fields: readonly Field[]): string {
  const lines = items.map((item, at) =>
    toCsvLine([at + 1, item.key, item.name, item.imagePath, ...fieldCells(item, fields)]),
  );
  return [toCsvLine([...COLUMNS, ...fieldHeads(fields, COLUMNS)]), ...lines].join('');
}

export interface CollectionNames {
  readonly catalog: string;
  readonly collection: string;
}

/** A collection as JSON in its order; `inCatalog` is false for what has left the catalog. */
export function collectionJson(
  items: readonly ItemTile[],
  { catalog, collection }: CollectionNames,
): string {
  return `${JSON.stringify(
    {
      catalog,
      collection,
      items: items.map(({ key, name, imagePath, metadata, badges }) => ({
        key,
        name,
        picture: imagePath,
        inCatalog: !badges.includes('gone'),
        metadata,
      })),
    },
    null,
    2,
  )}\n`;
}

/** The keys in their order, a line each: for a filter elsewhere, or a message. */
export function collectionKeys(items: readonly ItemTile[]): string {
  return items.map(({ key }) => key).join('\n');
}
