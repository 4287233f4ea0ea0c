import { ServiceError, type FieldProblem } from './service-error.ts';

interface Presence {
  readonly required?: boolean;
}

interface Range extends Presence {
  readonly min: number;
  readonly max?: number;
}

interface Problem extends FieldProblem {
  /** Of what was sent, where the length is the problem. */
  readonly length?: number;
}

/**
 * Reads the members of a request and collects what breaks the service model, so that the answer
 * lists all of it at once, in the words of a Smithy server ("1 validation error detected. Value at
 * '/dimension' failed to satisfy constraint: …"). Call `check` before using what was read: until then
 * a stand-in may take the place of a required member that is absent.
 */
export class RequestFields {
  readonly #input: Readonly<Record<string, unknown>>;
  readonly #problems: Problem[] = [];

  constructor(input: Readonly<Record<string, unknown>>) {
    this.#input = input;
  }

  /** Empty when it is absent: no string of the model may be sent empty. */
  string(name: string, rule: Range & { readonly pattern?: RegExp }): string {
    const value = this.#read(name, rule.required);
    if (value === undefined) return '';
    if (typeof value !== 'string') throw wrongType(name, 'a string');
    this.checkLength(name, value, rule);
    if (rule.pattern?.test(value) === false) {
      this.#refuse(name, `Member must satisfy regular expression pattern: ${rule.pattern.source}`);
    }
    return value;
  }

  integer(name: string, rule: Required<Presence> & Range): number;
  integer(name: string, rule: Range): number | undefined;
  integer(name: string, rule: Range): number | undefined {
    const value = this.#read(name, rule.required);
    if (value === undefined) return rule.required === true ? Number.NaN : undefined;
    if (!Number.isInteger(value)) throw wrongType(name, 'an integer');
    const number = value as number;
    const { min, max = Infinity } = rule;
    if (number < min || number > max) {
      this.#refuse(
        name,
        max === Infinity
          ? `Member must be greater than or equal to ${min}`
          : `Member must be between ${min} and ${max}, inclusive`,
      );
    }
    return number;
  }

  boolean(name: string): boolean {
    const value = this.#read(name);
    if (value === undefined) return false;
    if (typeof value !== 'boolean') throw wrongType(name, 'true or false');
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[], rule: Required<Presence>): T;
  oneOf<T extends string>(name: string, values: readonly T[], rule?: Presence): T | undefined;
  oneOf<T extends string>(name: string, values: readonly T[], rule: Presence = {}): T | undefined {
    const value = this.#read(name, rule.required);
    if (value === undefined) return rule.required === true ? values[0] : undefined;
    if (typeof value !== 'string') throw wrongType(name, 'a string');
    const found = values.find((one) => one === value);
    if (found === undefined) {
      this.#refuse(name, `Member must satisfy enum value set: [${values.join(', ')}]`);
    }
    return found;
  }

  /** The elements are the caller's to check. */
  list(name: string, rule: Range): readonly unknown[] {
    const value = this.#read(name, rule.required);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw wrongType(name, 'a list');
    this.#checkCount(name, value.length, rule);
    return value;
  }

  strings(name: string, rule: Range, each: Range): readonly string[] {
    const values = this.list(name, rule);
    for (const [at, value] of values.entries()) {
      if (typeof value !== 'string') throw wrongType(`${name}/${at}`, 'a string');
      this.checkLength(`${name}/${at}`, value, each);
    }
    return values as readonly string[];
  }

  /** The length of a string that the caller read by itself. */
  checkLength(path: string, text: string, range: Range): void {
    this.#checkCount(path, lengthOf(text), range);
  }

  object(name: string, rule: Presence = {}): Readonly<Record<string, unknown>> | undefined {
    const value = this.#read(name, rule.required);
    if (value === undefined) return undefined;
    if (!isObject(value)) throw wrongType(name, 'an object');
    return value;
  }

  /** The members of a nested structure; its problems are listed with this one's. */
  nested(name: string, read: (fields: RequestFields) => void): void {
    const value = this.object(name);
    if (value === undefined) return;
    const fields = new RequestFields(value);
    read(fields);
    for (const one of fields.#problems) {
      this.#problems.push({ ...one, path: `/${name}${one.path}` });
    }
  }

  /** @throws ServiceError ValidationException with every problem found so far. */
  check(): void {
    const count = this.#problems.length;
    if (count === 0) return;
    const sentences = this.#problems.map(({ path, message, length }) => {
      const value = length === undefined ? 'Value' : `Value with length ${length}`;
      return `${value} at '${path}' failed to satisfy constraint: ${message}`;
    });
    throw new ServiceError(
      'ValidationException',
      `${count} validation error${count === 1 ? '' : 's'} detected. ${sentences.join('; ')}`,
      this.#problems.map(({ path, message }) => ({ path, message })),
    );
  }

  #read(name: string, required = false): unknown {
    const value = Object.hasOwn(this.#input, name) ? this.#input[name] : undefined;
    if (value !== undefined && value !== null) return value;
    if (required) this.#refuse(name, 'Member must not be null');
    return undefined;
  }

  #checkCount(name: string, length: number, { min, max = Infinity }: Range): void {
    if (length >= min && length <= max) return;
    const allowed =
      max === Infinity ? `greater than or equal to ${min}` : `between ${min} and ${max}, inclusive`;
    this.#problems.push({
      path: `/${name}`,
      message: `Member must have length ${allowed}`,
      length,
    });
  }

  #refuse(name: string, message: string): void {
    this.#problems.push({ path: `/${name}`, message });
  }
}

/** Whether a JSON value is an object, not a list and not null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the service answers when a member is not of the model's type. */
export function wrongType(path: string, expected: string): ServiceError {
  return new ServiceError('SerializationException', `/${path} must be ${expected}`);
}

/** The length of a string as Smithy counts it: in code points. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
