import path from 'node:path';
import { CONTENT_KEY } from '../../../../shared/content-key.ts';
import type { Field } from '../../../../shared/contract/catalog.ts';
import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import type { Metadata } from '../../../../shared/contract/filter.ts';
import { contentColumn } from '../metadata/choose-columns.ts';
import { publishedMetadata, type MetadataSource } from '../metadata/published-metadata.ts';

/** A vector's metadata, and the catalog's item with the same key. */
export interface MatchedPair {
  readonly there: Metadata;
  readonly here: MetadataSource;
}

/** Keys under which names are published: by Vitrine, by the original notebook, by habit. */
export const NAME_KEYS: readonly string[] = ['productName', 'name', 'productDisplayName', 'title'];

/** The key with the product's name, among those of a vector; null when none looks like it. */
export function findNameKey(metadata: Metadata): string | null {
  return NAME_KEYS.find((key) => typeof metadata[key] === 'string') ?? null;
}

/**
 * Finds out how an index's metadata was made from a catalog: for each key the column that gives the
 * same value in most of the pairs. Keys that no column explains are left out, so that a plan shows
 * what publishing would take away.
 */
export function matchColumns(
  pairs: readonly MatchedPair[],
  options: { readonly fields: readonly Field[]; readonly nonFilterable: readonly string[] },
): MetadataColumn[] {
  const keys = new Set(pairs.flatMap(({ there }) => Object.keys(there)));
  return [...keys].flatMap((as): MetadataColumn[] => {
    if (as === CONTENT_KEY) return [contentColumn()];
    const { best, compared } = explainKey(as, { pairs, fields: options.fields });
    if (best === null || best.agreeing * 2 <= compared) return [];
    return [{ as, from: best.from, filterable: !options.nonFilterable.includes(as) }];
  });
}

/** What of the catalog gives the same value under a key as the most of the pairs have there. */
export function explainKey(
  as: string,
  { pairs, fields }: { readonly pairs: readonly MatchedPair[]; readonly fields: readonly Field[] },
): {
  best: { readonly from: MetadataColumn['from']; readonly agreeing: number } | null;
  compared: number;
} {
  const told = pairs.filter(({ there }) => there[as] !== undefined);
  const [best = null] = candidatesOf(as, told, fields)
    .map((from) => {
      const column = { as, from, filterable: true };
      return { from, agreeing: told.filter((pair) => explains(column, pair)).length };
    })
    .toSorted((a, b) => b.agreeing - a.agreeing);
  return { best, compared: told.length };
}

function explains(column: MetadataColumn, { there, here }: MatchedPair): boolean {
  return (
    publishedMetadata(here, [column]).json === JSON.stringify({ [column.as]: there[column.as] })
  );
}

/** Fields of the same name go first where several agree equally. */
function candidatesOf(
  as: string,
  told: readonly MatchedPair[],
  fields: readonly Field[],
): MetadataColumn['from'][] {
  const template = told.map((pair) => templateOf(pair, as)).find((found) => found !== null);
  return [
    ...fields
      .toSorted((a, b) => Number(b.name === as) - Number(a.name === as))
      .map(({ name }) => ({ kind: 'field' as const, field: name })),
    { kind: 'name' },
    ...(template === undefined || template === null
      ? []
      : [{ kind: 'template' as const, template }]),
  ];
}

/** `s3://shop/10152.jpg` of the item 10152 becomes `s3://shop/{filename}`. */
function templateOf({ there, here }: MatchedPair, as: string): string | null {
  const value = there[as];
  const { imagePath, key } = here;
  if (typeof value !== 'string') return null;
  if (imagePath !== null) {
    if (value.endsWith(`/${imagePath}`)) return `${value.slice(0, -imagePath.length)}{path}`;
    const file = path.posix.basename(imagePath);
    if (value.endsWith(`/${file}`)) return `${value.slice(0, -file.length)}{filename}`;
  }
  return value.includes(key) ? value.replace(key, '{key}') : null;
}
