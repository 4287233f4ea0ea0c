import type { CsvLine } from './csv-lines.ts';
import { splitRecord } from './split-record.ts';
import type { SplitRecord } from './split-record.ts';

/** One record of a CSV file: cells as many as the header has, or why there are none. */
export type CsvRecord =
  | { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[] }
  | {
      readonly kind: 'ragged';
      readonly line: number;
      readonly raw: string;
      readonly found: number;
    }
  | { readonly kind: 'open'; readonly line: number; readonly raw: string; readonly column: number }
  | { readonly kind: 'too-long'; readonly line: number; readonly raw: string }
  | {
      readonly kind: 'unreadable';
      readonly line: number;
      readonly raw: string;
      readonly column: number;
      readonly cause: 'nul' | 'encoding';
    };

export interface ReadRecordsOptions {
  readonly delimiter: string;
  /** Fields in the header. */
  readonly width: number;
  /** The first line that holds data, from 1. */
  readonly firstLine: number;
  /** Whether U+FFFD stands for bytes that could not be decoded. */
  readonly isDamaged: boolean;
}

/** How far a field in quotes may reach over the ends of lines. */
export const MULTILINE_LIMIT = { lines: 50, characters: 64 * 1024 };

/**
 * Makes records of lines, so that no line can cost another.
 *
 * A line whose quote stays open is joined with the lines below only when all of this holds: within
 * 50 lines and 64 KiB the quote closes properly, the joined record has exactly as many fields as the
 * header, and none of the lines below would pass for a row of its own (as many fields as the header,
 * and a first field that is a number exactly when the opening line's is). Otherwise the open quote
 * is an error, and only its own line is lost.
 */
export async function* readRecords(
  batches: AsyncIterable<readonly CsvLine[]>,
  options: ReadRecordsOptions,
): AsyncGenerator<CsvRecord[]> {
  let waiting: readonly CsvLine[] = [];
  for await (const batch of batches) {
    const lines = waiting.length === 0 ? batch : [...waiting, ...batch];
    const { records, used } = takeRecords(lines, options, false);
    waiting = lines.slice(used);
    if (records.length > 0) yield records;
  }
  const { records } = takeRecords(waiting, options, true);
  if (records.length > 0) yield records;
}

function takeRecords(
  lines: readonly CsvLine[],
  options: ReadRecordsOptions,
  isEnd: boolean,
): { records: CsvRecord[]; used: number } {
  const records: CsvRecord[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    if (line.number < options.firstLine || line.text === '') {
      at++;
      continue;
    }
    if (line.isTooLong) {
      records.push({ kind: 'too-long', line: line.number, raw: line.text });
      at++;
      continue;
    }
    const split = splitRecord(line.text, options.delimiter);
    if (split.isOpen) {
      const below = lines.length - at - 1;
      if (!isEnd && below < MULTILINE_LIMIT.lines && !isFarBelow(lines, at)) break;
      const joined = joinBelow(lines, at, options);
      if (joined !== undefined) {
        pushRow(records, { line: line.number, raw: line.text, cells: joined.cells }, options);
        at += joined.lines;
      } else {
        const column = split.cells.length - 1;
        records.push({ kind: 'open', line: line.number, raw: line.text, column });
        at++;
      }
      continue;
    }
    pushRow(records, { line: line.number, raw: line.text, cells: split.cells }, options);
    at++;
  }
  return { records, used: at };
}

/** Whether the lines at hand reach further than a joined record may. */
function isFarBelow(lines: readonly CsvLine[], at: number): boolean {
  let characters = 0;
  for (let next = at; next < lines.length; next++) {
    characters += lines[next]!.text.length;
    if (characters > MULTILINE_LIMIT.characters) return true;
  }
  return false;
}

function joinBelow(
  lines: readonly CsvLine[],
  at: number,
  options: ReadRecordsOptions,
): { cells: string[]; lines: number } | undefined {
  const { delimiter, width } = options;
  let text = lines[at]!.text;
  const isNumbered = startsWithNumber(splitRecord(text, delimiter));
  const last = Math.min(lines.length - 1, at + MULTILINE_LIMIT.lines);
  for (let next = at + 1; next <= last; next++) {
    const line = lines[next]!;
    if (line.isTooLong || text.length + line.text.length > MULTILINE_LIMIT.characters)
      return undefined;
    const alone = splitRecord(line.text, delimiter);
    const isRow =
      !alone.isOpen && alone.cells.length === width && startsWithNumber(alone) === isNumbered;
    if (isRow) return undefined;
    text += `\n${line.text}`;
    if (!line.text.includes('"')) continue;
    const joined = splitRecord(text, delimiter);
    if (joined.hasStrayQuote) return undefined;
    if (joined.isOpen) continue;
    return joined.cells.length === width
      ? { cells: joined.cells, lines: next - at + 1 }
      : undefined;
  }
  return undefined;
}

function startsWithNumber(record: SplitRecord): boolean {
  return /^\s*\d+\s*$/.test(record.cells[0] ?? '');
}

function pushRow(
  records: CsvRecord[],
  row: { readonly line: number; readonly raw: string; readonly cells: string[] },
  { width, isDamaged }: ReadRecordsOptions,
): void {
  const { line, raw, cells } = row;
  const spoilt = raw.includes('\0')
    ? '\0'
    : isDamaged && raw.includes('\u{FFFD}')
      ? '\u{FFFD}'
      : '';
  if (spoilt !== '') {
    const column = cells.findIndex((cell) => cell.includes(spoilt));
    const cause = spoilt === '\0' ? 'nul' : 'encoding';
    records.push({ kind: 'unreadable', line, raw, column, cause });
    return;
  }
  const found = cells.length;
  // Spreadsheets end lines with empty fields: nothing is lost with them.
  while (cells.length > width && cells.at(-1)!.trim() === '') cells.pop();
  if (cells.length === width) {
    for (let column = 0; column < width; column++) cells[column] = cells[column]!.trim();
    if (cells.every((cell) => cell === '')) return;
    records.push({ kind: 'row', line, cells });
  } else if (cells.some((cell) => cell.trim() !== '')) {
    records.push({ kind: 'ragged', line, raw, found });
  }
}
