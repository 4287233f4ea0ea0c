import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';

/** All items of a catalog by name (upper and lower case alike), equal names by id. */
export function orderByName(db: Db, catalogId: number): Int32Array {
  return readIds(db, 'SELECT id FROM item WHERE catalog_id = ? ORDER BY name COLLATE NOCASE, id', [
    catalogId,
  ]);
}

export function orderByKey(db: Db, catalogId: number): Int32Array {
  return readIds(db, 'SELECT id FROM item WHERE catalog_id = ? ORDER BY key', [catalogId]);
}

/** Items by the value of a field (of a list the smallest), equal values in the order given. */
export interface FieldOrder {
  /** Groups of equal values, smallest value first; text without regard to case. */
  readonly groups: readonly Int32Array[];
  readonly without: Int32Array;
}

/**
 * Sorts by counting: the index has the items by value already, only groups are compared.
 *
 * @throws VitrineError INVALID_INPUT when the catalog has no such field.
 */
export function orderByField(
  db: Db,
  catalogId: number,
  { field, tieOrder }: { readonly field: string; readonly tieOrder: Int32Array },
): FieldOrder {
  const fieldId = db
    .prepare<[number, string], number>('SELECT id FROM field WHERE catalog_id = ? AND name = ?')
    .pluck()
    .get(catalogId, field);
  if (fieldId === undefined) {
    throw new VitrineError('INVALID_INPUT', `The catalog has no field "${field}" to sort by.`, {
      action: 'Sort by name, key or one of its fields.',
      subject: field,
    });
  }
  const groupOf = readGroups(db, fieldId);
  const without: number[] = [];
  const groups: number[][] = [];
  for (const id of tieOrder) {
    const group = groupOf.get(id);
    if (group === undefined) without.push(id);
    else (groups[group] ??= []).push(id);
  }
  return {
    groups: groups.filter((ids) => ids !== undefined).map((ids) => Int32Array.from(ids)),
    without: Int32Array.from(without),
  };
}

/** The rank of each item's value. */
function readGroups(db: Db, fieldId: number): Map<number, number> {
  const counts = db
    .prepare<[number], [unknown, number, number]>(
      `SELECT value, count(*), dense_rank() OVER (ORDER BY value COLLATE NOCASE) - 1
       FROM item_field WHERE field_id = ? GROUP BY value ORDER BY value`,
    )
    .raw()
    .all(fieldId);
  const itemIds = readIds(
    db,
    'SELECT item_id FROM item_field WHERE field_id = ? ORDER BY value, item_id',
    [fieldId],
  );
  const groupOf = new Map<number, number>();
  let at = 0;
  for (const [, count, rank] of counts) {
    for (const end = at + count; at < end; at += 1) {
      const id = itemIds[at]!;
      groupOf.set(id, Math.min(rank, groupOf.get(id) ?? rank));
    }
  }
  return groupOf;
}

function readIds(db: Db, sql: string, parameters: readonly unknown[]): Int32Array {
  return Int32Array.from(
    db
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...parameters),
  );
}
