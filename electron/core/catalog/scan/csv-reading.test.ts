import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ColumnTypes, isCanonicalNumber } from './column-types.ts';
import { detectEncoding } from './csv-encoding.ts';
import { MAX_LINE_LENGTH, readLines } from './csv-lines.ts';
import { inspectCsv } from './inspect-csv.ts';
import { Pacer } from '../../pacer.ts';
import { hasLetters, readableName } from './readable-name.ts';

async function fileOf(content: string | Buffer): Promise<string> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-csv-'));
  onTestFinished(async () => rm(dir, { recursive: true }));
  const file = path.join(dir, 'table.csv');
  await writeFile(file, content);
  return file;
}

function utf16(text: string, isBig: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
}

const TEXT = 'id,name\n1,Café über 3 €\n2,Zoë\n';
const WESTERN = Buffer.from('id,name\n1,Caf\u00e9 \u0080\n', 'latin1');

test.each([
  ['UTF-8', Buffer.from(TEXT), 'utf-8', TEXT],
  ['UTF-8 with BOM', Buffer.from(`\u{FEFF}${TEXT}`), 'utf-8', TEXT],
  ['UTF-16LE with BOM', utf16(`\u{FEFF}${TEXT}`, false), 'utf-16le', TEXT],
  ['UTF-16BE with BOM', utf16(`\u{FEFF}${TEXT}`, true), 'utf-16be', TEXT],
  ['UTF-16LE', utf16(TEXT, false), 'utf-16le', TEXT],
  ['UTF-16BE', utf16(TEXT, true), 'utf-16be', TEXT],
  ['Windows-1252', WESTERN, 'windows-1252', 'id,name\n1,Café €\n'],
])('detects and reads %s', async (_, bytes, encoding, text) => {
  const file = await fileOf(bytes);
  const detected = await detectEncoding(file, new Pacer());
  expect(detected).toEqual({ encoding, isDamaged: false });
  const lines: string[] = [];
  for await (const batch of readLines(file, detected))
    lines.push(...batch.map((line) => line.text));
  expect(lines).toEqual(text.trimEnd().split('\n'));
});

test('a few broken lines do not make another encoding of a UTF-8 file', async () => {
  const good = Buffer.from('1,Café\n'.repeat(40));
  const file = await fileOf(Buffer.concat([good, Buffer.from([0x32, 0x2c, 0xe9, 0x0a]), good]));
  expect(await detectEncoding(file, new Pacer())).toEqual({
    encoding: 'utf-8',
    isDamaged: true,
  });
});

test('characters that straddle pieces of a file count as whole', async () => {
  const file = await fileOf(`a${'é'.repeat(400_000)}`);
  expect(await detectEncoding(file, new Pacer())).toEqual({
    encoding: 'utf-8',
    isDamaged: false,
  });
});

test.each([
  ['LF', 'a\nb\nc'],
  ['CRLF', 'a\r\nb\r\nc\r\n'],
  ['CR', 'a\rb\rc'],
])('reads lines that end with %s', async (_, text) => {
  const file = await fileOf(text);
  const lines: (string | number)[] = [];
  for await (const batch of readLines(file, { encoding: 'utf-8' })) {
    for (const line of batch) lines.push(line.number, line.text);
  }
  expect(lines).toEqual([1, 'a', 2, 'b', 3, 'c']);
});

test('a line without end is cut, and the next one is read', async () => {
  const file = await fileOf(`a\n${'x'.repeat(MAX_LINE_LENGTH + 10)}\nb\n`);
  const lines: unknown[] = [];
  for await (const batch of readLines(file, { encoding: 'utf-8' })) lines.push(...batch);
  expect(lines).toEqual([
    { number: 1, text: 'a', isTooLong: false },
    { number: 2, text: 'x'.repeat(1000), isTooLong: true },
    { number: 3, text: 'b', isTooLong: false },
  ]);
});

test.each([
  [',', 'id,name\n1,"a;b"\n2,c;d\n'],
  [';', 'id;name;price\n1;a;1,5\n2;b;2,5\n'],
  ['\t', 'id\tname\n1\ta, b\n2\tc, d\n'],
  ['|', 'id|name\n1|a, b; c\n'],
  [';', 'sep=;\nid;name\n1;a\n'],
])('detects the delimiter %j', async (delimiter, text) => {
  const inspection = await inspectCsv(await fileOf(text), {}, new Pacer());
  expect(inspection).toMatchObject({ state: 'ready', format: { delimiter } });
});

test.each([
  ['a header', 'id,name\n1,a\n', ['id', 'name'], 2],
  ['no header', '1,a\n2,b\n', ['column_1', 'column_2'], 1],
  ['no header but file names', 'a.jpg,Red shirt\nb.jpg,Blue shirt\n', ['column_1', 'column_2'], 1],
  ['a header below blank lines', '\n\nid,name\n1,a\n', ['id', 'name'], 4],
  ['a header with quotes and blanks', '"id", name ,\n1,a,\n', ['id', 'name'], 2],
  ['a nameless column', 'id,,name\n1,a,b\n', ['id', 'column_2', 'name'], 2],
  ['names that repeat', 'id,name,name,name_2\n1,a,b,c\n', ['id', 'name', 'name_3', 'name_2'], 2],
])('finds %s', async (_, text, columns, firstLine) => {
  const inspection = await inspectCsv(await fileOf(text), {}, new Pacer());
  expect(inspection).toMatchObject({ state: 'ready', format: { columns, firstLine } });
});

test('options override what would be detected', async () => {
  const file = await fileOf(Buffer.from('id;n\u00e4me\n1;a\n', 'latin1'));
  const options = { delimiter: ',', encoding: 'windows-1252', header: false } as const;
  expect(await inspectCsv(file, options, new Pacer())).toMatchObject({
    format: { columns: ['column_1'], encoding: 'windows-1252', delimiter: ',', firstLine: 1 },
  });
});

test('numbers are only those that nothing is lost of', () => {
  for (const yes of ['0', '-12', '3.5', '19.90', '0.05', '-0.5', '123456789012345']) {
    expect(isCanonicalNumber(yes), yes).toBe(true);
  }
  for (const no of [
    '007',
    '+1',
    '1e5',
    '1,5',
    '.5',
    '5.',
    '-0',
    '-0.0',
    '0x10',
    '1234567890123456',
    'NaN',
    '1 000',
  ]) {
    expect(isCanonicalNumber(no), no).toBe(false);
  }
});

test('a column is a number only if every value is', () => {
  const types = new ColumnTypes(4);
  types.add(['1', '1', '', '']);
  types.add(['2.5', 'x', '', '3']);
  types.add(['', '3', '', '']);
  expect([0, 1, 2, 3].map((column) => types.typeOf(column))).toEqual([
    'number',
    'string',
    'string',
    'number',
  ]);
});

test.each([
  ['blue-polo_shirt02', 'Blue polo shirt 02'],
  ['IMG_1234', 'IMG 1234'],
  ['RedDress', 'Red Dress'],
  ['T42', 'T42'],
  ['élégant__sac', 'Élégant sac'],
  ['12347', '12347'],
  ['---', ''],
  ['a\nb', 'A b'],
  ['🙂 smile', '🙂 smile'],
])('makes %j readable', (stem, name) => {
  expect(readableName(stem)).toBe(name);
});

test('a number is no name', () => {
  expect([hasLetters('12347'), hasLetters('A 7')]).toEqual([false, true]);
});
