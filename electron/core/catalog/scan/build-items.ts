import { createHash } from 'node:crypto';
import type { Field } from '../../../../shared/contract/catalog.ts';
import type { ColumnTypes } from './column-types.ts';
import type { Plan } from './plan-tables.ts';
import { hasLetters, readableName } from './readable-name.ts';
import type { Scratch } from './scratch.ts';

/** A picture as the scan found it. */
export interface FoundFile {
  readonly id: number;
  readonly key: string;
  readonly path: string;
  readonly stem_nfc: string;
  readonly bytes: number;
  readonly mtime_ms: number;
}

/** An item as it should stand in the database. */
export interface WantedItem {
  readonly name: string;
  /** SHA-256 (hex) of the name in UTF-8; null without a name. */
  readonly nameHash: string | null;
  /** JSON object, in the order of the columns. */
  readonly metadata: string;
  /** Values short enough to filter by; `field` counts as in `fields`. */
  readonly values: readonly { readonly field: number; readonly value: string | number }[];
  readonly rowFile: string | null;
  readonly rowLine: number | null;
  /** No row of the products' table belongs to it. */
  readonly isWithoutRow: boolean;
}

interface StagedRow {
  readonly table_no: number;
  readonly line: number;
  readonly name: string | null;
  readonly cells: string;
}

// What S3 Vectors takes as filterable metadata of one vector, in UTF-8 bytes.
const FILTERABLE_BYTES = 2048;

/** Makes items of pictures and their rows. */
export class ItemBuilder {
  /** All metadata fields, in the order of tables and columns. */
  readonly fields: readonly Field[];
  readonly #plan: Plan;
  /** For each table and column: the position in `fields`. */
  readonly #fieldOf: readonly (readonly number[])[];
  readonly #jsonNames: readonly string[];
  readonly #rows;

  constructor(plan: Plan, types: readonly ColumnTypes[], scratch: Scratch) {
    this.#plan = plan;
    const fields: Field[] = [];
    this.#fieldOf = plan.tables.map((table, no) =>
      table.format.columns.map((name, column) => {
        const type = types[no]!.typeOf(column);
        const at = fields.findIndex((field) => field.name === name);
        if (at === -1) return fields.push({ name, type }) - 1;
        // Parts of one table, or tables that share a name: numbers only if they are so everywhere.
        if (fields[at]!.type !== type) fields[at] = { name, type: 'string' };
        return at;
      }),
    );
    this.fields = fields;
    this.#jsonNames = fields.map((field) => JSON.stringify(field.name));
    this.#rows = scratch.db.prepare<[number], StagedRow>(
      `SELECT table_no, line, name, cells FROM row WHERE file_id = ? ORDER BY table_no`,
    );
  }

  build(file: FoundFile): WantedItem {
    const texts: (string | undefined)[] = [];
    let rowFile: string | null = null;
    let rowLine: number | null = null;
    let isWithoutRow = this.#plan.tables.length > 0;
    let name: string | null = null;
    for (const row of this.#rows.all(file.id)) {
      const table = this.#plan.tables[row.table_no]!;
      if (rowFile === null) {
        rowFile = table.file;
        rowLine = row.line;
      }
      if (table.part === 0) isWithoutRow = false;
      if (row.name !== null && (name === null || name === '')) name = row.name;
      const cells: string[] = JSON.parse(row.cells);
      for (const [column, cell] of cells.entries()) {
        // The first table that says something about a field is right.
        if (cell !== '') texts[this.#fieldOf[row.table_no]![column]!] ??= cell;
      }
    }
    const finalName = name ?? this.#nameOfFile(file.stem_nfc);
    return {
      name: finalName,
      nameHash: finalName === '' ? null : createHash('sha256').update(finalName).digest('hex'),
      ...this.#typed(texts),
      rowFile,
      rowLine,
      isWithoutRow,
    };
  }

  #typed(texts: readonly (string | undefined)[]): Pick<WantedItem, 'metadata' | 'values'> {
    const members: string[] = [];
    const values: { field: number; value: string | number }[] = [];
    for (let field = 0; field < this.fields.length; field++) {
      const text = texts[field];
      if (text === undefined) continue;
      if (this.fields[field]!.type === 'number') {
        const value = Number(text);
        // Not the text itself: 19.90 is kept as 19.9.
        members.push(`${this.#jsonNames[field]}:${JSON.stringify(value)}`);
        values.push({ field, value });
      } else {
        members.push(`${this.#jsonNames[field]}:${JSON.stringify(text)}`);
        if (Buffer.byteLength(text) <= FILTERABLE_BYTES) values.push({ field, value: text });
      }
    }
    return { metadata: `{${members.join(',')}}`, values };
  }

  #nameOfFile(stem: string): string {
    const name = readableName(stem);
    // In a catalog of tables, a file called 12347 has no name: the number would only mislead words.
    return this.#plan.preset === 'pictures' || hasLetters(name) ? name : '';
  }
}
