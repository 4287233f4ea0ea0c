import { open } from 'node:fs/promises';
import type { CsvOptions } from '../../../../shared/contract/catalog.ts';
import { detectEncoding } from './csv-encoding.ts';
import type { CsvEncoding } from './csv-encoding.ts';
import { readLines } from './csv-lines.ts';
import type { CsvLine } from './csv-lines.ts';
import type { Pacer } from '../../pacer.ts';
import { looksLikePicture } from './picture-files.ts';
import { splitRecord } from './split-record.ts';

/** How a CSV file is to be read. */
export interface CsvFormat {
  readonly encoding: CsvEncoding;
  readonly isDamaged: boolean;
  readonly delimiter: string;
  /** Column names, each once. */
  readonly columns: readonly string[];
  /** Names that occur twice: the later one was renamed. */
  readonly renamed: readonly { readonly name: string; readonly to: string }[];
  /** The line of the column names; 0 without a header. */
  readonly headerLine: number;
  /** The first line that holds data, from 1. */
  readonly firstLine: number;
  /** No line follows the header. */
  readonly isHeaderOnly: boolean;
}

export type Inspection =
  | { readonly state: 'ready'; readonly format: CsvFormat }
  | { readonly state: 'empty' }
  | { readonly state: 'unreadable'; readonly reason: string; readonly action: string };

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_LINES = 100;

/** Finds out encoding, delimiter and header of a CSV file; what `options` says is not guessed. */
export async function inspectCsv(
  file: string,
  options: CsvOptions,
  pacer: Pacer,
): Promise<Inspection> {
  const binary = await recognizeBinary(file);
  if (binary !== undefined) return { state: 'unreadable', ...binary };
  const detected =
    options.encoding === undefined
      ? await detectEncoding(file, pacer)
      : { encoding: options.encoding, isDamaged: options.encoding === 'utf-8' };
  const { lines, isWhole } = await sampleLines(file, detected.encoding);
  const separator = /^sep=(.)$/i.exec(lines[0]?.text ?? '');
  // Excel's own hint, which it writes above the header.
  if (separator !== null) lines.shift();
  const filled = lines.filter((line) => line.text.trim() !== '');
  const first = filled[0];
  if (first === undefined) return { state: 'empty' };
  if (first.isTooLong) {
    return {
      state: 'unreadable',
      reason: 'The first line does not end within 4 million characters',
      action: 'Save it again with one row a line',
    };
  }
  const delimiter = options.delimiter ?? separator?.[1] ?? detectDelimiter(filled);
  const head = splitRecord(first.text, delimiter);
  if (head.isOpen) {
    return {
      state: 'unreadable',
      reason: 'A quote is opened and not closed in the header',
      action: `Close the quote in line ${first.number}`,
    };
  }
  const cells = head.cells.map((cell) => cell.trim());
  // A delimiter that ends the header names no column.
  while (cells.length > 1 && cells.at(-1) === '') cells.pop();
  const hasHeader = options.header ?? isHeader(cells);
  const names = nameColumns(hasHeader ? cells : cells.map(() => ''));
  return {
    state: 'ready',
    format: {
      ...detected,
      delimiter,
      ...names,
      headerLine: hasHeader ? first.number : 0,
      firstLine: hasHeader ? first.number + 1 : first.number,
      isHeaderOnly: hasHeader && isWhole && filled.length === 1,
    },
  };
}

async function sampleLines(
  file: string,
  encoding: CsvEncoding,
): Promise<{ lines: CsvLine[]; isWhole: boolean }> {
  const lines: CsvLine[] = [];
  // The last line of a sample is cut short: one more is read and left out.
  for (const maxBytes of [SAMPLE_BYTES, 16 * 1024 * 1024]) {
    lines.length = 0;
    for await (const batch of readLines(file, { encoding, maxBytes })) {
      lines.push(...batch);
      if (lines.length > SAMPLE_LINES)
        return { lines: lines.slice(0, SAMPLE_LINES), isWhole: false };
    }
    const handle = await open(file);
    const { size } = await handle.stat().finally(async () => handle.close());
    if (size <= maxBytes) return { lines, isWhole: true };
    if (lines.length > 2) return { lines: lines.slice(0, -1), isWhole: false };
  }
  return { lines, isWhole: false };
}

async function recognizeBinary(
  file: string,
): Promise<{ reason: string; action: string } | undefined> {
  const handle = await open(file);
  const head = Buffer.alloc(8);
  await handle.read(head, 0, 8, 0).finally(async () => handle.close());
  const action = 'Export it as CSV from the program that made it';
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
    return { reason: 'It is a zip file or an Excel workbook, not CSV', action };
  }
  if (head.equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))) {
    return { reason: 'It is an old Excel workbook, not CSV', action };
  }
  if (head.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) {
    return { reason: 'It is compressed with gzip', action: 'Unpack it' };
  }
  return undefined;
}

/** The delimiter that splits most lines into the same number of fields, more than one. */
function detectDelimiter(lines: readonly CsvLine[]): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const first = splitRecord(lines[0]!.text, delimiter).cells.length;
    if (first < 2) continue;
    const agreeing = lines.filter(
      (line) => splitRecord(line.text, delimiter).cells.length === first,
    ).length;
    // Agreement decides; among equals, more fields.
    const score = agreeing / lines.length + first / 10_000;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Column names are neither numbers nor pictures nor addresses. */
function isHeader(cells: readonly string[]): boolean {
  return (
    cells.some((cell) => cell !== '') &&
    cells.every(
      (cell) =>
        !/^[-+]?[\d.,]+$/.test(cell) && !looksLikePicture(cell) && !/^https?:\/\//i.test(cell),
    )
  );
}

function nameColumns(cells: readonly string[]): Pick<CsvFormat, 'columns' | 'renamed'> {
  const columns: string[] = [];
  const renamed: { name: string; to: string }[] = [];
  const taken = new Set(cells);
  const used = new Set<string>();
  for (const [at, cell] of cells.entries()) {
    const name = cell === '' ? `column_${at + 1}` : cell;
    let to = name;
    for (let n = 2; used.has(to) || (to !== name && taken.has(to)); n++) to = `${name}_${n}`;
    if (to !== name) renamed.push({ name, to });
    used.add(to);
    columns.push(to);
  }
  return { columns, renamed };
}
