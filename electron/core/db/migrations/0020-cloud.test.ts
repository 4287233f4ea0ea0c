import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';

test('keeps the problems there are, and takes those of publishing', () => {
  const db = new Database(':memory:');
  migrate(db, { target: 19 });
  db.exec(`
    INSERT INTO catalog (id, name, root, options, created_at) VALUES (1, 'a', '/a', '{}', 0);
    INSERT INTO problem (catalog_id, stage, kind, severity, reason, action, created_at)
      VALUES (1, 'scan', 'csv-empty', 'problem', 'why', 'what', 5), (1, 'embed', 'x', 'notice', '', '', 6)`);
  const before = db.prepare('SELECT * FROM problem').all();
  const shapeOf = () =>
    db.prepare(`SELECT name FROM sqlite_master WHERE tbl_name = 'problem' ORDER BY name`).all();
  const shape = shapeOf();
  migrate(db, { target: 20 });
  expect(db.prepare('SELECT * FROM problem').all()).toEqual(before);
  expect(shapeOf()).toEqual(shape);
  const add = db.prepare(
    `INSERT INTO problem (catalog_id, stage, kind, severity, reason, action, created_at)
     VALUES (1, ?, 'publish-refused', 'problem', '', '', 7)`,
  );
  expect(add.run('publish').lastInsertRowid).toBe(3);
  expect(() => add.run('nonsense')).toThrow(/CHECK/);
});
