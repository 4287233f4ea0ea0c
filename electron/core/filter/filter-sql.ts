import type { Condition, Filter, Primitive } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';

type Parameter = string | number | Buffer;

/** One of the conditions that must all hold, over an item `i`, with its parameters in order. */
export interface FilterSql {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /** What picks the rows of `item_field` it asks for; null where it does not ask for rows. */
  readonly rows: string | null;
}

/** The fields of a catalog, name to id. */
export type FieldIds = ReadonlyMap<string, number>;

/** More can be typed by nobody, and SQLite allows expressions 1,000 deep. */
const MAX_DEPTH = 50;
const MAX_VALUES = 1000;

export function readFieldIds(db: Db, catalogId: number): FieldIds {
  return new Map(
    db
      .prepare<[number], [string, number]>(
        'SELECT name, id FROM field WHERE catalog_id = ? ORDER BY position',
      )
      .raw()
      .all(catalogId),
  );
}

/**
 * Compiles a metadata filter, to conditions that must all hold, with the meaning it has in Amazon S3 Vectors. Sources: [UG] S3 User
 * Guide, "Metadata filtering"; [MOCK] what adobe/S3Mock 5.2.0 answers (fixtures/filter-cases.ts holds each
 * case); where both are silent MongoDB's query language, whose operators these are.
 *
 * - A bare value is `$eq`; several fields or operators in one object must all hold [UG, MOCK].
 * - `$eq` is strict about types: 2012 is not "2012", true is not "true" [MOCK]; 2012 is 2012.0. Text is
 *   compared by code point, upper and lower case differ [MOCK].
 * - On a list `$eq` and `$in` hold when any element equals [UG, MOCK].
 * - `$ne` and `$nin` are the exact opposite of `$eq` and `$in`: they hold for items without the field
 *   [MOCK], and on a list only when no element equals [MOCK].
 * - `$gt $gte $lt $lte` compare numbers with numbers; text, booleans and items without the field never
 *   match ([UG]: operand number. [MOCK] differs: it lets values it cannot compare pass as equal). On
 *   a list each operator holds when any element does [MongoDB].
 * - `$exists` asks whether the item has the field, whatever its value [UG]. An empty list counts as
 *   absent here: it holds nothing a filter could find.
 * - `$startsWith` takes text, case matters; on a list any element ([UG], ENHANCED indexes).
 *
 * A field the catalog does not have is refused, where S3 Vectors would find nothing: in a catalog
 * with a known list of fields it is a typing error.
 *
 * @throws VitrineError FILTER_INVALID naming the field, or saying that the filter is too large.
 */
export function compileFilter(filter: Filter, fields: FieldIds): FilterSql[] {
  let valueCount = 0;

  const compile = (part: Filter, depth: number): FilterSql[] => {
    if (depth > MAX_DEPTH) throw invalid(`The filter is nested more than ${MAX_DEPTH} deep.`);
    return Object.entries(part).flatMap(([name, value]) => {
      if (value === undefined) return [];
      if (isFilters(value)) {
        const parts = value.map((inner) => compile(inner, depth + 1));
        return name === '$or' ? [anyOf(parts)] : parts.flat();
      }
      return compileCondition(name, typeof value === 'object' ? value : { $eq: value });
    });
  };

  const compileCondition = (name: string, condition: Condition): FilterSql[] => {
    const fieldId = fields.get(name);
    if (fieldId === undefined) throw unknownField(name, fields);
    return compileOperators(condition).map(({ not, where, values }) => {
      valueCount += Math.max(1, values.length);
      if (valueCount > MAX_VALUES)
        throw invalid(`The filter holds more than ${MAX_VALUES} values.`);
      const rows = `field_id = ?${where}`;
      const sql = `i.id ${not ? 'NOT IN' : 'IN'} (SELECT item_id FROM item_field WHERE ${rows})`;
      return { sql, parameters: [fieldId, ...values], rows: not ? null : rows };
    });
  };

  return compile(filter, 1);
}

function anyOf(parts: readonly (readonly FilterSql[])[]): FilterSql {
  return {
    sql: `(${parts.map(allOf).join(' OR ')})`,
    parameters: parts.flat().flatMap(({ parameters }) => parameters),
    rows: null,
  };
}

function allOf(conditions: readonly FilterSql[]): string {
  return conditions.length === 0 ? '1' : `(${conditions.map(({ sql }) => sql).join(' AND ')})`;
}

/**
 * The ids of a catalog's items that a filter lets through, each once. Where a condition asks for rows
 * of a field, those alone are walked, in their index, and no item is read: a field belongs to one
 * catalog.
 */
export function selectItems(db: Db, catalogId: number, filter: Filter): number[] {
  const conditions = compileFilter(filter, readFieldIds(db, catalogId));
  const first = conditions.find(({ rows }) => rows !== null);
  const others = conditions.filter((one) => one !== first);
  const parametersOf = (some: readonly FilterSql[]) => some.flatMap(({ parameters }) => parameters);
  const select = (sql: string, parameters: readonly Parameter[]) =>
    db
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...parameters);
  if (first?.rows === undefined || first.rows === null) {
    return select(`SELECT i.id FROM item i WHERE i.catalog_id = ? AND ${allOf(others)}`, [
      catalogId,
      ...parametersOf(others),
    ]);
  }
  const ids = select(
    `SELECT i.id FROM (SELECT item_id AS id FROM item_field WHERE ${first.rows}) i
     WHERE ${allOf(others)}`,
    parametersOf([first, ...others]),
  );
  // An item whose list holds several of the values has a row each.
  return [...new Set(ids)];
}

interface OperatorSql {
  /** Whether the items that match are those to leave out. */
  readonly not: boolean;
  /** What must hold of one value of the field. */
  readonly where: string;
  readonly values: readonly Parameter[];
}

/**
 * SQLite keeps the types apart: numbers sort before text, text before blobs, and nothing is converted
 * since the column has no affinity. So `value < ''` means "is a number".
 */
function compileOperators(condition: Condition): OperatorSql[] {
  const { $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $startsWith } = condition;
  const all: OperatorSql[] = [];
  const add = (where: string, values: OperatorSql['values'], not = false) => {
    all.push({ not, where, values });
  };
  if ($eq !== undefined) add(' AND value = ?', [stored($eq)]);
  if ($ne !== undefined) add(' AND value = ?', [stored($ne)], true);
  if ($gt !== undefined) add(" AND value > ? AND value < ''", [$gt]);
  if ($gte !== undefined) add(" AND value >= ? AND value < ''", [$gte]);
  if ($lt !== undefined) add(' AND value < ?', [$lt]);
  if ($lte !== undefined) add(' AND value <= ?', [$lte]);
  if ($in !== undefined) add(` AND value IN (${marks($in)})`, $in.map(stored));
  if ($nin !== undefined) add(` AND value IN (${marks($nin)})`, $nin.map(stored), true);
  if ($exists !== undefined) add('', [], !$exists);
  if ($startsWith !== undefined) {
    const isPrefixed = " AND value >= ? AND value < x'' AND substr(value, 1, length(?)) = ?";
    add(isPrefixed, [$startsWith, $startsWith, $startsWith]);
  }
  return all;
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** A value as item_field holds it. */
function stored(value: Primitive): string | number | Buffer {
  return typeof value === 'boolean' ? Buffer.of(value ? 1 : 0) : value;
}

function isFilters(value: Filter[string]): value is readonly Filter[] {
  return Array.isArray(value);
}

function invalid(message: string): VitrineError {
  return new VitrineError('FILTER_INVALID', message);
}

function unknownField(name: string, fields: FieldIds): VitrineError {
  const known = [...fields.keys()];
  return new VitrineError('FILTER_INVALID', `The catalog has no field "${name}" to filter by.`, {
    action:
      known.length === 0
        ? 'It has no fields at all: its items came without a CSV.'
        : `Its fields are ${known.join(', ')}.`,
    subject: name,
  });
}
