import type { RequestFields } from '../wire/request-fields.ts';
import { byName } from '../store/account.ts';
import type { OperationContext } from './context.ts';

interface Named {
  readonly settings: { readonly name: string };
}

/** Reads the members that ListVectorBuckets and ListIndexes share; gives the function that makes a page. */
export function namePages(
  fields: RequestFields,
  { tokens, max }: { readonly tokens: OperationContext['tokens']; readonly max: number },
): <T extends Named>(all: readonly T[], of: string) => { page: T[]; nextToken?: string } {
  const size = fields.integer('maxResults', { min: 1, max }) ?? max;
  const prefix = fields.string('prefix', { min: 1, max: 63 });
  const token = fields.string('nextToken', { min: 1, max: 512 });
  return (all, of) => {
    const request = JSON.stringify([of, prefix]);
    const after = token === '' ? '' : (tokens.redeem(token, request) as string);
    const rest = byName(all).filter(
      ({ settings: { name } }) => name > after && name.startsWith(prefix),
    );
    const page = rest.slice(0, size);
    const last = page.at(-1);
    return rest.length > size && last !== undefined
      ? { page, nextToken: tokens.issue(request, last.settings.name) }
      : { page };
  };
}
