import type { Field } from '../../../../shared/contract/catalog.ts';
import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import type { Filter } from '../../../../shared/contract/filter.ts';
import { VitrineError } from '../../errors.ts';

export interface RemoteFilterOptions {
  /** The name of the index, for messages. */
  readonly index: string;
  /** What is published there; `filterable` as the service says. */
  readonly columns: readonly MetadataColumn[];
  /** The catalog's own fields. */
  readonly fields: readonly Field[];
}

/**
 * A filter in the catalog's fields as one in the keys they are published under. A name that is no
 * field of the catalog may be such a key itself.
 *
 * @throws VitrineError FILTER_INVALID naming a field that is not published, or cannot be filtered by.
 */
export function toRemoteFilter(filter: Filter, options: RemoteFilterOptions): Filter {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]): [string, Filter[string]][] => {
      if (value === undefined) return [];
      return isFilters(value)
        ? [[name, value.map((inner) => toRemoteFilter(inner, options))]]
        : [[keyOf(name, options), value]];
    }),
  );
}

/** Whether a filter asks for what only the ENHANCED mode of an index can do. */
export function needsEnhanced(filter: Filter): boolean {
  return Object.values(filter).some((value) => {
    if (isFilters(value)) return value.some(needsEnhanced);
    return typeof value === 'object' && value.$startsWith !== undefined;
  });
}

function keyOf(name: string, { index, columns, fields }: RemoteFilterOptions): string {
  const isField = fields.some((field) => field.name === name);
  const column =
    columns.find(({ from }) => from.kind === 'field' && from.field === name) ??
    columns.find(({ from }) => from.kind === 'name' && name === 'name') ??
    (isField ? undefined : columns.find(({ as }) => as === name));
  if (column?.filterable === true) return column.as;
  const published = columns.filter(({ filterable }) => filterable).map(sourceOf);
  const choose =
    published.length === 0
      ? 'Nothing is published there to filter by: search without a filter, or locally.'
      : `Filter there by ${published.join(', ')}, or search locally.`;
  if (column === undefined) {
    throw new VitrineError('FILTER_INVALID', `The field "${name}" is not published to ${index}.`, {
      action: choose,
      subject: name,
    });
  }
  throw new VitrineError(
    'FILTER_INVALID',
    `The field "${name}" is published to ${index} as "${column.as}", which that index cannot filter by.`,
    {
      action: `${choose} Which keys can be filtered by is settled when an index is made.`,
      subject: name,
    },
  );
}

function sourceOf({ as, from }: MetadataColumn): string {
  return from.kind === 'field' ? from.field : as;
}

function isFilters(value: Filter[string]): value is readonly Filter[] {
  return Array.isArray(value);
}
