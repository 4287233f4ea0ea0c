import type { Facet } from '../../../shared/contract/catalog.ts';
import type { Primitive } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import { Pacer } from '../pacer.ts';

/** A field worth a facet, with the items of each of its values. */
export interface FieldPostings {
  readonly field: string;
  readonly type: Facet['type'];
  readonly values: readonly { readonly value: Primitive; readonly itemIds: Int32Array }[];
}

/** More values than this are no help in narrowing down: names, codes, prices. */
const MAX_VALUES = 200;
/** Up to so many values a field is worth a facet in the smallest catalog. */
const FEW_VALUES = 20;

/**
 * Reads which items have which value, for every field that deserves a facet: 2 to 200 different
 * values, and above 20 each on two items on average (in a small catalog every name is different).
 */
export async function readFacetPostings(
  db: Db,
  catalogId: number,
  itemCount: number,
): Promise<FieldPostings[]> {
  const fields = db
    .prepare<[number], { id: number; field: string; type: Facet['type'] }>(
      'SELECT id, name AS field, type FROM field WHERE catalog_id = ? ORDER BY position',
    )
    .all(catalogId);
  const itemsWith = db
    .prepare<[number, unknown], number>(
      'SELECT item_id FROM item_field WHERE field_id = ? AND value = ?',
    )
    .pluck();
  const pacer = new Pacer();
  const postings: FieldPostings[] = [];
  for (const { id, field, type } of fields) {
    const found = distinctValues(db, id);
    const isTelling = found.length <= FEW_VALUES || found.length <= itemCount / 2;
    if (found.length < 2 || found.length > MAX_VALUES || !isTelling) continue;
    const values: { value: Primitive; itemIds: Int32Array }[] = [];
    for (const value of found) {
      values.push({
        value: toPrimitive(value),
        itemIds: Int32Array.from(itemsWith.all(id, value)),
      });
      if (pacer.isDue) await pacer.breathe();
    }
    postings.push({ field, type, values });
  }
  return postings;
}

/** The different values of a field, one more than MAX_VALUES at most: a jump through the index each. */
function distinctValues(db: Db, fieldId: number): unknown[] {
  return db
    .prepare<object>(
      `WITH RECURSIVE step (value) AS (
         SELECT min(value) FROM item_field WHERE field_id = @fieldId
         UNION ALL
         SELECT (SELECT min(value) FROM item_field WHERE field_id = @fieldId AND value > step.value)
         FROM step WHERE step.value IS NOT NULL
       )
       SELECT value FROM step WHERE value IS NOT NULL LIMIT ${MAX_VALUES + 1}`,
    )
    .pluck()
    .all({ fieldId });
}

/** A value as item_field stores it: booleans are the blobs x'00' and x'01'. */
export function toPrimitive(value: unknown): Primitive {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array && value[0] === 1;
}
