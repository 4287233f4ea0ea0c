import { OPERATIONS } from '../operations/operations.ts';
import { isObject, wrongType } from './request-fields.ts';
import { ServiceError } from './service-error.ts';

const TAG_OPERATIONS: Readonly<Record<string, string>> = {
  GET: 'ListTagsForResource',
  POST: 'TagResource',
  DELETE: 'UntagResource',
};

/** A request by what it asks for. */
export interface Route {
  readonly operation: string;
  /** Members that travel in the address. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** Finds the operation of a request: `POST /Operation`, and the tags under `/tags/{arn}`. */
export function routeOf(method: string, address: string): Route {
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  const tags = /^\/tags\/(.+)$/.exec(pathname)?.[1];
  if (tags !== undefined) {
    const operation = TAG_OPERATIONS[method];
    if (operation === undefined) throw unknownOperation(method, pathname);
    const members = {
      resourceArn: decode(tags),
      ...(operation === 'UntagResource' && { tagKeys: searchParams.getAll('tagKeys') }),
    };
    return { operation, members };
  }
  const operation = pathname.slice(1);
  const isKnown =
    method === 'POST' &&
    Object.hasOwn(OPERATIONS, operation) &&
    !Object.values(TAG_OPERATIONS).includes(operation);
  if (!isKnown) throw unknownOperation(method, pathname);
  return { operation, members: {} };
}

/** @throws ServiceError SerializationException when the body is not an object in JSON. */
export function parseBody(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(body.toString());
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not valid JSON');
  }
  if (!isObject(input)) throw wrongType('', 'an object');
  return input;
}

function unknownOperation(method: string, path: string): ServiceError {
  return new ServiceError('UnknownOperationException', `No operation at ${method} ${path}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
