import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  COMMAND_LINE,
  runCommand,
  runJson,
  startBare,
  startCommand,
} from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import { readRows, readVectors } from '../support/read-database.ts';
import { installation, startTestApp, temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

const PRODUCTS = 60;
const isWindows = process.platform === 'win32';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let catalog: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  catalog = path.join(folder.path, 'products');
  await drawProducts(catalog, PRODUCTS);
});

afterAll(() => folder[Symbol.asyncDispose]());

/** A data folder that no other test uses. */
function newDataDir(name: string): string {
  return path.join(folder.path, `data of ${name}`);
}

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
    expect(await runJson(own, ['status'])).toMatchObject([{ state: 'waiting' }]);

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
        engine: 'local',
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
    // Windows knows no signals: it ends the process.
    expect(code).toBe(isWindows ? null : 0);
  });
});
