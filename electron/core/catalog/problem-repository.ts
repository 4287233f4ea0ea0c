import type { Problem, ProblemKind, ProblemSeverity } from '../../../shared/contract/problems.ts';
import type { Db } from '../db/database.ts';

export type ProblemStage = Problem['stage'];

/** A problem to store. */
export interface NewProblem extends Omit<Problem, 'id'> {
  readonly catalogId: number;
  readonly itemId: number | null;
}

export interface ProblemScope {
  readonly catalogId: number;
  readonly kind?: ProblemKind | undefined;
  readonly severity?: ProblemSeverity | undefined;
}

export interface KindCount {
  readonly kind: ProblemKind;
  readonly severity: ProblemSeverity;
  readonly count: number;
}

const COLUMNS = `id, kind, severity, stage, item_key AS itemKey, file, line, field, reason, action, raw`;
const CSV_HEADER = ['kind', 'severity', 'file', 'line', 'field', 'key', 'reason', 'action', 'raw'];
const CSV_PAGE = 1000;

/** What is wrong with catalogs: written by the scan and by embedding, read by every host. */
export class ProblemRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Returns the problem's id. */
  add(problem: NewProblem): number {
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO problem (catalog_id, item_id, stage, kind, severity, item_key, file, line,
           field, reason, action, raw, created_at)
         VALUES (@catalogId, @itemId, @stage, @kind, @severity, @itemKey, @file, @line,
           @field, @reason, @action, @raw, @createdAt)`,
      )
      .run({ ...problem, createdAt: Date.now() });
    return Number(lastInsertRowid);
  }

  /** Problems before notices, then by kind, then by file and line. */
  list(scope: ProblemScope & { offset: number; limit: number }): Problem[] {
    const found: Problem[] = [];
    let { offset } = scope;
    // One severity at a time, so that the index gives the order: tens of thousands need no sorting.
    for (const severity of severitiesOf(scope)) {
      const { where, values } = inScope({ ...scope, severity });
      found.push(
        ...this.#db
          .prepare<unknown[], Problem>(
            `SELECT ${COLUMNS} FROM problem WHERE ${where} ORDER BY kind, id LIMIT ? OFFSET ?`,
          )
          .all(...values, scope.limit - found.length, offset),
      );
      if (found.length === scope.limit) break;
      offset = Math.max(0, offset - this.total({ ...scope, severity }));
    }
    return found;
  }

  /** How many there are in a scope. */
  total(scope: ProblemScope): number {
    const { where, values } = inScope(scope);
    return this.#db
      .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM problem WHERE ${where}`)
      .get(...values)!.n;
  }

  count(catalogId: number): { problems: number; notices: number } {
    return this.#db
      .prepare<[number], { problems: number; notices: number }>(
        `SELECT count(*) FILTER (WHERE severity = 'problem') AS problems,
                count(*) FILTER (WHERE severity = 'notice') AS notices
         FROM problem WHERE catalog_id = ?`,
      )
      .get(catalogId)!;
  }

  /** Counts by kind, problems first, the commonest first. */
  kinds(catalogId: number): KindCount[] {
    return this.#db
      .prepare<[number], KindCount>(
        `SELECT kind, severity, count(*) AS count FROM problem WHERE catalog_id = ?
         GROUP BY severity, kind ORDER BY severity DESC, count DESC, kind`,
      )
      .all(catalogId);
  }

  /** The problems of one item, those that stand in its way first. */
  ofItem(itemId: number): Problem[] {
    return this.#db
      .prepare<[number], Problem>(
        `SELECT ${COLUMNS} FROM problem WHERE item_id = ? ORDER BY severity DESC, id`,
      )
      .all(itemId);
  }

  /**
   * All problems of a scope as CSV (RFC 4180: CRLF, quotes doubled), a piece a page.
   *
   * Cells that a spreadsheet would run as a formula (first character = + - @, tab or carriage
   * return) get a leading apostrophe, as OWASP advises against CSV injection: these texts come from
   * files the user may not have written. Numbers such as -12 are left alone.
   */
  *toCsv(scope: ProblemScope): Generator<string> {
    yield toCsvLine(CSV_HEADER);
    const page = this.#db.prepare<[number, string, string, number], Problem>(
      `SELECT ${COLUMNS} FROM problem WHERE catalog_id = ? AND severity = ? AND kind = ? AND id > ?
       ORDER BY id LIMIT ${CSV_PAGE}`,
    );
    for (const { kind, severity } of this.kinds(scope.catalogId)) {
      if (scope.kind !== undefined && scope.kind !== kind) continue;
      if (scope.severity !== undefined && scope.severity !== severity) continue;
      let lastId = 0;
      for (;;) {
        const problems = page.all(scope.catalogId, severity, kind, lastId);
        if (problems.length === 0) break;
        yield problems.map(toCsvRow).join('');
        lastId = problems.at(-1)!.id;
      }
    }
  }

  removeForItem(itemId: number, stage: ProblemStage): void {
    this.#db.prepare(`DELETE FROM problem WHERE item_id = ? AND stage = ?`).run(itemId, stage);
  }

  /** Items whose embedding failed, each once: those of one problem, of a kind, or all. */
  retryable(scope: ProblemScope & { problemId?: number | undefined }): number[] {
    const { where, values } = inScope(scope);
    const one = scope.problemId === undefined ? '' : 'AND id = ?';
    return this.#db
      .prepare<unknown[], { itemId: number }>(
        `SELECT DISTINCT item_id AS itemId FROM problem
         WHERE ${where} ${one} AND stage = 'embed' AND item_id IS NOT NULL ORDER BY item_id`,
      )
      .all(...values, ...(scope.problemId === undefined ? [] : [scope.problemId]))
      .map((row) => row.itemId);
  }
}

function severitiesOf(scope: ProblemScope): readonly ProblemSeverity[] {
  return scope.severity === undefined ? ['problem', 'notice'] : [scope.severity];
}

function inScope(scope: ProblemScope): { where: string; values: unknown[] } {
  const conditions = ['catalog_id = ?'];
  const values: unknown[] = [scope.catalogId];
  if (scope.severity !== undefined) {
    conditions.push('severity = ?');
    values.push(scope.severity);
  }
  if (scope.kind !== undefined) {
    conditions.push('kind = ?');
    values.push(scope.kind);
  }
  return { where: conditions.join(' AND '), values };
}

function toCsvRow(problem: Problem): string {
  return toCsvLine([
    problem.kind,
    problem.severity,
    problem.file,
    problem.line,
    problem.field,
    problem.itemKey,
    problem.reason,
    problem.action,
    problem.raw,
  ]);
}

function toCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(toCsvCell).join(',')}\r\n`;
}

function toCsvCell(cell: string | number | null): string {
  if (cell === null) return '';
  const text = String(cell);
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
