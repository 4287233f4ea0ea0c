import { assertNever } from '../../errors.ts';
import { MAX_LINE_LENGTH } from './csv-lines.ts';
import type { CsvRecord } from './csv-records.ts';
import type { Table } from './plan-tables.ts';
import type { FoundProblem } from './scratch.ts';

/** What is told of a line that is no row: what is wrong with it, where, and how it is mended. */
export function describeBadRecord(
  record: Exclude<CsvRecord, { kind: 'row' }>,
  table: Table,
): FoundProblem {
  const { columns } = table.format;
  const width = columns.length;
  const base = { severity: 'problem', line: record.line, raw: record.raw } as const;
  switch (record.kind) {
    case 'ragged': {
      const fields = record.found === 1 ? '1 field' : `${record.found} fields`;
      const reason = `${fields} where the header has ${width}`;
      if (record.found > width) {
        // The column with free text is where delimiters slip in.
        const field = columns[table.roles.name ?? width - 1]!;
        const delimiter = delimiterName(table.format.delimiter);
        const action = `Quote the ${delimiter} in ${field}`;
        return { ...base, kind: 'row-does-not-fit', field, reason, action };
      }
      const missing = columns.slice(record.found);
      const named =
        missing.length <= 3 ? missing.join(', ') : `${missing.length} fields from ${missing[0]}`;
      return {
        ...base,
        kind: 'row-does-not-fit',
        field: missing[0]!,
        reason,
        action: `Fill in the missing ${named}; only this line was skipped`,
      };
    }
    case 'open':
      return {
        ...base,
        kind: 'unclosed-quote',
        field: columns[record.column],
        reason: 'A quote is opened and not closed',
        action: 'Close the quote; only this line was skipped',
      };
    case 'too-long':
      return {
        ...base,
        kind: 'row-too-long',
        reason: `The line is longer than ${MAX_LINE_LENGTH / 1024 / 1024} million characters`,
        action: 'Shorten it; only this line was skipped',
      };
    case 'unreadable':
      return {
        ...base,
        kind: 'row-unreadable',
        field: columns[record.column],
        reason:
          record.cause === 'nul'
            ? 'The line holds a NUL byte'
            : `The line holds bytes that are not ${table.format.encoding.toUpperCase()}`,
        action:
          record.cause === 'nul'
            ? 'Remove the byte; only this line was skipped'
            : 'Save the line in the encoding of the others; only this line was skipped',
        raw: record.raw.replaceAll('\0', '\u{2400}'),
      };
    default:
      return assertNever(record);
  }
}

function delimiterName(delimiter: string): string {
  const names: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };
  return names[delimiter] ?? `"${delimiter}"`;
}
