import { describe, expect, test } from 'vitest';
import type { CsvLine } from './csv-lines.ts';
import type { CsvRecord } from './csv-records.ts';
import { readRecords } from './csv-records.ts';

async function* batches(text: string, size: number): AsyncGenerator<CsvLine[]> {
  const lines = text
    .split('\n')
    .map((line, at) => ({ number: at + 1, text: line, isTooLong: false }));
  for (let at = 0; at < lines.length; at += size) yield lines.slice(at, at + size);
}

async function read(text: string, width: number, batch = 1000): Promise<string[]> {
  const options = { delimiter: ',', width, firstLine: 1, isDamaged: false };
  const all: CsvRecord[] = [];
  for await (const records of readRecords(batches(text, batch), options)) all.push(...records);
  return all.map((record) =>
    record.kind === 'row'
      ? `${record.line}: ${record.cells.join(' | ')}`
      : `${record.line}: ${record.kind}`,
  );
}

describe('a quote that stays open', () => {
  test('loses its own line and no other', async () => {
    const text = '1,red\n2,"open\n3,blue\n4,"closed"\n5,green';
    expect(await read(text, 2)).toEqual([
      '1: 1 | red',
      '2: open',
      '3: 3 | blue',
      '4: 4 | closed',
      '5: 5 | green',
    ]);
  });

  test('loses its own line when a later quote would close it', async () => {
    const text = '1,"open\n2,3.5" heel\n3,"40"" TV"\n4,TV 40"\n5,x';
    expect(await read(text, 2)).toEqual([
      '1: open',
      '2: 2 | 3.5" heel',
      '3: 3 | 40" TV',
      '4: 4 | TV 40"',
      '5: 5 | x',
    ]);
  });

  test('twice in a row loses two lines', async () => {
    expect(await read('1,"a\n2,"b\n3,c', 2)).toEqual(['1: open', '2: open', '3: 3 | c']);
  });

  test('at the end of the file loses the last line', async () => {
    expect(await read('1,a\n2,"b', 2)).toEqual(['1: 1 | a', '2: open']);
  });

  test('is followed for 50 lines and no further', async () => {
    const lines = (count: number) => Array.from({ length: count }, () => 'more words').join('\n');
    expect(await read(`1,"start\n${lines(49)}\nend"\n2,b`, 2)).toHaveLength(2);
    const tooFar = await read(`1,"start\n${lines(50)}\nend"\n2,b`, 2);
    expect(tooFar[0]).toBe('1: open');
    expect(tooFar.at(-1)).toBe('53: 2 | b');
  });

  test('is followed for 64 KiB and no further', async () => {
    const long = 'x'.repeat(40_000);
    expect((await read(`1,"${long}\n${long}"\n2,b`, 2))[0]).toBe('1: open');
  });
});

describe('a field of several lines', () => {
  test.each([1, 2, 3, 1000])('is read in batches of %i lines', async (batch) => {
    const text = '1,"line one\nline, two\nline three",red\n2,plain,blue';
    expect(await read(text, 3, batch)).toEqual([
      '1: 1 | line one\nline, two\nline three | red',
      '4: 2 | plain | blue',
    ]);
  });

  test('may hold a line with as many fields as a row that does not start like one', async () => {
    expect(await read('1,"first\nsecond, third"\n2,b', 2)).toEqual([
      '1: 1 | first\nsecond, third',
      '3: 2 | b',
    ]);
  });

  test('must have as many fields as the header', async () => {
    expect(await read('1,"a\nb",c\n2,x,y,z', 4)).toEqual([
      '1: open',
      '2: ragged',
      '3: 2 | x | y | z',
    ]);
  });
});

describe('rows', () => {
  test('are trimmed, blank ones skipped, surplus empty fields dropped', async () => {
    expect(await read(' 1 , a\n\n,\n2,b,,', 2)).toEqual(['1: 1 | a', '4: 2 | b']);
  });

  test('with too few or too many fields are told apart from good ones', async () => {
    expect(await read('1\n2,b\n3,c,d', 2)).toEqual(['1: ragged', '2: 2 | b', '3: ragged']);
  });

  test('with a NUL byte are refused alone', async () => {
    expect(await read('1,a\0\n2,b', 2)).toEqual(['1: unreadable', '2: 2 | b']);
  });
});
