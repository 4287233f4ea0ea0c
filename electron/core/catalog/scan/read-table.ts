import { createHash } from 'node:crypto';
import { folderOf } from './choose-columns.ts';
import { ColumnTypes } from './column-types.ts';
import { readLines } from './csv-lines.ts';
import { readRecords } from './csv-records.ts';
import { describeBadRecord } from './describe-bad-record.ts';
import type { PictureFinder } from './find-picture.ts';
import type { Pacer } from '../../pacer.ts';
import type { Table } from './plan-tables.ts';
import type { FoundProblem, Scratch } from './scratch.ts';

export interface ReadTableOptions {
  readonly scratch: Scratch;
  readonly finder: PictureFinder;
  readonly pacer: Pacer;
  readonly signal: AbortSignal | undefined;
  /** All tables, in order: a row may join several. */
  readonly tables: readonly Table[];
  readonly onRead: (rows: number) => void;
}

export interface TableRead {
  /** Records seen, those that were lost included. */
  readonly rows: number;
  readonly types: ColumnTypes;
}

/** Reads a table to its end, puts rows that have a picture into the scratch tables, reports the rest. */
export async function readTable(table: Table, options: ReadTableOptions): Promise<TableRead> {
  const { scratch, pacer } = options;
  const { format } = table;
  const width = format.columns.length;
  const types = new ColumnTypes(width);
  const join = new RowJoin(table, options);
  const lines = readLines(table.absolute, { encoding: format.encoding, signal: options.signal });
  let rows = 0;
  for await (const records of readRecords(lines, { ...format, width })) {
    for (const record of records) {
      rows++;
      if (record.kind === 'row') {
        types.add(record.cells);
        join.take(record.line, record.cells);
      } else {
        scratch.report({ ...describeBadRecord(record, table), file: table.file });
      }
      if (pacer.isDue) await pacer.breathe();
    }
    options.onRead(rows);
  }
  return { rows, types };
}

class RowJoin {
  readonly #table: Table;
  readonly #options: ReadTableOptions;
  readonly #folder: string;
  readonly #addRow;
  readonly #rowOfPart;
  readonly #addSeen;
  readonly #seenInPart;
  readonly #isSeen;

  constructor(table: Table, options: ReadTableOptions) {
    this.#table = table;
    this.#options = options;
    this.#folder = folderOf(table.file);
    const { db } = options.scratch;
    const sameParts = options.tables
      .filter((other) => other.part === table.part)
      .map((other) => other.no);
    this.#addRow = db.prepare(
      `INSERT INTO row (file_id, table_no, line, key, name, cells) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#rowOfPart = db.prepare<[number], { table_no: number; line: number }>(
      `SELECT table_no, line FROM row WHERE file_id = ? AND table_no IN (${sameParts.join(',')})`,
    );
    this.#addSeen = db.prepare(
      `INSERT OR IGNORE INTO seen (part, key, table_no, line) VALUES (?, ?, ?, ?)`,
    );
    this.#seenInPart = db.prepare<[number, string], { table_no: number; line: number }>(
      `SELECT table_no, line FROM seen WHERE part = ? AND key = ?`,
    );
    this.#isSeen = db
      .prepare<[string], number>(`SELECT 1 FROM seen WHERE part = 0 AND key = ?`)
      .pluck();
  }

  take(line: number, cells: readonly string[]): void {
    const { scratch, finder } = this.#options;
    const { roles, part, no } = this.#table;
    const { columns } = this.#table.format;
    const joinColumn = (roles.image ?? roles.key)!;
    const value = cells[joinColumn]!;
    const ownKey = roles.key === null ? undefined : cells[roles.key]!;
    const emptyColumn = value === '' ? joinColumn : ownKey === '' ? roles.key! : undefined;
    if (emptyColumn !== undefined) {
      this.#report({
        kind: 'row-without-key',
        severity: 'problem',
        line,
        field: columns[emptyColumn]!,
        reason: `${columns[emptyColumn]} is empty`,
        action: 'Fill it in; only this line was skipped',
        raw: cells.join(this.#table.format.delimiter),
      });
      return;
    }
    const fileId = roles.image === null ? finder.byStem(value) : finder.byPath(value, this.#folder);
    const key = ownKey ?? value;
    if (this.#isDuplicate(line, key, { value, fileId })) return;
    const isUndefinedLink = this.#table.link !== null && cells[this.#table.link] === 'undefined';
    if (isUndefinedLink) this.#reportLink(line, key, fileId);
    if (fileId === undefined) {
      // A row that only adds to a product without a picture is not worth a second notice.
      if (!isUndefinedLink && (part === 0 || !this.#isProduct(value))) {
        this.#reportNoPicture(line, key, columns[joinColumn]!);
      }
    }
    const name = roles.name === null ? null : cells[roles.name]!;
    if (name === '') {
      this.#report({
        kind: 'row-without-name',
        severity: 'notice',
        fileId,
        itemKey: key,
        line,
        field: columns[roles.name!]!,
        reason: `${columns[roles.name!]} is empty`,
        action: 'Fill it in, so that words can find the product',
      });
    }
    if (fileId === undefined) return;
    const kept = isUndefinedLink ? cells.with(this.#table.link, '') : cells;
    // With a column of its own for the picture, the key column names the item.
    const itemKey = roles.image === null ? null : (ownKey ?? null);
    this.#addRow.run(fileId, no, line, itemKey, name, JSON.stringify(kept));
    scratch.written(1);
  }

  /** `value` is the cell that names the picture, by its path or by the key. */
  #isDuplicate(
    line: number,
    key: string,
    { value, fileId }: { value: string; fileId: number | undefined },
  ): boolean {
    const { part, no, roles, format } = this.#table;
    const seen = seenKey(key, roles.key === null);
    const ofPicture = fileId === undefined ? undefined : this.#rowOfPart.get(fileId);
    const before = ofPicture ?? this.#claim(part, seen, no, line);
    if (before === undefined) return false;
    const other = this.#options.tables[before.table_no]!;
    const where = other.no === no ? `line ${before.line}` : `line ${before.line} of ${other.file}`;
    // Where paths name the pictures, two lines may name one picture with two keys, or with none.
    const isPicture =
      roles.key === null ||
      (roles.image !== null &&
        ofPicture !== undefined &&
        this.#seenInPart.get(part, seen) === undefined);
    const twice = isPicture ? `picture ${shorten(value)}` : `key ${shorten(key)}`;
    this.#report({
      kind: 'duplicate-key',
      severity: 'problem',
      fileId,
      itemKey: key,
      line,
      field: format.columns[(isPicture ? roles.image : roles.key)!]!,
      reason: `The ${twice} of line ${line} stands in ${where} already`,
      action: `Keep one of the two lines; ${where} was used`,
    });
    return true;
  }

  /** Remembers a key; the place that had it first, if there is one. */
  #claim(
    part: number,
    key: string,
    no: number,
    line: number,
  ): { table_no: number; line: number } | undefined {
    if (this.#addSeen.run(part, key, no, line).changes === 1) {
      this.#options.scratch.written(1);
      return undefined;
    }
    return this.#seenInPart.get(part, key);
  }

  #isProduct(value: string): boolean {
    const stem = value.slice(value.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
    return (
      this.#isSeen.get(seenKey(value, false)) !== undefined ||
      this.#isSeen.get(seenKey(stem, false)) !== undefined
    );
  }

  #reportLink(line: number, key: string, fileId: number | undefined): void {
    this.#report({
      kind: 'link-undefined',
      severity: 'notice',
      fileId,
      itemKey: key,
      line,
      field: this.#table.format.columns[this.#table.link!]!,
      reason:
        fileId === undefined
          ? 'The link is undefined, and there is no picture'
          : 'The link is undefined; the picture in the folder is used',
      action:
        fileId === undefined ? `Add ${shorten(key)} to the folder` : 'Nothing needs to be done',
    });
  }

  #reportNoPicture(line: number, key: string, column: string): void {
    this.#report({
      kind: 'row-without-picture',
      severity: 'notice',
      itemKey: key,
      line,
      field: column,
      reason: `No picture for ${column} ${shorten(key)}`,
      action:
        this.#table.roles.image === null
          ? `Add a picture named ${shorten(key)}.jpg`
          : 'Add the picture or correct its path',
    });
  }

  #report(problem: FoundProblem): void {
    this.#options.scratch.report({ ...problem, file: this.#table.file });
  }
}

/** What duplicates are compared by; a long text stays out of the index. */
function seenKey(key: string, isPath: boolean): string {
  const text = isPath ? key.replaceAll('\\', '/').replace(/^(\.?\/)+/, '') : key;
  if (text.length <= 200) return text.normalize('NFC');
  return createHash('sha256').update(text.normalize('NFC')).digest('hex');
}

function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 117)}…`;
}
