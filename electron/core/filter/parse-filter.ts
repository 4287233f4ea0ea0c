import type { z } from 'zod';
import { filterSchema } from '../../../shared/contract/filter.ts';
import type { Filter } from '../../../shared/contract/filter.ts';
import { describeError, VitrineError } from '../errors.ts';

type Issue = z.core.$ZodIssue;

const ACTION =
  'Write JSON such as {"colour": "Red"}, {"year": {"$gte": 2012}} or {"$or": [{…}, {…}]}; the operators ' +
  'are $eq $ne $gt $gte $lt $lte $in $nin $exists $startsWith.';

/**
 * Reads a filter from JSON text, as it is typed on the command line.
 *
 * @throws VitrineError FILTER_INVALID that points at the place.
 */
export function parseFilter(json: string): Filter {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new VitrineError('FILTER_INVALID', `The filter is not JSON: ${describeError(error)}.`, {
      action: `${ACTION} Put it in single quotes in a shell.`,
      cause: error,
    });
  }
  const parsed = filterSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = deepest(parsed.error.issues);
  const place = describePath(path);
  throw new VitrineError(
    'FILTER_INVALID',
    `The filter is wrong${place === '' ? '' : ` at ${place}`}: ${message}.`,
    { action: ACTION, ...(place === '' ? {} : { subject: place }) },
  );
}

/** Of the ways a union failed the one that got farthest is what was meant. */
function deepest(issues: readonly Issue[]): { path: PropertyKey[]; message: string } {
  const [best] = issues
    .map((issue) => {
      if (issue.code !== 'invalid_union') return { path: issue.path, message: sentence(issue) };
      const inner = issue.errors.map(deepest).toSorted((a, b) => b.path.length - a.path.length)[0];
      if (inner !== undefined && inner.path.length > 0) {
        return { path: [...issue.path, ...inner.path], message: inner.message };
      }
      // Objects get past the type check of the operators: what is wrong with them is said there.
      const operators = issue.errors.flat().find(({ code }) => !TYPE_CODES.has(code));
      return { path: issue.path, message: operators ? sentence(operators) : EXPECTED };
    })
    .toSorted((a, b) => b.path.length - a.path.length);
  return best ?? { path: [], message: EXPECTED };
}

const EXPECTED =
  'expected text, a number, true, false or an object of operators (several values: {"$in": […]})';

const TYPE_CODES: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union']);

function sentence(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.join(', ')} is not an operator on a field`;
  }
  return issue.message
    .replace(/^Invalid input: /, '')
    .replace(/^Too small: .*/, 'it must not be empty');
}

function describePath(path: readonly PropertyKey[]): string {
  return path
    .map((step, at) =>
      typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}
