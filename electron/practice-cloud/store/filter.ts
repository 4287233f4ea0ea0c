import type { Metadata } from '../../../shared/contract/filter.ts';
import { isObject } from '../wire/request-fields.ts';
import { invalid, type ServiceError } from '../wire/service-error.ts';

/** A filter that was understood, with what the index has to hold against it. */
export interface CompiledFilter {
  readonly matches: (metadata: Metadata) => boolean;
  /** Every metadata key it asks about. */
  readonly fields: ReadonlySet<string>;
  /** Each value it evaluates counts as one. */
  readonly constraints: number;
  readonly usesStartsWith: boolean;
}

type Test = (metadata: Metadata) => boolean;
type Primitive = string | number | boolean;

/** Filters nest as deep as anyone writes them, not as deep as would end the process. */
const MAX_DEPTH = 100;

/**
 * Compiles a metadata filter (S3 User Guide, "Metadata filtering"). Written apart from the rest of
 * the application on purpose: it is what the application's own filters are judged by.
 *
 * @throws ServiceError ValidationException naming the place of what it does not understand.
 */
export function compileFilter(filter: unknown): CompiledFilter {
  const compiler = new FilterCompiler();
  const matches = compiler.compile(filter, '/filter', 0);
  return {
    matches,
    fields: compiler.fields,
    constraints: compiler.constraints,
    usesStartsWith: compiler.usesStartsWith,
  };
}

class FilterCompiler {
  readonly fields = new Set<string>();
  constraints = 0;
  usesStartsWith = false;

  compile(filter: unknown, path: string, depth: number): Test {
    if (!isObject(filter)) throw wrong(path, 'a filter must be an object');
    if (depth > MAX_DEPTH) throw wrong(path, 'nested too deeply');
    const tests = Object.entries(filter).map(([name, operand]): Test => {
      const here = `${path}/${name}`;
      if (name === '$and' || name === '$or') {
        if (!Array.isArray(operand) || operand.length === 0) {
          throw wrong(here, `${name} takes a non-empty list of filters`);
        }
        const parts = operand.map((part, at) => this.compile(part, `${here}/${at}`, depth + 1));
        return name === '$and' ? every(parts) : (metadata) => parts.some((part) => part(metadata));
      }
      if (name.startsWith('$')) throw wrong(here, `unknown operator ${name}`);
      return this.#field(name, operand, here);
    });
    return every(tests);
  }

  #field(field: string, operand: unknown, path: string): Test {
    this.fields.add(field);
    const conditions = isPrimitive(operand) ? { $eq: operand } : operand;
    if (!isObject(conditions) || Object.keys(conditions).length === 0) {
      throw wrong(path, 'must be a string, a number, a boolean or an object of operators');
    }
    return every(
      Object.entries(conditions).map(([operator, value]): Test => {
        const holds = this.#condition(operator, value, `${path}/${operator}`);
        return (metadata) => holds(Object.hasOwn(metadata, field) ? metadata[field] : undefined);
      }),
    );
  }

  /** What an operator asks of a value, which is undefined where the metadata lack the key. */
  #condition(
    operator: string,
    operand: unknown,
    path: string,
  ): (value: Metadata[string] | undefined) => boolean {
    this.constraints += Array.isArray(operand) ? operand.length : 1;
    switch (operator) {
      case '$eq':
      case '$ne': {
        if (!isPrimitive(operand)) throw wrong(path, 'must be a string, a number or a boolean');
        const isEqual = anyElement((value) => value === operand);
        return operator === '$eq' ? isEqual : (value) => !isEqual(value);
      }
      case '$in':
      case '$nin': {
        if (!Array.isArray(operand) || operand.length === 0 || !operand.every(isPrimitive)) {
          throw wrong(path, 'must be a non-empty list of strings, numbers or booleans');
        }
        const wanted = new Set<Primitive>(operand);
        const isIn = anyElement((value) => wanted.has(value));
        return operator === '$in' ? isIn : (value) => !isIn(value);
      }
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        if (typeof operand !== 'number') throw wrong(path, 'must be a number');
        return anyElement(
          (value) => typeof value === 'number' && COMPARISONS[operator](value, operand),
        );
      case '$exists':
        if (typeof operand !== 'boolean') throw wrong(path, 'must be true or false');
        return (value) => (value !== undefined) === operand;
      case '$startsWith':
        if (typeof operand !== 'string') throw wrong(path, 'must be a string');
        this.usesStartsWith = true;
        return anyElement((value) => typeof value === 'string' && value.startsWith(operand));
      default:
        throw wrong(path, `unknown operator ${operator}`);
    }
  }
}

const COMPARISONS = {
  $gt: (value: number, bound: number) => value > bound,
  $gte: (value: number, bound: number) => value >= bound,
  $lt: (value: number, bound: number) => value < bound,
  $lte: (value: number, bound: number) => value <= bound,
} as const;

/** A list matches where one of its elements does; an absent value matches nothing. */
function anyElement(
  test: (value: Primitive) => boolean,
): (value: Metadata[string] | undefined) => boolean {
  return (value) => {
    if (value === undefined) return false;
    return Array.isArray(value) ? value.some(test) : test(value);
  };
}

function every(tests: readonly Test[]): Test {
  return (metadata) => tests.every((test) => test(metadata));
}

function isPrimitive(value: unknown): value is Primitive {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function wrong(path: string, what: string): ServiceError {
  return invalid(path, `Invalid query filter: ${path}: ${what}`);
}
