import type { Metadata } from '../../../shared/contract/filter.ts';
import type { Limits } from '../limits.ts';
import { isObject } from '../wire/request-fields.ts';

/**
 * What the service holds against the metadata of a vector, or null. The service does not say how it
 * counts bytes: counted here is the compact JSON in UTF-8, which no other reading exceeds.
 */
export function metadataFault(
  metadata: unknown,
  nonFilterable: ReadonlySet<string>,
  limits: Limits,
): string | null {
  if (!isObject(metadata)) return 'Metadata must be an object';
  const entries = Object.entries(metadata);
  if (entries.length > limits.metadataKeys) {
    return `Metadata object must have at most ${limits.metadataKeys} keys`;
  }
  for (const [key, value] of entries) {
    if (key === '') return 'Metadata keys must not be empty';
    if (!isPrimitive(value) && !(Array.isArray(value) && value.every(isPrimitive))) {
      return `Metadata value of '${key}' must be a string, a number, a boolean or a list of them`;
    }
  }
  const bytes = jsonBytes(metadata);
  if (bytes > limits.metadataBytes) {
    return `Metadata must have at most ${limits.metadataBytes} bytes`;
  }
  if (bytes <= limits.filterableMetadataBytes) return null;
  const filterable = Object.fromEntries(entries.filter(([key]) => !nonFilterable.has(key)));
  return jsonBytes(filterable) > limits.filterableMetadataBytes
    ? `Filterable metadata must have at most ${limits.filterableMetadataBytes} bytes`
    : null;
}

/** Logical size of metadata, in bytes. */
export function jsonBytes(metadata: Metadata | Readonly<Record<string, unknown>>): number {
  return Buffer.byteLength(JSON.stringify(metadata));
}

function isPrimitive(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
