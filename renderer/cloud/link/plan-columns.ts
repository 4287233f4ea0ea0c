import type { Field } from '../../../shared/contract/catalog.ts';
import { CONTENT_KEY } from '../../../shared/content-key.ts';
import type { MetadataColumn } from '../../../shared/contract/cloud/metadata.ts';

/** What a column comes from; the template of addresses and the content's hash are kept apart. */
export type ColumnSource = Exclude<MetadataColumn['from'], { kind: 'template' | 'content' }>;

/** Every field of the catalog once, those that are published first, and in their order. */
export function planColumns(
  fields: readonly Field[],
  columns: readonly MetadataColumn[],
): ColumnSource[] {
  const all: ColumnSource[] = [
    ...columns.flatMap(({ from }) => (isSource(from) ? [from] : [])),
    { kind: 'name' },
    ...fields.map(({ name }) => ({ kind: 'field' as const, field: name })),
  ];
  return [...new Map(all.map((source) => [keyOf(source), source])).values()];
}

function isSource(from: MetadataColumn['from']): from is ColumnSource {
  return from.kind === 'field' || from.kind === 'name';
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

/** Publishes the hash of each picture and name, or does not. */
export function toggleContent(columns: readonly MetadataColumn[]): MetadataColumn[] {
  const rest = columns.filter(({ from }) => from.kind !== 'content');
  if (rest.length < columns.length) return rest;
  return [...rest, { as: CONTENT_KEY, from: { kind: 'content' }, filterable: false }];
}

/** Tells sources apart. */
export function keyOf(source: MetadataColumn['from']): string {
  return source.kind === 'field' ? `field ${source.field}` : source.kind;
}
