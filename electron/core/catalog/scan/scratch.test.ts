import { expect, onTestFinished, test } from 'vitest';
import { Scratch, STORED_PER_KIND } from './scratch.ts';

test('very many problems of a kind are all counted, and kept up to a limit that the last one tells', () => {
  const scratch = new Scratch();
  onTestFinished(() => scratch.close());
  for (let line = 1; line <= STORED_PER_KIND + 50; line++) {
    const reason = 'No picture';
    scratch.report({
      kind: 'row-without-picture',
      severity: 'notice',
      file: 'a.csv',
      line,
      reason,
      action: '',
    });
  }
  expect(scratch.problemCounts.get('row-without-picture')).toBe(STORED_PER_KIND + 50);
  const last = scratch.db
    .prepare(`SELECT count(*) AS n, max(line) AS line, reason FROM problem`)
    .get();
  expect(last).toEqual({
    n: STORED_PER_KIND,
    line: STORED_PER_KIND,
    reason: 'No picture (more of this kind follow and are only counted)',
  });
});
