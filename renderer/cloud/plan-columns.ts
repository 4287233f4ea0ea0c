import type { Field } from '../../shared/contract/catalog.ts';
import type { MetadataColumn } from '../../shared/contract/cloud.ts';

/** What a column comes from; the template of addresses is kept apart, there is one at most. */
export type ColumnSource = Exclude<MetadataColumn['from'], { kind: 'template' }>;

/** A row of the planner: published or not. */
export interface PlannedColumn {
  readonly source: ColumnSource;
  /** As it is published; null when it is not. */
  readonly column: MetadataColumn | null;
}

/** Every field of the catalog once, those that are published first, and in their order. */
export function planColumns(
  fields: readonly Field[],
  columns: readonly MetadataColumn[],
): PlannedColumn[] {
  const published = columns.flatMap((column): PlannedColumn[] =>
    column.from.kind === 'template' ? [] : [{ source: column.from, column }],
  );
  const all: ColumnSource[] = [
    { kind: 'name' },
    ...fields.map(({ name }) => ({ kind: 'field' as const, field: name })),
  ];
  const taken = new Set(published.map(({ source }) => keyOf(source)));
  return [
    ...published,
    ...all
      .filter((source) => !taken.has(keyOf(source)))
      .map((source) => ({ source, column: null })),
  ];
}

/** Publishes a source, under its own name, or leaves it out. */
export function toggleColumn(
  columns: readonly MetadataColumn[],
  source: ColumnSource,
): MetadataColumn[] {
  const rest = columns.filter(({ from }) => keyOf(from) !== keyOf(source));
  if (rest.length < columns.length) return rest;
  const as = source.kind === 'field' ? source.field : 'name';
  // Names are long, and nobody filters by them.
  return [...rest, { as, from: source, filterable: source.kind === 'field' }];
}

/** Changes one published column. */
export function changeColumn(
  columns: readonly MetadataColumn[],
  source: MetadataColumn['from'],
  change: Partial<Pick<MetadataColumn, 'as' | 'filterable'>>,
): MetadataColumn[] {
  return columns.map((column) =>
    keyOf(column.from) === keyOf(source) ? { ...column, ...change } : column,
  );
}

/** The template of picture addresses; empty when none is published. */
export function templateOf(columns: readonly MetadataColumn[]): string {
  for (const { from } of columns) if (from.kind === 'template') return from.template;
  return '';
}

/** Publishes picture addresses by this template, or none when it is empty. */
export function setTemplate(
  columns: readonly MetadataColumn[],
  template: string,
): MetadataColumn[] {
  const before = columns.find(({ from }) => from.kind === 'template');
  const rest = columns.filter((column) => column !== before);
  if (template.trim() === '') return rest;
  const { as = 's3_uri', filterable = false } = before ?? {};
  return [...rest, { as, from: { kind: 'template', template }, filterable }];
}

/** Tells sources apart. */
export function keyOf(source: MetadataColumn['from']): string {
  return source.kind === 'field' ? `field ${source.field}` : source.kind;
}
