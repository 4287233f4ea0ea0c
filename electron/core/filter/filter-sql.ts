import type { Condition, Filter, Primitive } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';

/** A filter as SQL: an expression over `item i`, with its parameters in order. */
export interface FilterSql {
  readonly sql: string;
  readonly parameters: readonly (string | number | Buffer)[];
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
 * Compiles a metadata filter with the meaning it has in Amazon S3 Vectors. Sources: [UG] S3 User
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
export function compileFilter(filter: Filter, fields: FieldIds): FilterSql {
  const parameters: FilterSql['parameters'][number][] = [];
  let valueCount = 0;

  const compile = (part: Filter, depth: number): string => {
    if (depth > MAX_DEPTH) throw invalid(`The filter is nested more than ${MAX_DEPTH} deep.`);
    const all: string[] = [];
    for (const [name, value] of Object.entries(part)) {
      if (value === undefined) continue;
      if (isFilters(value)) {
        const parts = value.map((inner) => compile(inner, depth + 1));
        all.push(`(${parts.join(name === '$or' ? ' OR ' : ' AND ')})`);
      } else {
        const condition = typeof value === 'object' ? value : { $eq: value };
        all.push(...compileCondition(name, condition));
      }
    }
    return all.length === 0 ? '1' : `(${all.join(' AND ')})`;
  };

  const compileCondition = (name: string, condition: Condition): string[] => {
    const fieldId = fields.get(name);
    if (fieldId === undefined) throw unknownField(name, fields);
    return compileOperators(condition).map(({ not, where, values }) => {
      valueCount += Math.max(1, values.length);
      if (valueCount > MAX_VALUES)
        throw invalid(`The filter holds more than ${MAX_VALUES} values.`);
      parameters.push(fieldId, ...values);
      const test = `(SELECT item_id FROM item_field WHERE field_id = ?${where})`;
      return `i.id ${not ? 'NOT IN' : 'IN'} ${test}`;
    });
  };

  return { sql: compile(filter, 1), parameters };
}

/** The ids of a catalog's items that a filter lets through. */
export function selectItems(db: Db, catalogId: number, filter: Filter): number[] {
  const { sql, parameters } = compileFilter(filter, readFieldIds(db, catalogId));
  return db
    .prepare<unknown[], number>(`SELECT i.id FROM item i WHERE i.catalog_id = ? AND ${sql}`)
    .pluck()
    .all(catalogId, ...parameters);
}

interface OperatorSql {
  /** Whether the items that match are those to leave out. */
  readonly not: boolean;
  /** What must hold of one value of the field. */
  readonly where: string;
  readonly values: readonly (string | number | Buffer)[];
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
