import path from 'node:path';
import type { CsvOptions } from '../../../../shared/contract/catalog.ts';
import { VitrineError } from '../../errors.ts';
import type { CsvLine } from './csv-lines.ts';
import { readLines } from './csv-lines.ts';
import { readRecords } from './csv-records.ts';
import type { PictureFinder } from './find-picture.ts';
import type { CsvFormat } from './inspect-csv.ts';
import type { Pacer } from '../../pacer.ts';
import { looksLikePicture } from './picture-files.ts';

/** What the columns of a table mean: positions, or null where there is none. */
export interface ColumnRoles {
  readonly key: number | null;
  readonly image: number | null;
  readonly name: number | null;
}

export interface ChosenColumns extends ColumnRoles {
  /** Rows of the sample that name a picture of the folder. */
  readonly matches: number;
}

const SAMPLE_ROWS = 500;

// Without their spaces and punctuation, the likeliest first.
const NAME_HEADERS = [
  'productdisplayname', 'displayname', 'productname', 'producttitle', 'itemname', 'name', 'title',
  'label', 'caption', 'shortdescription', 'description',
]; // prettier-ignore
const KEY_HEADERS = [
  'id', 'key', 'sku', 'itemid', 'productid', 'articleid', 'imageid', 'code', 'itemcode',
  'productcode', 'articlenumber', 'asin', 'ean', 'gtin', 'barcode',
]; // prettier-ignore
const IMAGE_HEADERS = [
  'filename', 'file', 'imagepath', 'imagefile', 'imagefilename', 'imagename', 'image', 'path',
  'filepath', 'picture', 'photo', 'img',
]; // prettier-ignore

/** How many values of each column of a table's first rows name a picture. */
export interface ColumnMatches {
  readonly byStem: readonly number[];
  readonly byPath: readonly number[];
}

/** Reads the first rows of a table and looks for the pictures their cells name. */
export async function matchColumns(
  file: { readonly absolute: string; readonly relative: string; readonly format: CsvFormat },
  finder: PictureFinder,
  pacer: Pacer,
): Promise<ColumnMatches> {
  const { format } = file;
  const width = format.columns.length;
  const folder = folderOf(file.relative);
  const stems = Array.from({ length: width }, () => new Set<number>());
  const paths = Array.from({ length: width }, () => new Set<number>());
  for (const cells of await sampleRows(file.absolute, format)) {
    for (let column = 0; column < width; column++) {
      const cell = cells[column]!;
      if (cell === '' || cell.length > 1024) continue;
      const byStem = finder.byStem(cell);
      if (byStem !== undefined) stems[column]!.add(byStem);
      if (!looksLikePicture(cell.replace(/[?#].*$/, ''))) continue;
      const byPath = finder.byPath(cell, folder);
      if (byPath !== undefined) paths[column]!.add(byPath);
    }
    if (pacer.isDue) await pacer.breathe();
  }
  return { byStem: stems.map((set) => set.size), byPath: paths.map((set) => set.size) };
}

/**
 * Chooses the columns that hold key, picture and name: those the user named, else by how many values
 * name pictures (different pictures, so that a year does not pass for a key), else by the header.
 *
 * @throws VitrineError CSV_INVALID when an option names a column the table does not have.
 */
export function chooseColumns(
  columns: readonly string[],
  matches: ColumnMatches,
  options: CsvOptions & { readonly file: string },
): ChosenColumns {
  const named = (option: string | undefined) =>
    option === undefined ? null : mappedColumn(columns, option, options.file);
  let key = named(options.keyColumn);
  let image = named(options.imageColumn);
  let name = named(options.nameColumn) ?? byHeader(columns, NAME_HEADERS);
  const bestKey = key ?? best(matches.byStem, columns, KEY_HEADERS);
  const bestImage = image ?? best(matches.byPath, columns, IMAGE_HEADERS);
  const keyMatches = bestKey === null ? 0 : matches.byStem[bestKey]!;
  const imageMatches = bestImage === null ? 0 : matches.byPath[bestImage]!;
  if (key === null && image === null) {
    if (imageMatches > 0 && imageMatches >= keyMatches) image = bestImage;
    else if (keyMatches > 0) key = bestKey;
    else {
      key = byHeader(columns, KEY_HEADERS);
      if (key === null) image = byHeader(columns, IMAGE_HEADERS);
    }
  } else if (image === null && keyMatches === 0 && imageMatches > 0) {
    // The key the user chose is not the file's name, but another column tells the file.
    image = bestImage;
  }
  // A column of file names is no name; the file's own is made readable instead.
  if (options.nameColumn === undefined && (name === image || name === key)) name = null;
  return { key, image, name, matches: image === null ? keyMatches : matches.byPath[image]! };
}

/**
 * Whether what was taken for a header is a row: a cell of it names a picture as the cells below do,
 * and no header is ever called so.
 */
export function isRowAfterAll(
  columns: readonly string[],
  matches: ColumnMatches,
  finder: PictureFinder,
): boolean {
  return columns.some(
    (column, at) =>
      matches.byStem[at]! > 0 &&
      byHeader([column], [...KEY_HEADERS, ...IMAGE_HEADERS, ...NAME_HEADERS]) === null &&
      finder.byStem(column) !== undefined,
  );
}

/** The folder of a relative path; '' is the root. */
export function folderOf(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === '.' ? '' : folder;
}

async function sampleRows(file: string, format: CsvFormat): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  const lines: AsyncIterable<readonly CsvLine[]> = readLines(file, {
    encoding: format.encoding,
    maxBytes: 16 * 1024 * 1024,
  });
  for await (const records of readRecords(lines, { ...format, width: format.columns.length })) {
    for (const record of records) if (record.kind === 'row') rows.push(record.cells);
    if (rows.length >= SAMPLE_ROWS) break;
  }
  return rows.slice(0, SAMPLE_ROWS);
}

function mappedColumn(columns: readonly string[], wanted: string, file: string): number {
  const exact = columns.indexOf(wanted);
  if (exact !== -1) return exact;
  const loose = columns.findIndex((column) => column.toLowerCase() === wanted.toLowerCase());
  if (loose !== -1) return loose;
  throw new VitrineError(
    'CSV_INVALID',
    `${file} has no column "${wanted}". Its columns are: ${columns.join(', ')}`,
    { action: 'Name one of these columns.', subject: file },
  );
}

function best(
  counts: readonly number[],
  columns: readonly string[],
  headers: readonly string[],
): number | null {
  const most = Math.max(0, ...counts);
  if (most === 0) return null;
  const tied = columns.map((_, at) => at).filter((at) => counts[at] === most);
  const byName = byHeader(
    tied.map((at) => columns[at]!),
    headers,
  );
  return byName === null ? tied[0]! : tied[byName]!;
}

function byHeader(columns: readonly string[], headers: readonly string[]): number | null {
  const plain = columns.map((column) => column.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  for (const header of headers) {
    const at = plain.indexOf(header);
    if (at !== -1) return at;
  }
  return null;
}
