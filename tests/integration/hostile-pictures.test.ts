import { chmod, mkdir, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../shared/contract/problems.ts';
import { runJson } from '../support/command-line.ts';
import { drawPicture } from '../support/draw-products.ts';
import { drawNoise, HEIC, makeBomb, makeTraps } from '../support/hostile-pictures.ts';
import { readRows, readVectors } from '../support/read-database.ts';
import { temporaryFolder } from '../support/test-app.ts';

/** Names, links and pipes that Windows does not have. */
const isWindows = process.platform === 'win32';
/** Who may read everything cannot be refused anything. */
const isRoot = process.getuid?.() === 0;

const CIRCLE = { shape: 'circle', fill: '#c62f2f', size: 40 } as const;
/** Unusual, but a file is a file. */
const ODD_NAMES = [
  'plain.jpg',
  'UPPER.JPG',
  'a "quoted" name.jpg',
  "it's.jpg",
  'emoji 👗🏽.jpg',
  'Kleid – grün.jpg',
  '100% cotton #1 & more;.jpg',
  ...(isWindows ? [] : ['two\nlines.jpg', 'back\\slash.jpg', `${'é'.repeat(125)}x.jpg`]),
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let catalog: string;
let dataDir: string;
let problems: Problem[];
let ingested: { embedded: { image: number }; failed: number };

beforeAll(async () => {
  folder = await temporaryFolder();
  catalog = path.join(folder.path, 'hostile');
  dataDir = path.join(folder.path, 'data');
  await mkdir(path.join(catalog, 'a folder named x.jpg'), { recursive: true });
  const put = (name: string, bytes: Uint8Array | string) =>
    writeFile(path.join(catalog, name), bytes);
  for (const name of ODD_NAMES) await drawPicture(path.join(catalog, name), CIRCLE);
  await drawPicture(path.join(catalog, 'a folder named x.jpg', 'inside.jpg'), CIRCLE);

  const jpeg = await drawNoise('jpeg');
  const png = await drawNoise('png');
  await put('empty.jpg', '');
  await put('half.jpg', jpeg.subarray(0, jpeg.length / 2));
  await put('half.png', png.subarray(0, png.length / 2));
  await put('png named.jpg', png);
  await put('text named.jpg', 'Not a picture at all.');
  await put('heic named.jpg', HEIC);
  await put('svg named.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await put('pdf named.jpg', '%PDF-1.7\n');
  await put('bomb.png', makeBomb(30_000));
  await put('phone.heic', HEIC);
  await put('drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await put('document.pdf', '%PDF-1.7\n');
  await drawPicture(path.join(catalog, 'vanishing.jpg'), CIRCLE);
  await drawPicture(path.join(catalog, 'locked.jpg'), CIRCLE);
  if (!isWindows) await makeTraps(catalog, path.join(folder.path, 'outside'));

  await runJson(dataDir, ['catalog', 'add', catalog]);
  // Between the scan and the embedding, one file leaves and one is locked away.
  await unlink(path.join(catalog, 'vanishing.jpg'));
  await chmod(path.join(catalog, 'locked.jpg'), 0);
  ingested = await runJson(dataDir, ['ingest']);
  ({ problems } = await runJson<{ problems: Problem[] }>(dataDir, ['problems', 'hostile']));
}, 180_000);

afterAll(async () => {
  await chmod(path.join(catalog, 'locked.jpg'), 0o600);
  await folder[Symbol.asyncDispose]();
});

test.each([
  ['empty.jpg', 'picture-empty', /0 bytes|no bytes/, /again/],
  ['half.jpg', 'picture-truncated', /ends too early/, /Copy the file again/],
  ['half.png', 'picture-truncated', /ends too early/, /Copy the file again/],
  ['text named.jpg', 'picture-unreadable', /its content is not a picture/, /picture editor/],
  ['heic named.jpg', 'picture-unsupported', /HEIC/, /JPEG/],
  ['svg named.png', 'picture-unsupported', /SVG/, /PNG/],
  ['pdf named.jpg', 'picture-unsupported', /PDF/, /PNG/],
  ['bomb.png', 'picture-too-large', /100 million pixels/, /smaller/],
  ['phone.heic', 'picture-unsupported', /HEIC/, /JPEG/],
  ['drawing.svg', 'picture-unsupported', /SVG/, /PNG/],
  ['document.pdf', 'picture-unsupported', /document/, /PNG/],
  ['vanishing.jpg', 'picture-vanished', /gone now/, /scan the folder again/],
] as const)('%s is refused as %s, with the reason and what to do', (file, kind, reason, action) => {
  expect(problems.filter((problem) => problem.file === file)).toEqual([
    expect.objectContaining({
      kind,
      severity: 'problem',
      reason: expect.stringMatching(reason) as string,
      action: expect.stringMatching(action) as string,
    }),
  ]);
});

test.skipIf(isWindows).each([
  ['link-out.jpg', /outside the catalog/, /Copy the file/],
  ['folder-out', /outside the catalog/, /as a catalog/],
  ['circle-a.jpg', /circle/, /Remove the link/],
  ['circle-b.jpg', /circle/, /Remove the link/],
  ['link-to-nothing.jpg', /nowhere/, /Remove the link/],
  ['pipe.jpg', /a device or a pipe/, /Remove it/],
] as const)('%s is not followed', (file, reason, action) => {
  expect(problems.filter((problem) => problem.file === file)).toEqual([
    expect.objectContaining({
      kind: 'file-refused',
      reason: expect.stringMatching(reason) as string,
      action: expect.stringMatching(action) as string,
    }),
  ]);
});

test.skipIf(isWindows || isRoot)('a file that may not be read says so', () => {
  expect(problems.find((problem) => problem.file === 'locked.jpg')).toMatchObject({
    kind: 'picture-unreadable',
    reason: 'The file cannot be opened: permission denied.',
  });
});

test('everything else is embedded: by its content, whatever its name', () => {
  const isLockedRead = isWindows || isRoot;
  const good = [
    ...ODD_NAMES,
    'a folder named x.jpg/inside.jpg',
    'png named.jpg',
    ...(isLockedRead ? ['locked.jpg'] : []),
  ];
  const embedded = readRows<{ path: string }>(
    dataDir,
    `SELECT item.image_path AS path FROM embedding JOIN item ON item.id = embedding.item_id
     WHERE embedding.modality = 'image'`,
  );
  expect(embedded.map((item) => item.path).toSorted()).toEqual(good.map((name) => name).toSorted());
  expect(ingested.embedded.image).toBe(good.length);
  // Everything that was refused while embedding, each once; the empty file was refused by the scan.
  expect(ingested.failed).toBe(isLockedRead ? 8 : 9);
});

test('nothing is tried again by itself, but a file that was mended is', async () => {
  expect(await runJson(dataDir, ['ingest'])).toMatchObject({ embedded: { image: 0 }, failed: 0 });
  const countPictures = () =>
    readVectors(dataDir).filter(({ modality }) => modality === 'image').length;
  const before = countPictures();
  await rm(path.join(catalog, 'half.jpg'));
  await drawPicture(path.join(catalog, 'half.jpg'), CIRCLE);
  await drawPicture(path.join(catalog, 'empty.jpg'), CIRCLE);
  await runJson(dataDir, ['catalog', 'add', catalog]);
  expect(await runJson(dataDir, ['ingest'])).toMatchObject({ embedded: { image: 2 }, failed: 0 });
  expect(countPictures()).toBe(before + 2);
  const left = await runJson<{ problems: Problem[] }>(dataDir, ['problems', 'hostile']);
  expect(left.problems.map(({ file }) => file)).not.toContain('half.jpg');
  expect(left.problems.map(({ file }) => file)).not.toContain('empty.jpg');
  expect(left.problems.map(({ file }) => file)).not.toContain('vanishing.jpg');
});
