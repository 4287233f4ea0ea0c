import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';

test('keeps the catalogs there are, whose collections go with them', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, { target: 29 });
  db.exec(
    `INSERT INTO catalog (id, name, root, options, created_at) VALUES (1, 'a', '/a', '{}', 0)`,
  );
  const before = db.prepare('SELECT * FROM catalog').all();
  migrate(db, { target: 30 });
  expect(db.prepare('SELECT * FROM catalog').all()).toEqual(before);
  db.exec(`
    INSERT INTO collection (id, catalog_id, name, created_at) VALUES (5, 1, 'Spring', 0);
    INSERT INTO collection_item VALUES (5, 'k', 0, 0)`);
  expect(() =>
    db.exec(`INSERT INTO collection (catalog_id, name, created_at) VALUES (1, 'SPRING', 0)`),
  ).toThrow(/UNIQUE/);
  db.exec('DELETE FROM catalog');
  expect(db.prepare('SELECT * FROM collection_item').all()).toEqual([]);
});
