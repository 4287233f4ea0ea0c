import type { Statement } from 'better-sqlite3';
import { toCsvLine } from '../../../shared/csv-line.ts';
import type { Modality } from '../../../shared/contract/models.ts';
import type { Problem, ProblemKind, ProblemSeverity } from '../../../shared/contract/problems.ts';
import type { Db } from '../db/database.ts';

/** A problem to store. */
export interface NewProblem extends Omit<Problem, 'id'> {
  readonly catalogId: number;
  readonly itemId: number | null;
  /** What of the item could not be embedded; null for what is not about embedding one. */
  readonly modality: Modality | null;
}

export interface ProblemScope {
  readonly catalogId: number;
  readonly kind?: ProblemKind | undefined;
  readonly severity?: ProblemSeverity | undefined;
}

/** What trying again would take. */
export interface Retryable {
  /** Pictures and names to embed again. */
  readonly units: readonly { readonly itemId: number; readonly modality: Modality }[];
  readonly scan: boolean;
  readonly plan: boolean;
  /** Items whose picture's or name's vector an index refused. */
  readonly refused: readonly RefusedUnit[];
}

export interface RefusedUnit {
  readonly itemId: number;
  readonly key: string;
  readonly modality: Modality;
}

export interface KindCount {
  readonly kind: ProblemKind;
  readonly severity: ProblemSeverity;
  readonly count: number;
}

const COLUMNS = `id, kind, severity, stage, item_key AS itemKey, file, line, field, reason, action, raw`;
const CSV_HEADER = ['kind', 'severity', 'file', 'line', 'field', 'key', 'reason', 'action', 'raw'];
const PAGE = 1000;

/** What is wrong with catalogs: written by the scan and by embedding, read by every host. */
export class ProblemRepository {
  readonly #db: Db;
  #removeForItem: Statement | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Returns the problem's id. */
  add(problem: NewProblem): number {
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO problem (catalog_id, item_id, stage, modality, kind, severity, item_key, file,
           line, field, reason, action, raw, created_at)
         VALUES (@catalogId, @itemId, @stage, @modality, @kind, @severity, @itemKey, @file,
           @line, @field, @reason, @action, @raw, @createdAt)`,
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

  /** How many items have a picture, and a name, that was given up on. */
  countFailed(catalogId: number): Record<Modality, number> {
    const counts = this.#db
      .prepare<[number], { modality: Modality; items: number }>(
        `SELECT modality, count(DISTINCT item_id) AS items FROM problem
         WHERE catalog_id = ? AND modality IS NOT NULL AND stage <> 'publish' GROUP BY modality`,
      )
      .all(catalogId);
    const of = (wanted: Modality) => counts.find(({ modality }) => modality === wanted)?.items ?? 0;
    return { image: of('image'), text: of('text') };
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
    for (const page of this.pages(scope)) yield page.map(toCsvRow).join('');
  }

  /** All problems of a scope, however many, in the order of `list`. */
  *pages(scope: ProblemScope): Generator<Problem[]> {
    const page = this.#db.prepare<[number, string, string, number], Problem>(
      `SELECT ${COLUMNS} FROM problem WHERE catalog_id = ? AND severity = ? AND kind = ? AND id > ?
       ORDER BY id LIMIT ${PAGE}`,
    );
    const kinds = this.kinds(scope.catalogId).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
    for (const severity of severitiesOf(scope)) {
      for (const { kind } of kinds.filter((each) => each.severity === severity)) {
        if (scope.kind !== undefined && scope.kind !== kind) continue;
        for (let lastId = 0; ;) {
          const problems = page.all(scope.catalogId, severity, kind, lastId);
          if (problems.length === 0) break;
          yield problems;
          lastId = problems.at(-1)!.id;
        }
      }
    }
  }

  /**
   * Takes away what was wrong with an item's picture, or with its name. That an index refused it is
   * for publishing to take away.
   */
  removeForItem(itemId: number, modality: Modality): void {
    // Prepared once: a batch of names calls this hundreds of times in one turn of the event loop.
    this.#removeForItem ??= this.#db.prepare(
      `DELETE FROM problem WHERE item_id = ? AND modality = ? AND stage <> 'publish'`,
    );
    this.#removeForItem.run(itemId, modality);
  }

  /** Takes away problems of a kind that are the whole catalog's. */
  removeForCatalog(catalogId: number, kind: ProblemKind): void {
    this.#db
      .prepare(
        `DELETE FROM problem
         WHERE catalog_id = ? AND severity = 'problem' AND kind = ? AND item_id IS NULL`,
      )
      .run(catalogId, kind);
  }

  /**
   * What can be tried again of one problem, of a kind, or of everything that failed. A notice is
   * nothing that failed: it counts only when the scope names it.
   */
  retryable(scope: ProblemScope & { problemId?: number | undefined }): Retryable {
    const isNamed = scope.kind !== undefined || scope.problemId !== undefined;
    const { where, values } = inScope(
      isNamed ? scope : { ...scope, severity: scope.severity ?? 'problem' },
    );
    const one = scope.problemId === undefined ? '' : 'AND id = ?';
    const all = [...values, ...(scope.problemId === undefined ? [] : [scope.problemId])];
    const holds = (condition: string) =>
      this.#db
        .prepare(`SELECT 1 FROM problem WHERE ${where} ${one} AND ${condition}`)
        .get(...all) !== undefined;
    return {
      units: this.#db
        .prepare<unknown[], Retryable['units'][number]>(
          `SELECT DISTINCT item_id AS itemId, modality FROM problem
           WHERE ${where} ${one} AND modality IS NOT NULL AND item_id IS NOT NULL
             AND stage <> 'publish'
           ORDER BY item_id, modality`,
        )
        .all(...all),
      refused: this.#db
        .prepare<unknown[], RefusedUnit>(
          `SELECT item_id AS itemId, item_key AS key, modality FROM problem
           WHERE ${where} ${one} AND stage = 'publish' AND item_id IS NOT NULL`,
        )
        .all(...all),
      scan: holds(`stage = 'scan'`),
      plan: holds(`kind = 'plan-given-up'`),
    };
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
