/** How reading one record ended. */
export interface SplitRecord {
  readonly cells: string[];
  /** A quoted field does not end within the text; its rest is the last cell. */
  readonly isOpen: boolean;
  /** A field starts with a quote but holds more after the closing one: read as it stands. */
  readonly hasStrayQuote: boolean;
}

/**
 * Splits one CSV record into its fields (RFC 4180: a field in quotes may hold the delimiter and line
 * ends; a quote in it is doubled).
 *
 * Forgiving where no other line can suffer: a quote inside an unquoted field (`3.5" heel`) and a
 * quoted word followed by more (`"Nike" shoe`) are taken literally.
 */
export function splitRecord(text: string, delimiter: string): SplitRecord {
  if (!text.includes('"')) {
    return { cells: text.split(delimiter), isOpen: false, hasStrayQuote: false };
  }
  const cells: string[] = [];
  let hasStrayQuote = false;
  let from = 0;
  for (;;) {
    if (text.charCodeAt(from) !== 34) {
      const end = text.indexOf(delimiter, from);
      cells.push(end === -1 ? text.slice(from) : text.slice(from, end));
      if (end === -1) break;
      from = end + 1;
      continue;
    }
    const close = closingQuote(text, from);
    if (close === -1) {
      cells.push(text.slice(from + 1));
      return { cells, isOpen: true, hasStrayQuote };
    }
    const after = close + 1;
    if (after === text.length || text.startsWith(delimiter, after)) {
      cells.push(text.slice(from + 1, close).replaceAll('""', '"'));
      if (after === text.length) break;
      from = after + 1;
      continue;
    }
    hasStrayQuote = true;
    const end = text.indexOf(delimiter, after);
    cells.push(end === -1 ? text.slice(from) : text.slice(from, end));
    if (end === -1) break;
    from = end + 1;
  }
  return { cells, isOpen: false, hasStrayQuote };
}

function closingQuote(text: string, open: number): number {
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1 || text.charCodeAt(quote + 1) !== 34) return quote;
    at = quote + 2;
  }
}
