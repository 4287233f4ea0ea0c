import { z } from 'zod';
import { APP_SCHEME } from './scheme.ts';

const searchLinkSchema = z.object({
  protocol: z.literal(`${APP_SCHEME}:`),
  host: z.literal('search'),
  pathname: z.enum(['', '/']),
  words: z.string().trim().min(1).max(500),
});

/**
 * The words of `vitrine://search?q=…`, the only link there is; null for anything else. Any web page
 * may hold such a link, so it searches and never changes anything.
 */
export function parseSearchLink(link: string): string | null {
  const url = URL.parse(link);
  const parsed = searchLinkSchema.safeParse({
    protocol: url?.protocol,
    host: url?.host,
    pathname: url?.pathname,
    words: url?.searchParams.get('q'),
  });
  return parsed.success ? parsed.data.words : null;
}
