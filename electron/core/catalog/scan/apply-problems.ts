import type { Db } from '../../db/database.ts';
import { deleteInSlices } from '../delete-in-slices.ts';
import type { Pacer } from '../../pacer.ts';
import type { Scratch } from './scratch.ts';

export interface ApplyProblemsOptions {
  readonly db: Db;
  readonly catalogId: number;
  readonly scratch: Scratch;
  readonly pacer: Pacer;
  /** Throws when the catalog was removed meanwhile. */
  readonly checkCatalog: () => void;
}

interface ProblemRow {
  readonly item_id: number | null;
  readonly kind: string;
  readonly severity: string;
  readonly item_key: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly field: string | null;
  readonly reason: string;
  readonly action: string;
  readonly raw: string | null;
}

const PAGE = 250;

/**
 * Replaces what the last scan reported by what this one found, ordered by severity, kind, file and line. When both
 * are the same, nothing is written and the problems keep their ids.
 *
 * @returns whether anything changed.
 */
export async function applyProblems(options: ApplyProblemsOptions): Promise<boolean> {
  if (await areSame(options)) return false;
  const { db, catalogId, pacer, checkCatalog } = options;
  const removeOld = db.prepare(
    `DELETE FROM problem WHERE id IN (
       SELECT id FROM problem WHERE catalog_id = ? AND stage = 'scan' LIMIT ?)`,
  );
  await deleteInSlices(
    (limit) => removeOld.run(catalogId, limit).changes,
    async () => pacer.breathe(),
  );
  const insert = db.prepare(
    `INSERT INTO problem (catalog_id, item_id, stage, kind, severity, item_key, file, line, field,
       reason, action, raw, created_at)
     VALUES (@catalogId, @item_id, 'scan', @kind, @severity, @item_key, @file, @line, @field,
       @reason, @action, @raw, @now)`,
  );
  const now = Date.now();
  for await (const page of foundProblems(options)) {
    db.transaction(() => {
      checkCatalog();
      for (const problem of page) insert.run({ ...problem, catalogId, now });
    }).immediate();
    await pacer.breathe();
  }
  return true;
}

async function areSame(options: ApplyProblemsOptions): Promise<boolean> {
  const { db, catalogId, pacer } = options;
  const stored = storedProblems(db, catalogId);
  for await (const found of foundProblems(options)) {
    for (const problem of found) {
      const next = stored.next();
      if (next.done === true || JSON.stringify(next.value) !== JSON.stringify(problem))
        return false;
    }
    await pacer.breathe();
  }
  return stored.next().done === true;
}

/** What the last scan reported, in the order of severity and kind, then as it was written. */
function* storedProblems(db: Db, catalogId: number): Generator<ProblemRow> {
  const kinds = db
    .prepare<[number], { severity: string; kind: string }>(
      `SELECT DISTINCT severity, kind FROM problem WHERE catalog_id = ? ORDER BY severity, kind`,
    )
    .all(catalogId);
  const page = db.prepare<[number, string, string, number], ProblemRow & { id: number }>(
    `SELECT id, item_id, kind, severity, item_key, file, line, field, reason, action, raw
     FROM problem WHERE catalog_id = ? AND severity = ? AND kind = ? AND id > ? AND stage = 'scan'
     ORDER BY id LIMIT ${PAGE}`,
  );
  for (const { severity, kind } of kinds) {
    let lastId = 0;
    for (;;) {
      const rows = page.all(catalogId, severity, kind, lastId);
      if (rows.length === 0) break;
      for (const { id, ...problem } of rows) {
        lastId = id;
        yield problem;
      }
    }
  }
}

/** What this scan found, a page at a time, with the items' ids. */
async function* foundProblems(options: ApplyProblemsOptions): AsyncGenerator<ProblemRow[]> {
  const { db, catalogId, scratch } = options;
  const page = scratch.db.prepare<
    [string, string, string, number, number],
    ProblemRow & { id: number; file_key: string | null; file: string; line: number }
  >(
    `SELECT problem.id, kind, severity, item_key, file, line, field, reason, action, raw,
       file.key AS file_key, NULL AS item_id
     FROM problem LEFT JOIN file ON file.id = problem.file_id AND file.wanted = 1
     WHERE (severity, kind, file, line, problem.id) > (?, ?, ?, ?, ?)
     ORDER BY severity, kind, file, line, problem.id LIMIT ${PAGE}`,
  );
  const itemId = db
    .prepare<[number, string], number>(`SELECT id FROM item WHERE catalog_id = ? AND key = ?`)
    .pluck();
  let last = { severity: '', kind: '', file: '', line: -1, id: 0 };
  for (;;) {
    const rows = page.all(last.severity, last.kind, last.file, last.line, last.id);
    if (rows.length === 0) return;
    yield rows.map((row) => ({
      item_id: row.file_key === null ? null : (itemId.get(catalogId, row.file_key) ?? null),
      kind: row.kind,
      severity: row.severity,
      item_key: row.file_key ?? row.item_key,
      file: row.file === '' ? null : row.file,
      line: row.line === 0 ? null : row.line,
      field: row.field,
      reason: row.reason,
      action: row.action,
      raw: row.raw,
    }));
    last = rows.at(-1)!;
  }
}
