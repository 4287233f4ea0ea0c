import type { MetadataLook } from '../../../../shared/contract/cloud/look.ts';
import type { Field } from '../../../../shared/contract/catalog.ts';
import type { Metadata } from '../../../../shared/contract/filter.ts';
import type { Pacer } from '../../pacer.ts';
import { explainKey, NAME_KEYS, type MatchedPair } from '../restore/match-columns.ts';

const EXAMPLE_LENGTH = 60;

/**
 * The metadata keys of a sample, and which of the catalog's columns they correspond to. Each key is
 * compared with every column, in turns of its own.
 */
export async function lookAtMetadata(
  sample: readonly Metadata[],
  options: {
    /** Of the sample, those with an item of the catalog. */
    readonly pairs: readonly MatchedPair[];
    readonly fields: readonly Field[];
    readonly nonFilterable: readonly string[];
    readonly pacer: Pacer;
  },
): Promise<MetadataLook[]> {
  const { pairs, fields, nonFilterable, pacer } = options;
  const keys = new Set(sample.flatMap((metadata) => Object.keys(metadata)));
  const looks: MetadataLook[] = [];
  for (const key of keys) {
    const told = sample.filter((metadata) => metadata[key] !== undefined);
    const { best, compared } = explainKey(key, { pairs, fields });
    const isExplained = best !== null && best.agreeing * 2 > compared;
    const named = namesake(key, fields);
    looks.push({
      key,
      count: told.length,
      filterable: !nonFilterable.includes(key),
      example: shorten(told[0]?.[key]),
      from: isExplained ? best.from : named,
      by: isExplained ? 'values' : named === null ? null : 'name',
      agreeing: isExplained ? best.agreeing : 0,
      compared,
    });
    if (pacer.isDue) await pacer.breathe();
  }
  return looks;
}

function namesake(key: string, fields: readonly Field[]): MetadataLook['from'] {
  const field = fields.find(({ name }) => name.toLowerCase() === key.toLowerCase());
  if (field !== undefined) return { kind: 'field', field: field.name };
  return NAME_KEYS.includes(key) ? { kind: 'name' } : null;
}

function shorten(value: Metadata[string] | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH)}…` : text;
}
