import { existsSync } from 'node:fs';
import { appendFile, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand, runJson } from '../support/command-line.ts';
import { drawPicture, drawProducts } from '../support/draw-products.ts';
import { readRows, readVectors } from '../support/read-database.ts';
import { temporaryFolder } from '../support/test-app.ts';

const PRODUCTS = 60;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** A folder of products, added and embedded in `dataDir` under the name "products". */
let catalog: string;
let dataDir: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  catalog = path.join(folder.path, 'products');
  dataDir = path.join(folder.path, 'data');
  await drawProducts(catalog, PRODUCTS);
  await runJson(dataDir, ['catalog', 'add', catalog]);
  await runJson(dataDir, ['ingest']);
}, 180_000);

afterAll(() => folder[Symbol.asyncDispose]());

/** A data folder that no other test uses. */
function newDataDir(name: string): string {
  return path.join(folder.path, `data of ${name}`);
}

const number = expect.any(Number) as number;

interface Answer {
  readonly results: readonly {
    key: string;
    score: number;
    image: { rank: number; distance: number } | null;
    text: { rank: number; distance: number } | null;
    metadata: Record<string, unknown>;
  }[];
}

describe('catalog', () => {
  test('add, list, show, remove', async () => {
    const own = newDataDir('catalog');
    expect(await runJson(own, ['catalog', 'list'])).toEqual([]);
    expect(await runJson(own, ['catalog', 'add', catalog])).toEqual({
      catalog: 'products',
      items: PRODUCTS,
      images: PRODUCTS,
      rows: PRODUCTS,
      problems: {},
    });
    expect(await runJson(own, ['catalog', 'list'])).toEqual([
      { name: 'products', root: catalog, items: PRODUCTS },
    ]);
    expect(await runJson(own, ['catalog', 'show', 'products'])).toMatchObject({
      name: 'products',
      preset: 'csv',
      csvFiles: ['products.csv'],
      embedded: { image: 0, text: 0 },
      online: true,
    });
    expect(await runJson(own, ['catalog', 'remove', 'products'])).toEqual({ removed: 'products' });
    expect(await runJson(own, ['catalog', 'list'])).toEqual([]);
    expect(readVectors(own)).toEqual([]);
    expect(existsSync(path.join(catalog, 'products.csv'))).toBe(true);
  });

  test('the same folder again is a rescan: only what changed is embedded again', async () => {
    const own = newDataDir('rescan');
    const products = path.join(folder.path, 'changing');
    const picture = (key: string) => path.join(products, 'images', `${key}.jpg`);
    await drawProducts(products, 12);
    await runJson(own, ['catalog', 'add', products]);
    expect(await runJson(own, ['ingest'])).toMatchObject({ embedded: { image: 12, text: 12 } });
    const before = readVectors(own);

    await drawPicture(picture('1003'), { shape: 'circle', fill: '#123456', size: 90 });
    await utimes(picture('1004'), new Date(), new Date()); // newer, but the same bytes
    await rm(picture('1005'));
    const table = path.join(products, 'products.csv');
    const rows = await readFile(table, 'utf8');
    await writeFile(table, rows.replace(/^1006,[^,]*/m, '1006,A hat nobody knew'));

    expect(await runJson(own, ['catalog', 'add', products])).toEqual({
      catalog: 'changing',
      items: 11,
      images: 11,
      rows: 12,
      problems: { 'row-without-picture': 1 },
    });
    expect(await runJson(own, ['ingest'])).toMatchObject({
      embedded: { image: 1, text: 1 },
      failed: 0,
    });
    const after = readVectors(own);
    const changed = after.filter(
      (vector) => !before.some((old) => old.key === vector.key && old.vector.equals(vector.vector)),
    );
    expect(changed.map(({ key, modality }) => [key, modality])).toEqual([
      ['1003', 'image'],
      ['1006', 'text'],
    ]);
    expect(after.some(({ key }) => key === '1005')).toBe(false);
  });

  test('a sample is repeatable by its seed', async () => {
    const sample = async (name: string, seed: string) => {
      const own = newDataDir(name);
      const added = await runJson<{ items: number }>(own, [
        'catalog',
        'add',
        catalog,
        '--sample',
        '20',
        '--seed',
        seed,
      ]);
      expect(added.items).toBe(20);
      return readRows<{ key: string }>(own, 'SELECT key FROM item ORDER BY key');
    };
    const first = await sample('sample a', '7');
    expect(await sample('sample b', '7')).toEqual(first);
    expect(await sample('sample c', '8')).not.toEqual(first);
  });
});

describe('search', () => {
  test('prints every part of the answer for both sides', async () => {
    const answer = await runJson(dataDir, [
      'search',
      'products',
      '--like',
      '1004',
      '--text',
      'a green square',
      '--top',
      '5',
      '--k',
      '10',
      '--weights',
      '1,0.5',
    ]);
    expect(answer).toEqual({
      mode: 'fused',
      engine: 'local',
      catalog: 'products',
      k: 10,
      weights: { image: 1, text: 0.5 },
      models: {
        image: { id: expect.any(String) as string, dimension: 384 },
        text: { id: expect.any(String) as string, dimension: 384 },
      },
      timing: { embedMs: number, searchMs: number, totalMs: number },
      // An item is not similar to itself: it is no candidate.
      candidates: { image: PRODUCTS - 1, text: PRODUCTS - 1 },
      results: Array.from({ length: 5 }, (_, index) => ({
        rank: index + 1,
        key: expect.stringMatching(/^10\d\d$/) as string,
        score: number,
        image: { rank: number, distance: number },
        text: { rank: number, distance: number },
        name: expect.stringMatching(/^A \w+ \w+$/) as string,
        imagePath: expect.stringContaining(path.join(catalog, 'images')) as string,
        metadata: expect.objectContaining({ shape: expect.any(String) as string }) as object,
      })),
    });
    for (const { score, image, text } of (answer as Answer).results) {
      expect(score).toBeCloseTo(1 / (10 + (image?.rank ?? 0)) + 0.5 / (10 + (text?.rank ?? 0)), 9);
    }
  });

  test('by a picture alone, by words alone, and within a filter', async () => {
    const byPicture = await runJson<Answer>(dataDir, [
      'search',
      'products',
      '--image',
      path.join(catalog, 'images', '1007.jpg'),
    ]);
    expect(byPicture).toMatchObject({ mode: 'image', models: { text: null } });
    expect(byPicture.results).toHaveLength(10);
    expect(byPicture.results[0]).toMatchObject({ key: '1007', text: null });
    expect(byPicture.results[0]?.image?.distance).toBeLessThan(0.001);

    const byWords = await runJson<Answer>(dataDir, [
      'search',
      'products',
      '--text',
      'blue stripe',
      '--filter',
      '{"colour": {"$ne": "blue"}}',
      '--top',
      '100',
    ]);
    expect(byWords).toMatchObject({ mode: 'text', models: { image: null } });
    expect(byWords.results).toHaveLength(PRODUCTS - 15);
    expect(byWords.results.some(({ metadata }) => metadata['colour'] === 'blue')).toBe(false);
  });
});

test('ingest prints what it did', async () => {
  const own = newDataDir('ingest');
  await runJson(own, ['catalog', 'add', catalog, '--sample', '8']);
  expect(await runJson(own, ['ingest', 'products'])).toEqual({
    embedded: { image: 8, text: 8 },
    failed: 0,
    seconds: expect.any(Number) as number,
    ratePerSecond: expect.any(Number) as number,
  });
  const [status] = await runJson<unknown[]>(own, ['status']);
  expect(status).toMatchObject({
    catalog: 'products',
    state: 'idle',
    problems: 0,
    obstacle: null,
  });
});

test('status names a folder that is away', async () => {
  const own = newDataDir('away');
  const products = path.join(folder.path, 'on a drive');
  await drawProducts(products, 2);
  await runJson(own, ['catalog', 'add', products]);
  await rename(products, `${products}, unplugged`);
  expect(await runJson(own, ['status'])).toMatchObject([
    { catalog: 'on a drive', obstacle: { code: 'FOLDER_NOT_FOUND' } },
  ]);
  const { stdout } = await runCommand(own, ['status']);
  expect(stdout).toContain(`The folder ${products} cannot be reached. Connect the drive`);
});

test('problems are listed and written to CSV', async () => {
  const own = newDataDir('problems');
  const products = path.join(folder.path, 'with problems');
  await drawProducts(products, 4);
  await writeFile(path.join(products, 'images', '1002.jpg'), '');
  await writeFile(path.join(products, 'images', 'drawing.svg'), '<svg/>');
  const added = await runJson(own, ['catalog', 'add', products]);
  expect(added).toMatchObject({ problems: { 'picture-empty': 1, 'picture-unsupported': 1 } });
  await runJson(own, ['ingest']);

  const csv = path.join(folder.path, 'problems.csv');
  const listed = await runJson(own, ['problems', 'with problems', '--csv', csv]);
  expect(listed).toMatchObject({
    total: 2,
    kinds: expect.arrayContaining([
      { kind: 'picture-empty', severity: 'problem', count: 1 },
    ]) as unknown[],
    problems: expect.arrayContaining([
      expect.objectContaining({
        kind: 'picture-empty',
        file: 'images/1002.jpg',
        reason: expect.any(String) as string,
        action: expect.any(String) as string,
      }),
    ]) as unknown[],
  });
  const lines = (await readFile(csv, 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^kind,severity,file,line,field,key,reason,action/);
  expect(lines.some((line) => line.startsWith('picture-empty,problem,images/1002.jpg'))).toBe(true);
});

test('problems --json lists all of them, however many', async () => {
  const own = newDataDir('many problems');
  const products = path.join(folder.path, 'many problems');
  await drawProducts(products, 2);
  const rows = Array.from({ length: 2500 }, (_, row) => `none-${row},A hat,hat,red,20\n`);
  await appendFile(path.join(products, 'products.csv'), rows.join(''));
  await runJson(own, ['catalog', 'add', products]);
  const listed = await runJson<{ total: number; problems: { line: number; id: number }[] }>(own, [
    'problems',
    'many problems',
  ]);
  expect(listed.total).toBe(2500);
  expect(listed.problems).toHaveLength(listed.total);
  expect(new Set(listed.problems.map(({ id }) => id)).size).toBe(listed.total);
});

test('models are listed and verified', async () => {
  const own = newDataDir('models');
  const listed = await runJson<{ id: string; state: string; active: boolean }[]>(own, [
    'models',
    'list',
  ]);
  const active = listed.filter((model) => model.active);
  expect(active.map((model) => model.state)).toEqual(['ready', 'ready']);
  for (const model of active) {
    expect(await runJson(own, ['models', 'verify', model.id])).toMatchObject([
      { id: model.id, state: 'ready' },
    ]);
  }
});

test('sample adds, embeds and searches in one command', { timeout: 180_000 }, async () => {
  const answer = await runJson<{ text: Answer; fused: Answer }>(newDataDir('the sample'), [
    'sample',
    '--text',
    'striped shirt',
  ]);
  expect(answer).toMatchObject({
    added: { catalog: 'Sample catalog' },
    ingested: { embedded: { image: expect.any(Number) as number } },
    text: { mode: 'text' },
    fused: { mode: 'fused' },
  });
  expect(answer.text.results).toHaveLength(8);
  expect(answer.text.results[0]?.metadata).toMatchObject({
    pattern: expect.stringMatching(/strip/i) as string,
  });
});

describe('exit codes', () => {
  test.each([
    [2, 'no command', []],
    [2, 'an unknown command', ['fly']],
    [2, 'an unknown option', ['status', '--fly']],
    [2, 'a missing argument', ['catalog', 'add']],
    [2, 'no results wanted', ['search', 'products', '--text', 'x', '--top', '0']],
    [2, 'a port that is none', ['serve', '--no-open', '--port', '99999']],
    [2, 'a number that is none', ['search', 'products', '--text', 'x', '--top', 'many']],
    [2, 'a mode that is none', ['search', 'products', '--text', 'x', '--mode', 'smell']],
    [2, 'a query without anything to look for', ['search', 'products']],
    [2, 'a mode without its side', ['search', 'products', '--text', 'x', '--mode', 'image']],
    [2, 'a filter that is no JSON', ['search', 'products', '--text', 'x', '--filter', '{']],
    [
      2,
      'a filter with an unknown operator',
      ['search', 'products', '--text', 'x', '--filter', '{"colour":{"$like":"r"}}'],
    ],
    [1, 'a folder that is not there', ['catalog', 'add', '/no/such/folder']],
    [1, 'a catalog that is not there', ['catalog', 'show', 'nothing']],
    [1, 'a key that is not there', ['search', 'products', '--like', 'nothing']],
    [1, 'a picture that is not there', ['search', 'products', '--image', '/no/such/picture.jpg']],
    [0, 'help', ['--help']],
    [0, 'the version', ['--version']],
    [0, 'a command that does its work', ['status']],
  ] as const)('%i for %s', async (code, _name, args) => {
    const finished = await runCommand(dataDir, args);
    expect(finished.stderr + finished.stdout).not.toMatch(/^ +at /m);
    expect(finished.code).toBe(code);
    expect(finished.stderr === '').toBe(code === 0);
    expect(finished.stdout === '').toBe(code !== 0);
  });

  test('1 with the reason, when the folder has gone before it was embedded', async () => {
    const own = newDataDir('gone');
    const products = path.join(folder.path, 'going');
    await drawProducts(products, 3);
    await runJson(own, ['catalog', 'add', products]);
    await rm(products, { recursive: true });
    const { code, stderr } = await runCommand(own, ['ingest', '--json']);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'FOLDER_NOT_FOUND', action: expect.any(String) as string },
    });
    expect(code).toBe(1);
    // The names need no folder.
    expect(readVectors(own).map(({ modality }) => modality)).toEqual(['text', 'text', 'text']);
  });

  test('an error is JSON where the answer would be', async () => {
    const { code, stderr, stdout } = await runCommand(dataDir, [
      'catalog',
      'show',
      'nothing',
      '--json',
    ]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'CATALOG_NOT_FOUND',
        message: expect.stringContaining('nothing') as string,
        action: expect.any(String) as string,
      },
    });
  });
});
