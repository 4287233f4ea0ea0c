import type { Index } from '../store/resources.ts';
import { normOf } from '../store/nearest.ts';
import { isObject, wrongType } from '../wire/request-fields.ts';

/** Smithy writes numbers that JSON has no notation for as strings. */
const NOT_FINITE: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];

/**
 * Reads `{"float32": [...]}` into float32, as the service converts what it is sent.
 *
 * @throws ServiceError SerializationException when it is not a list of numbers.
 */
export function float32Of(data: unknown, path: string): Float32Array {
  const numbers = isObject(data) ? data['float32'] : undefined;
  if (!Array.isArray(numbers)) throw wrongType(path, 'an object with a list float32');
  const vector = new Float32Array(numbers.length);
  for (let at = 0; at < numbers.length; at += 1) {
    const value: unknown = numbers[at];
    if (typeof value === 'number') vector[at] = value;
    else if (NOT_FINITE.includes(value)) vector[at] = Number.NaN;
    else throw wrongType(`${path}/float32/${at}`, 'a number');
  }
  return vector;
}

/** What the index has against a vector, or null. */
export function vectorFault(vector: Float32Array, { settings }: Index): string | null {
  const { dimension, metric } = settings;
  if (vector.length !== dimension) {
    return `vector must have length ${dimension}, but has length ${vector.length}`;
  }
  // No float32 squared leaves the range of a double, on either end.
  const norm = normOf(vector);
  if (!Number.isFinite(norm)) return 'vector must not contain NaN or Infinity values';
  if (metric === 'cosine' && norm === 0) {
    return 'cosine distance does not support vectors with zero norm';
  }
  return null;
}

const MINUS_ZERO = (JSON as unknown as { rawJSON(text: string): number }).rawJSON('-0');

/** Numbers to be written as JSON, of which `JSON.stringify` alone would lose the sign of -0. */
export function jsonNumbers(vector: Float32Array): number[] {
  return Array.from(vector, (value) => (Object.is(value, -0) ? MINUS_ZERO : value));
}
