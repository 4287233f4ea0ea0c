import type { Primitive } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import { toPrimitive } from './facet-postings.ts';

export interface NameOrder {
  /** By name, upper and lower case alike; equal names by id. */
  readonly named: Int32Array;
  readonly without: Int32Array;
}

/** All items of a catalog, in two walks of the index of names. */
export function orderByName(db: Db, catalogId: number): NameOrder {
  const read = (names: string) =>
    readIds(
      db,
      `SELECT id FROM item WHERE catalog_id = ? AND name COLLATE NOCASE ${names}
       ORDER BY name COLLATE NOCASE, id`,
      [catalogId],
    );
  return { named: read("> ''"), without: read("= ''") };
}

/** Items one run after the other. */
export function joinRuns(runs: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(runs.reduce((sum, ids) => sum + ids.length, 0));
  let at = 0;
  for (const ids of runs) {
    joined.set(ids, at);
    at += ids.length;
  }
  return joined;
}

export function orderByKey(db: Db, catalogId: number): Int32Array {
  return readIds(db, 'SELECT id FROM item WHERE catalog_id = ? ORDER BY key', [catalogId]);
}

export interface FieldGroup {
  /** As it is written; of several ways to write it the commonest. */
  readonly value: Primitive;
  readonly itemIds: Int32Array;
}

/** Items by the value of a field (of a list the smallest), equal values in the order given. */
export interface FieldOrder {
  /** Groups of equal values, smallest value first; text without regard to case. */
  readonly groups: readonly FieldGroup[];
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
  const { groupOf, values } = readGroups(db, fieldId);
  const without: number[] = [];
  const groups: number[][] = values.map(() => []);
  for (const id of tieOrder) {
    const group = groupOf.get(id);
    if (group === undefined) without.push(id);
    else groups[group]!.push(id);
  }
  return {
    groups: values
      .map((value, rank) => ({ value, itemIds: Int32Array.from(groups[rank]!) }))
      .filter(({ itemIds }) => itemIds.length > 0),
    without: Int32Array.from(without),
  };
}

/** The rank of each item's value, and the value of each rank. */
function readGroups(
  db: Db,
  fieldId: number,
): { groupOf: Map<number, number>; values: Primitive[] } {
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
  const values: Primitive[] = [];
  const commonest: number[] = [];
  let at = 0;
  for (const [value, count, rank] of counts) {
    if (count > (commonest[rank] ?? 0)) {
      commonest[rank] = count;
      values[rank] = toPrimitive(value);
    }
    for (const end = at + count; at < end; at += 1) {
      const id = itemIds[at]!;
      groupOf.set(id, Math.min(rank, groupOf.get(id) ?? rank));
    }
  }
  return { groupOf, values };
}

function readIds(db: Db, sql: string, parameters: readonly unknown[]): Int32Array {
  return Int32Array.from(
    db
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...parameters),
  );
}
