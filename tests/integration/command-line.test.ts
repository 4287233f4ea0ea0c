import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  COMMAND_LINE,
  runCommand,
  runJson,
  startBare,
  startCommand,
} from '../support/command-line.ts';
import { drawPicture, drawProducts } from '../support/draw-products.ts';
import { readRows, readVectors } from '../support/read-database.ts';
import { installation, startTestApp, temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

const PRODUCTS = 60;
const isWindows = process.platform === 'win32';

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

const distance = expect.closeTo(1, -1) as number;
const place = { rank: expect.any(Number) as number, distance };

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
        ...['catalog', 'add', catalog, '--sample', '20', '--seed', seed],
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
      ...['search', 'products', '--like', '1004', '--text', 'a green square'],
      ...['--top', '5', '--k', '10', '--weights', '1,0.5'],
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
      timing: {
        embedMs: expect.any(Number) as number,
        searchMs: expect.any(Number) as number,
        totalMs: expect.any(Number) as number,
      },
      candidates: { image: PRODUCTS, text: PRODUCTS },
      results: Array.from({ length: 5 }, (_, index) => ({
        rank: index + 1,
        key: expect.stringMatching(/^10\d\d$/) as string,
        score: expect.any(Number) as number,
        image: place,
        text: place,
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
      ...['search', 'products', '--image', path.join(catalog, 'images', '1007.jpg')],
    ]);
    expect(byPicture).toMatchObject({ mode: 'image', models: { text: null } });
    expect(byPicture.results).toHaveLength(10);
    expect(byPicture.results[0]).toMatchObject({ key: '1007', text: null });
    expect(byPicture.results[0]?.image?.distance).toBeLessThan(0.001);

    const byWords = await runJson<Answer>(dataDir, [
      ...['search', 'products', '--text', 'blue stripe', '--filter', '{"colour": {"$ne": "blue"}}'],
      ...['--top', '100'],
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
  expect(status).toMatchObject({ catalog: 'products', state: 'idle', problems: 0 });
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

test('models are listed and verified', async () => {
  const own = newDataDir('models');
  const listed = await runJson<{ id: string; state: string; active: boolean }[]>(own, [
    ...['models', 'list'],
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
    ...['sample', '--text', 'striped shirt'],
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
    [2, 'a number that is none', ['search', 'products', '--text', 'x', '--top', 'many']],
    [2, 'a mode that is none', ['search', 'products', '--text', 'x', '--mode', 'smell']],
    [2, 'a query without anything to look for', ['search', 'products']],
    [2, 'a mode without its side', ['search', 'products', '--text', 'x', '--mode', 'image']],
    [2, 'a filter that is no JSON', ['search', 'products', '--text', 'x', '--filter', '{']],
    [
      2,
      'a filter with an unknown operator',
      [...['search', 'products', '--text', 'x', '--filter', '{"colour":{"$like":"r"}}']],
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
    if (code !== 0) expect(finished.stderr.trim()).not.toBe('');
    if (code === 2) expect(finished.stdout).toBe('');
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
      ...['catalog', 'show', 'nothing', '--json'],
    ]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'CATALOG_NOT_FOUND',
        message: expect.stringContaining('nothing') as string,
        action: expect.any(String) as string,
        subject: 'nothing',
      },
    });
  });
});

describe('progress', () => {
  test('is not drawn in a pipe', async () => {
    const own = newDataDir('pipe');
    const added = await runCommand(own, ['catalog', 'add', catalog]);
    const ingested = await runCommand(own, ['ingest']);
    expect(added.stderr + ingested.stderr).toBe('');
    expect(ingested.stdout).toMatch(/^Embedded 60 pictures and 60 names in \d+:\d\d\.\n$/);
  });

  // `script` of util-linux gives a command a terminal; other systems have another one, or none.
  const canHaveTerminal =
    process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
  test.skipIf(!canHaveTerminal)('is drawn on a terminal, but not with --json', async () => {
    const onTerminal = (own: string, args: string) =>
      spawnSync(
        'script',
        [
          '-qec',
          `"${process.execPath}" "${COMMAND_LINE}" --data-dir "${own}" ${args}`,
          '/dev/null',
        ],
        { encoding: 'utf8' },
      ).stdout;
    const own = newDataDir('terminal');
    await runJson(own, ['catalog', 'add', catalog]);
    expect(onTerminal(own, 'ingest')).toMatch(/Pictures █*░* \d+ of 60/);
    const json = newDataDir('terminal, JSON');
    await runJson(json, ['catalog', 'add', catalog]);
    expect(JSON.parse(onTerminal(json, 'ingest --json'))).toMatchObject({ failed: 0 });
  });
});

test.skipIf(isWindows)(
  'Ctrl-C pauses ingest cleanly, and the next run goes on',
  { timeout: 120_000 },
  async () => {
    const own = newDataDir('interrupted');
    const products = path.join(folder.path, 'many');
    await drawProducts(products, 240);
    await runJson(own, ['catalog', 'add', products]);
    const ingest = startCommand(own, ['ingest', '--json'], { detached: true });
    const countPictures = () =>
      readVectors(own).filter(({ modality }) => modality === 'image').length;
    await waitUntil('the first pictures', () => countPictures() > 0);
    // A terminal sends the signal to the whole group: to the inference process too.
    process.kill(-(ingest.pid ?? 0), 'SIGINT');
    const { code, stdout, stderr } = await ingest.finished;
    expect(code).toBe(1);
    expect(stderr).toBe('Paused. Run the same command to go on where it stopped.\n');
    const first = JSON.parse(stdout) as { embedded: { image: number }; failed: number };
    expect(first.failed).toBe(0);
    expect(first.embedded.image).toBe(countPictures());
    expect(first.embedded.image).toBeLessThan(240);
    expect(readRows(own, `SELECT * FROM job WHERE state IN ('running', 'failed')`)).toEqual([]);

    const second = await runJson<typeof first>(own, ['ingest']);
    expect(first.embedded.image + second.embedded.image).toBe(240);
    expect(countPictures()).toBe(240);
  },
);

test('VITRINE_DATA_DIR says where the data lives, and --data-dir wins over it', async () => {
  const named = newDataDir('the environment');
  const env = { VITRINE_DATA_DIR: named };
  const added = await startBare(['catalog', 'add', catalog, '--json'], { env }).finished;
  expect(added.code).toBe(0);
  expect(existsSync(path.join(named, 'vitrine.sqlite'))).toBe(true);
  const other = await startBare(
    ['catalog', 'list', '--json', '--data-dir', newDataDir('the option')],
    { env },
  ).finished;
  expect(JSON.parse(other.stdout)).toEqual([]);
});

describe('two processes on one data folder', () => {
  test('a running application embeds what the command line adds, and says so', async () => {
    const own = newDataDir('both');
    await using running = await startTestApp({ dataDir: own });
    const seen: string[][] = [];
    const watching = new AbortController();
    const watch = (async () => {
      for await (const catalogs of running.app.watchCatalogs(watching.signal)) {
        seen.push(catalogs.map(({ name }) => name));
      }
    })().catch(() => undefined);

    await runJson(own, ['catalog', 'add', catalog, '--name', 'from the command line']);
    await waitUntil('the embeddings', () => readVectors(own).length === PRODUCTS * 2, 60_000);
    await waitUntil('the news', () => seen.at(-1)?.includes('from the command line'));
    const found = await running.app.search.run(
      {
        catalogId: running.app.catalogs.find('from the command line').id,
        mode: 'text',
        text: 'a red circle',
        top: 1,
        candidates: 100,
        k: 60,
        weights: { image: 1, text: 1 },
      },
      {},
    );
    expect(found.results[0]?.item.name).toBe('A red circle');
    watching.abort();
    await watch;
  });

  test('two ingests share the work: nothing is embedded twice', async () => {
    const own = newDataDir('two ingests');
    await runJson(own, ['catalog', 'add', catalog]);
    const answers = await Promise.all([runJson(own, ['ingest']), runJson(own, ['ingest'])]);
    const images = (answers as { embedded: { image: number } }[]).map(
      ({ embedded }) => embedded.image,
    );
    expect(images.reduce((sum, image) => sum + image, 0)).toBe(PRODUCTS);
    expect(readVectors(own)).toHaveLength(PRODUCTS * 2);
  });

  // `npm test` builds the window before; a bare vitest run in a fresh clone has none.
  const isWindowBuilt = existsSync(path.join(installation.rendererDir, 'index.html'));
  test.skipIf(!isWindowBuilt)('serve prints its address and ends at a signal', async () => {
    const own = newDataDir('serve');
    const serve = startCommand(own, ['serve', '--no-open', '--json']);
    let printed = '';
    serve.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await waitUntil('the address', () => printed.includes('\n'));
    const { url } = JSON.parse(printed) as { url: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{20,}$/);
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<div id="root"');
    await runJson(own, ['catalog', 'add', catalog]);
    await waitUntil('the embeddings', () => readVectors(own).length === PRODUCTS * 2, 60_000);
    serve.kill('SIGINT');
    const { code } = await serve.finished;
    if (!isWindows) expect(code).toBe(0);
  });
});
