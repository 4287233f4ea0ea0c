import type { Db } from '../../db/database.ts';
import type { Pacer } from './pacer.ts';
import type { Scratch } from './scratch.ts';

export interface ApplyProblemsOptions {
  readonly db: Db;
  readonly catalogId: number;
  readonly scratch: Scratch;
  readonly pacer: Pacer;
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
 * Replaces what the last scan reported by what this one found, ordered by file and line. When both
 * are the same, nothing is written and the problems keep their ids.
 *
 * @returns whether anything changed.
 */
export async function applyProblems(options: ApplyProblemsOptions): Promise<boolean> {
  if (await areSame(options)) return false;
  const { db, catalogId, pacer } = options;
  const removeOld = db.prepare(
    `DELETE FROM problem WHERE id IN (
       SELECT id FROM problem WHERE catalog_id = ? AND stage = 'scan' LIMIT ${PAGE})`,
  );
  while (removeOld.run(catalogId).changes > 0) await pacer.breathe();
  const insert = db.prepare(
    `INSERT INTO problem (catalog_id, item_id, stage, kind, severity, item_key, file, line, field,
       reason, action, raw, created_at)
     VALUES (@catalogId, @item_id, 'scan', @kind, @severity, @item_key, @file, @line, @field,
       @reason, @action, @raw, @now)`,
  );
  const now = Date.now();
  for await (const page of foundProblems(options)) {
    db.transaction(() => {
      for (const problem of page) insert.run({ ...problem, catalogId, now });
    }).immediate();
    await pacer.breathe();
  }
  return true;
}

async function areSame(options: ApplyProblemsOptions): Promise<boolean> {
  const { db, catalogId, pacer } = options;
  const page = db.prepare<[number, number, number], ProblemRow & { id: number }>(
    `SELECT id, item_id, kind, severity, item_key, file, line, field, reason, action, raw
     FROM problem WHERE catalog_id = ? AND stage = 'scan' AND id > ? ORDER BY id LIMIT ?`,
  );
  let lastId = 0;
  for await (const found of foundProblems(options)) {
    const stored = page.all(catalogId, lastId, found.length);
    if (stored.length !== found.length) return false;
    for (const [at, { id, ...problem }] of stored.entries()) {
      if (JSON.stringify(problem) !== JSON.stringify(found[at])) return false;
      lastId = id;
    }
    await pacer.breathe();
  }
  return page.get(catalogId, lastId, 1) === undefined;
}

/** What this scan found, a page at a time, with the items' ids. */
async function* foundProblems(options: ApplyProblemsOptions): AsyncGenerator<ProblemRow[]> {
  const { db, catalogId, scratch } = options;
  const page = scratch.db.prepare<
    [string, number, number],
    ProblemRow & { id: number; file_key: string | null; file: string; line: number }
  >(
    `SELECT problem.id, kind, severity, item_key, file, line, field, reason, action, raw,
       file.key AS file_key, NULL AS item_id
     FROM problem LEFT JOIN file ON file.id = problem.file_id AND file.wanted = 1
     WHERE (file, line, problem.id) > (?, ?, ?) ORDER BY file, line, problem.id LIMIT ${PAGE}`,
  );
  const itemId = db
    .prepare<[number, string], number>(`SELECT id FROM item WHERE catalog_id = ? AND key = ?`)
    .pluck();
  let last = { file: '', line: -1, id: 0 };
  for (;;) {
    const rows = page.all(last.file, last.line, last.id);
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
