import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { splitRecord } from './split-record.ts';

describe('splitRecord', () => {
  test.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['', ['']],
    [',', ['', '']],
    ['"a","b"', ['a', 'b']],
    ['"a, b",c', ['a, b', 'c']],
    ['"say ""no""",x', ['say "no"', 'x']],
    ['"",x', ['', 'x']],
    ['x,""', ['x', '']],
    ['"two\nlines",x', ['two\nlines', 'x']],
    ['id,"EM Tempo 3.5"" Short"', ['id', 'EM Tempo 3.5" Short']],
    ['3.5" heel,b', ['3.5" heel', 'b']],
  ])('reads %j', (text, cells) => {
    expect(splitRecord(text, ',')).toEqual({ cells, isOpen: false, hasStrayQuote: false });
  });

  test('takes a quoted word with more behind it as it stands', () => {
    const split = splitRecord('"Nike" shoe,b', ',');
    expect(split).toEqual({ cells: ['"Nike" shoe', 'b'], isOpen: false, hasStrayQuote: true });
  });

  test('says that a quote stays open', () => {
    expect(splitRecord('a,"b,c', ',')).toMatchObject({ cells: ['a', 'b,c'], isOpen: true });
    expect(splitRecord('a,"b""', ',')).toMatchObject({ isOpen: true });
  });

  test('agrees with csv-parse on 2,000 well-formed records', () => {
    let state = 7;
    const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
    const letters = ['a', 'é', '"', ',', ' ', '\n', '7', '日', ';'];
    for (let n = 0; n < 2000; n++) {
      const cells = Array.from({ length: 1 + random(5) }, () =>
        Array.from({ length: random(6) }, () => letters[random(letters.length)]).join(''),
      );
      const text = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
      const [reference] = parse(text, { relax_column_count: true });
      expect(splitRecord(text, ',').cells).toEqual(reference);
      expect(splitRecord(text, ',').cells).toEqual(cells);
    }
  });
});
