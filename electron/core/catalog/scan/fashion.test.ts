import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openMemoryDatabase } from '../../db/database.ts';
import { CatalogRepository } from '../catalog-repository.ts';
import { ProblemRepository } from '../problem-repository.ts';
import { scanCatalog } from './scan-catalog.ts';

const ROOT = path.resolve(process.env['VITRINE_TEST_DATA'] ?? '../shared', 'fashion');

test.skipIf(!existsSync(ROOT))(
  `the fashion set is read whole (skipped without test data at ${ROOT})`,
  async () => {
    const db = openMemoryDatabase();
    const catalogs = new CatalogRepository(db);
    const options = { preset: 'auto', csv: {} } as const;
    const { id } = catalogs.create({ root: ROOT, isSample: false, options });
    const summary = await scanCatalog(db, id);
    expect(summary).toMatchObject({ items: 4983, images: 4983, added: 4983, rows: 39_848 });
    expect(summary.problems).toEqual({
      'row-does-not-fit': 22,
      'unclosed-quote': 1,
      'link-undefined': 7,
      'picture-without-row': 2,
      'row-without-picture': 34_844,
    });
    const problems = new ProblemRepository(db);
    expect(problems.count(id)).toEqual({ problems: 23, notices: 34_853 });
    const [open] = problems.list({ catalogId: id, kind: 'unclosed-quote', offset: 0, limit: 1 });
    expect(open).toMatchObject({ file: 'styles.csv', line: 39_849, field: 'productDisplayName' });
    const named = db.prepare(`SELECT count(*) FROM item WHERE name_hash IS NOT NULL`).pluck().get();
    expect(named).toBe(4981);
    expect(catalogs.get(id)).toMatchObject({ preset: 'kaggle-fashion', revision: 1 });
  },
);
