import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { openMemoryDatabase } from '../db/database.ts';
import { CatalogRepository } from './catalog-repository.ts';
import { ProblemRepository } from './problem-repository.ts';
import type { NewProblem } from './problem-repository.ts';

function repository() {
  const db = openMemoryDatabase();
  const { id: catalogId } = new CatalogRepository(db).create({
    root: '/a',
    isSample: false,
    options: { preset: 'auto', csv: {} },
  });
  const problems = new ProblemRepository(db);
  const item = (key: string) =>
    Number(
      db.prepare(`INSERT INTO item (catalog_id, key) VALUES (?, ?)`).run(catalogId, key)
        .lastInsertRowid,
    );
  const add = (problem: Partial<NewProblem>) =>
    problems.add({
      catalogId,
      itemId: null,
      stage: 'embed',
      modality: problem.stage === 'scan' || problem.itemId === undefined ? null : 'image',
      kind: 'picture-unreadable',
      severity: 'problem',
      itemKey: null,
      file: null,
      line: null,
      field: null,
      reason: 'r',
      action: 'a',
      raw: null,
      ...problem,
    });
  return { catalogId, problems, item, add };
}

const NOTICE = { stage: 'scan', kind: 'row-without-picture', severity: 'notice' } as const;

test('lists problems before notices, by kind, a page at a time', () => {
  const { catalogId, problems, add } = repository();
  for (let n = 0; n < 5; n++) add({ ...NOTICE, line: n });
  add({ kind: 'unclosed-quote', stage: 'scan' });
  add({ kind: 'csv-empty', stage: 'scan', reason: 'The file is empty', file: 'a.csv' });
  const all = problems.list({ catalogId, offset: 0, limit: 100 });
  expect(all.map((problem) => problem.line ?? problem.kind)).toEqual([
    'csv-empty',
    'unclosed-quote',
    0,
    1,
    2,
    3,
    4,
  ]);
  expect(all[0]).toEqual({
    id: 7,
    kind: 'csv-empty',
    severity: 'problem',
    stage: 'scan',
    itemKey: null,
    file: 'a.csv',
    line: null,
    field: null,
    reason: 'The file is empty',
    action: 'a',
    raw: null,
  });
  for (let offset = 0; offset <= 7; offset++) {
    for (let limit = 1; limit <= 4; limit++) {
      const page = problems.list({ catalogId, offset, limit });
      expect(page).toEqual(all.slice(offset, offset + limit));
    }
  }
  expect(problems.list({ catalogId, severity: 'notice', offset: 4, limit: 9 })).toHaveLength(1);
  expect(problems.list({ catalogId, kind: 'csv-empty', offset: 0, limit: 9 })).toHaveLength(1);
});

test('counts by severity and kind', () => {
  const { catalogId, problems, add } = repository();
  add(NOTICE);
  add(NOTICE);
  add({});
  expect(problems.count(catalogId)).toEqual({ problems: 1, notices: 2 });
  expect(problems.kinds(catalogId)).toEqual([
    { kind: 'picture-unreadable', severity: 'problem', count: 1 },
    { kind: 'row-without-picture', severity: 'notice', count: 2 },
  ]);
  expect(problems.total({ catalogId, severity: 'notice' })).toBe(2);
});

test('knows the items whose embedding may be tried again', () => {
  const { catalogId, problems, item, add } = repository();
  const [one, two] = [item('1'), item('2')];
  const id = add({ itemId: one });
  add({ itemId: one, kind: 'picture-crashed' });
  add({ itemId: two });
  add({ itemId: two, ...NOTICE });
  add({});
  add({ itemId: two, kind: 'name-unreadable', modality: 'text' });
  const [first, second, name] = [
    { itemId: one, modality: 'image' },
    { itemId: two, modality: 'image' },
    { itemId: two, modality: 'text' },
  ];
  const embedding = { scan: false, plan: false, refused: [] };
  const units = (scope: Partial<Parameters<typeof problems.retryable>[0]>) =>
    problems.retryable({ catalogId, ...scope });
  expect(units({})).toEqual({ ...embedding, units: [first, second, name] });
  expect(units({ problemId: id })).toEqual({ ...embedding, units: [first] });
  expect(units({ kind: 'picture-crashed' })).toEqual({ ...embedding, units: [first] });
  // A notice takes a scan, and only where it is named: nothing failed.
  expect(units({ severity: 'notice' })).toEqual({ ...embedding, units: [], scan: true });
  expect(units({ kind: 'picture-empty' })).toEqual({ ...embedding, units: [] });
  add({ itemId: one, itemKey: 'one', stage: 'publish', kind: 'publish-refused', modality: 'text' });
  const refused = [{ itemId: one, key: 'one', modality: 'text' }];
  expect(units({ kind: 'publish-refused' })).toEqual({ ...embedding, refused, units: [] });
  problems.removeForItem(one, 'text');
  expect(units({})).toEqual({ ...embedding, refused, units: [first, second, name] });
  expect(problems.countFailed(catalogId)).toEqual({ image: 2, text: 1 });
  problems.removeForItem(two, 'image');
  expect(units({})).toEqual({ ...embedding, refused, units: [first, name] });
  expect(units({ kind: 'row-without-picture' }).scan).toBe(true);
});

test('exports CSV that another reader understands and no spreadsheet executes', () => {
  const { catalogId, problems, add } = repository();
  add({ file: 'a "b", c.jpg', line: 3, reason: 'two\nlines', raw: '=HYPERLINK("http://x","y")' });
  add({ reason: '+1', itemKey: '@SUM(A1)', raw: '-12', action: '\tx' });
  for (let n = 0; n < 2500; n++) add({ ...NOTICE, line: n + 1 });
  const csv = [...problems.toCsv({ catalogId })].join('');
  const rows: string[][] = parse(csv);
  expect(rows.slice(0, 3)).toEqual([
    ['kind', 'severity', 'file', 'line', 'field', 'key', 'reason', 'action', 'raw'],
    ['picture-unreadable', 'problem', 'a "b", c.jpg', '3', '', '', 'two\nlines', 'a', `'=HYPERLINK("http://x","y")`],
    ['picture-unreadable', 'problem', '', '', '', `'@SUM(A1)`, `'+1`, `'\tx`, '-12'],
  ]); // prettier-ignore
  expect(rows).toHaveLength(2503);
  expect(rows.slice(3).map((row) => Number(row[3]))).toEqual(
    Array.from({ length: 2500 }, (_, n) => n + 1),
  );
  expect(
    [...problems.toCsv({ catalogId, severity: 'problem' })].join('').match(/\r\n/g),
  ).toHaveLength(3);
});
