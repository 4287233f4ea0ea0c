import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';

test('keeps the links there are, which have agreed to no deletions', () => {
  const db = new Database(':memory:');
  migrate(db, { target: 35 });
  db.exec(`
    INSERT INTO catalog (id, name, root, options, created_at) VALUES (1, 'a', '/a', '{}', 0);
    INSERT INTO cloud_link (catalog_id, bucket, columns, is_creating, is_model_assumed, publishing, linked_at)
      VALUES (1, 'shop', '[]', 0, 0, 'wanted', 5)`);
  const before = db.prepare('SELECT * FROM cloud_link').get();
  migrate(db, { target: 36 });
  expect(db.prepare('SELECT * FROM cloud_link').get()).toEqual({
    ...(before as object),
    agreed_deletions: null,
  });
});
