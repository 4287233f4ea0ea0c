import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const PAGE = path.resolve(import.meta.dirname, '../../docs/security.md');

test('every file that docs/security.md names is there, and all twenty items are answered', async () => {
  const text = await readFile(PAGE, 'utf8');
  const links = [...text.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(25);
  expect(links.filter((link) => !existsSync(path.join(path.dirname(PAGE), link)))).toEqual([]);
  const items = [...text.matchAll(/^\| (\d+) \| [^|]+ \| [^|]{10,}/gm)].map((match) => match[1]);
  expect(items).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
});

test('what the page says of a setting stands in the file it names', async () => {
  const text = await readFile(PAGE, 'utf8');
  const claims = [...text.matchAll(/`([a-zA-Z]+: (?:true|false))`[^|\n]*?\]\((\.\.\/[^)]+)\)/g)];
  expect(claims.length).toBeGreaterThanOrEqual(4);
  for (const [, setting = '', link = ''] of claims) {
    const source = await readFile(path.join(path.dirname(PAGE), link), 'utf8');
    expect(source, `${setting} in ${link}`).toContain(setting);
  }
});
