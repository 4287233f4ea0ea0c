import { CONTENT_KEY } from '../../../../shared/content-key.ts';
import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import type { Field } from '../../../../shared/contract/catalog.ts';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import { VitrineError } from '../../errors.ts';

/** The keys of the original notebook, and the columns of its data set they come from. */
const ORIGINAL: readonly { as: string; field: string }[] = [
  { as: 'gender', field: 'gender' },
  { as: 'category', field: 'masterCategory' },
  { as: 'type', field: 'usage' },
  { as: 'season', field: 'season' },
];
const ORIGINAL_NAME = { as: 'productName', field: 'productDisplayName' };

/**
 * The columns to publish unless the user says otherwise: those of the original notebook for its data
 * set, every field for any other. Names are long and never filtered by: not filterable.
 *
 * @param options.uriTemplate where the pictures lie, such as `s3://my-pictures/images/{filename}`
 */
export function suggestColumns(
  fields: readonly Field[],
  { uriTemplate }: { uriTemplate?: string | undefined } = {},
): MetadataColumn[] {
  const names = new Set(fields.map(({ name }) => name));
  const isOriginal = [...ORIGINAL, ORIGINAL_NAME].every(({ field }) => names.has(field));
  const columns = isOriginal
    ? [
        ...ORIGINAL.map(({ as, field }) => fieldColumn(as, field)),
        { ...fieldColumn(ORIGINAL_NAME.as, ORIGINAL_NAME.field), filterable: false },
      ]
    : [
        ...fields
          .filter(({ name }) => name !== 'name')
          .slice(0, S3_VECTORS_LIMITS.metadataKeys - 2)
          .map(({ name }) => fieldColumn(name, name)),
        { as: 'name', from: { kind: 'name' as const }, filterable: false },
      ];
  return uriTemplate === undefined ? columns : [...columns, uriColumn(uriTemplate)];
}

/** The column that says where an item's picture lies. */
export function uriColumn(template: string): MetadataColumn {
  return { as: 's3_uri', from: { kind: 'template', template }, filterable: false };
}

export function contentColumn(): MetadataColumn {
  return { as: CONTENT_KEY, from: { kind: 'content' }, filterable: false };
}

function fieldColumn(as: string, field: string): MetadataColumn {
  return { as, from: { kind: 'field', field }, filterable: true };
}

/** @throws VitrineError INVALID_INPUT naming the column that cannot be published so. */
export function checkColumns(columns: readonly MetadataColumn[], fields: readonly Field[]): void {
  const { metadataKeys, nonFilterableKeys, metadataKeyLength } = S3_VECTORS_LIMITS;
  const names = new Set(fields.map(({ name }) => name));
  const seen = new Set<string>();
  for (const { as, from } of columns) {
    if (seen.has(as)) throw refuse(`Two columns are published as "${as}".`, as);
    seen.add(as);
    if (as.length > metadataKeyLength) {
      throw refuse(`"${as}" is longer than ${metadataKeyLength} characters.`, as);
    }
    if (as.startsWith('$'))
      throw refuse(`"${as}": a key must not begin with $, as operators do.`, as);
    if (from.kind === 'field' && !names.has(from.field)) {
      const known = [...names].join(', ') || 'none';
      throw refuse(`The catalog has no field "${from.field}". It has: ${known}.`, from.field);
    }
  }
  if (columns.length > metadataKeys) {
    throw refuse(`${columns.length} columns are chosen; a vector carries ${metadataKeys} at most.`);
  }
  const notFilterable = columns.filter(({ filterable }) => !filterable).length;
  if (notFilterable > nonFilterableKeys) {
    throw refuse(
      `${notFilterable} columns are not filterable; an index allows ${nonFilterableKeys}.`,
    );
  }
}

function refuse(message: string, subject?: string): VitrineError {
  return new VitrineError('INVALID_INPUT', message, {
    action: 'Choose and name the published columns anew.',
    ...(subject === undefined ? {} : { subject }),
  });
}
