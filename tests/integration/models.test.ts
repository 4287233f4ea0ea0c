import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp, type App } from '../../electron/core/app.ts';
import { forkWorker } from '../../electron/core/embedding/fork-worker.ts';
import { formatDiagnostics } from '../../shared/diagnostics-text.ts';
import { runJson, startCommand } from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import { FETCHED, startModelSource, type ModelSource } from '../support/model-source.ts';
import { installation, temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let source: ModelSource;
let dataDir: string;
let catalog: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  source = await startModelSource(folder.path);
  dataDir = path.join(folder.path, 'data');
  catalog = path.join(folder.path, 'products');
});
afterEach(async () => {
  await source[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

function openApp(): App & AsyncDisposable {
  const log = () => undefined;
  process.env['VITRINE_MODEL_MIRROR'] = source.server.url;
  const app = createApp({
    ...installation,
    modelsDir: source.modelsDir,
    dataDir,
    host: 'browser',
    folderChooser: 'ours',
    ports: { launchWorker: forkWorker(log), log },
  });
  app.start();
  return Object.assign(app, { [Symbol.asyncDispose]: () => app.stop() });
}

async function searchedWith(app: App, catalogId: number): Promise<string | undefined> {
  const { items } = await app.browse.items({
    catalogId,
    sort: { by: 'key', direction: 'asc' },
    offset: 0,
    limit: 1,
  });
  const answer = await app.search.run({
    catalogId,
    engine: 'local',
    mode: 'image',
    picture: { kind: 'item', itemId: items[0]!.id },
    top: 3,
    candidates: 100,
    k: 60,
    weights: { image: 1, text: 1 },
  });
  expect(answer.results).toHaveLength(3);
  return answer.models.image?.id;
}

async function infoOf(app: App, id: string) {
  return (await app.models.list()).find((model) => model.id === id);
}

test('a model arrives, is measured, and takes over when its vectors are complete', async () => {
  await drawProducts(catalog, 12);
  await using app = openApp();
  const catalogId = await app.catalogs.add(catalog);
  await app.runner.whenIdle();
  expect(await infoOf(app, 'starter-image')).toMatchObject({ active: true, toEmbed: 0, serves: 1 });

  const before = app.models.live().revision;
  await app.models.download(FETCHED.id);
  await waitUntil('the download', () => app.models.live().downloads.length === 0);
  // However quick it was: who looks a few times a second must notice.
  expect(app.models.live().revision).not.toBe(before);
  expect(source.server.paths).toEqual(['/vitrine/second/resolve/main/onnx/model.onnx']);
  await app.runner.whenIdle();
  // The manifest prefers it, but vectors exist: it waits to be chosen.
  expect(await infoOf(app, FETCHED.id)).toMatchObject({
    state: 'ready',
    active: false,
    toEmbed: 12,
    toEmbedSeconds: null,
    serves: 0,
  });

  const measured = await app.models.measure(FETCHED.id);
  expect(measured.speed?.perSecond).toBeGreaterThan(0.5);
  expect(measured.toEmbedSeconds).toBeCloseTo(12 / (measured.speed?.perSecond ?? 0), 6);

  app.ingest.pause(catalogId);
  await app.models.use(FETCHED.id);
  expect(await infoOf(app, FETCHED.id)).toMatchObject({ active: true, toEmbed: 12, serves: 0 });
  expect(await searchedWith(app, catalogId)).toBe('starter-image');
  app.ingest.resume(catalogId);
  await app.runner.whenIdle();
  expect(await searchedWith(app, catalogId)).toBe(FETCHED.id);
  expect(await infoOf(app, FETCHED.id)).toMatchObject({ toEmbed: 0, serves: 1 });

  // The old vectors are still there: going back costs nothing.
  expect(await app.models.use('starter-image')).toMatchObject({ toEmbed: 0 });
  await app.runner.whenIdle();
  expect(await searchedWith(app, catalogId)).toBe('starter-image');
});

test('a model that was chosen and is gone is missed, not replaced', async () => {
  await drawProducts(catalog, 4);
  await using app = openApp();
  await app.models.download(FETCHED.id);
  await waitUntil('the download', async () => (await infoOf(app, FETCHED.id))?.state === 'ready');
  await app.models.use(FETCHED.id);
  writeFileSync(path.join(dataDir, 'models/second-image/model.onnx'), 'overwritten');
  const catalogId = await app.catalogs.add(catalog);
  await waitUntil('the obstacle', () => app.progress()[0]?.obstacle);
  expect(app.progress()[0]).toMatchObject({
    catalogId,
    obstacle: { code: 'MODEL_DAMAGED', action: expect.stringContaining('Download it') as string },
  });
  await app.models.use('starter-image');
  await app.runner.whenIdle();
  expect(app.progress()[0]).toMatchObject({ obstacle: null });
  expect(await searchedWith(app, catalogId)).toBe('starter-image');
});

test('diagnostics tell of the machine and of no one', async () => {
  await drawProducts(catalog, 3);
  await using app = openApp();
  await app.catalogs.add(catalog);
  await app.runner.whenIdle();
  mkdirSync(path.join(dataDir, 'logs'), { recursive: true });
  const line = { time: '2026-01-01T00:00:00Z', level: 'error', message: 'Unexpected error' };
  const error = `Error: ENOENT, open '${catalog}/1.jpg'\n    at x`;
  writeFileSync(
    path.join(dataDir, 'logs/vitrine.log'),
    `half a line\n${JSON.stringify({ ...line, level: 'info' })}\n${JSON.stringify({ ...line, error })}\n`,
  );
  const diagnostics = await app.diagnostics();
  expect(diagnostics).toMatchObject({
    app: { host: 'browser' },
    runtime: { node: process.versions.node, 'onnxruntime-node': expect.any(String) as string },
    dataDir,
    catalogs: [{ items: 3, embeddedPictures: 3, embeddedNames: 3, state: 'idle', online: true }],
    log: [{ level: 'error', message: 'Unexpected error: Error: ENOENT, open <path>' }],
  });
  expect(diagnostics.models.find(({ id }) => id === 'starter-image')?.sha256).toMatch(/^e67f6def/);
  const text = formatDiagnostics(diagnostics);
  expect(text).toContain('* starter-image: ready e67f6def');
  expect(text).not.toContain('products');
});

test('the command line downloads, stops cleanly, goes on, and says what is next', async () => {
  const { env } = source;
  source.server.behaviour.pauseMs = 10;
  const download = ['models', 'download', FETCHED.id];
  const stopped = startCommand(dataDir, download, { env });
  const part = path.join(dataDir, 'models/second-image/model.onnx.part');
  await waitUntil('bytes', () => (statSync(part, { throwIfNoEntry: false })?.size ?? 0) > 100_000);
  stopped.kill('SIGINT');
  expect(await stopped.finished).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Stopped; .+ kept\. The same command goes on\.\n$/) as string,
  });
  source.server.behaviour.pauseMs = 0;
  const done = await startCommand(dataDir, download, { env }).finished;
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(source.server.ranges.at(-1)).toMatch(/^bytes=\d+-$/);
  expect(readFileSync(path.join(dataDir, 'models/second-image/model.onnx'))).toHaveLength(
    7_853_507,
  );

  const refused = await startCommand(dataDir, ['models', 'import', 'package.json', '--json'], {
    env,
  }).finished;
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'MODEL_REFUSED' } });
  expect(await runJson(dataDir, ['models', 'use', 'starter-image'])).toMatchObject({
    active: true,
    toEmbed: 0,
  });
});
