import type { Statement } from 'better-sqlite3';
import type { Db } from './database.ts';

const statements = new WeakMap<Db, Map<string, Statement>>();

/**
 * The statement of this text, prepared once for each connection: what a search or a page asks for comes
 * again and again, and a statement thrown away holds its memory until the collector gets to it (45 MiB
 * after 15,000). For texts that are constants, each read in one way (`pluck` or not) wherever it is asked.
 */
export function prepared<Parameters extends unknown[] | object = unknown[], Row = unknown>(
  db: Db,
  sql: string,
): Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row> {
  let known = statements.get(db);
  if (known === undefined) statements.set(db, (known = new Map()));
  let statement = known.get(sql);
  if (statement === undefined) known.set(sql, (statement = db.prepare(sql)));
  return statement as unknown as Statement<
    Parameters extends unknown[] ? Parameters : [Parameters],
    Row
  >;
}
