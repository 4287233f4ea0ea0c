import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openMemoryDatabase } from '../db/database.ts';
import type { Db } from '../db/database.ts';
import { POISON_WORKER } from '../embedding/fixtures/open-embedder.ts';
import { forkWorker } from '../embedding/fork-worker.ts';
import { ProcessThumbnailer } from '../embedding/process-thumbnailer.ts';
import { ItemPictures } from './item-pictures.ts';
import type { OpenedPicture } from './item-pictures.ts';
import { ThumbnailCache } from './thumbnail-cache.ts';

let folder: string;
let root: string;
let cacheDir: string;
let db: Db;
let thumbnailer: ProcessThumbnailer;
let pictures: ItemPictures;

beforeAll(() => {
  thumbnailer = new ProcessThumbnailer({
    launch: forkWorker(() => {}, POISON_WORKER),
    log: () => {},
  });
});
afterAll(() => thumbnailer.stop());

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-pictures-'));
  root = path.join(folder, 'catalog');
  cacheDir = path.join(folder, 'thumbnails');
  mkdirSync(root);
  db = openMemoryDatabase();
  db.prepare(
    `INSERT INTO catalog (id, name, root, options, created_at) VALUES (1, 'c', ?, '{}', 0)`,
  ).run(root);
  pictures = new ItemPictures({ db, cacheDir, thumbnailer });
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function addItem(imagePath: string | null): number {
  return Number(
    db
      .prepare('INSERT INTO item (catalog_id, key, image_path) VALUES (1, ?, ?)')
      .run(`${imagePath}${Math.random()}`, imagePath).lastInsertRowid,
  );
}

async function picture(name: string, width = 800, height = 400): Promise<number> {
  const create = { width, height, channels: 3, background: '#3070a0' } as const;
  const format = path.extname(name).slice(1) as 'jpeg';
  writeFileSync(path.join(root, name), await sharp({ create }).toFormat(format).toBuffer());
  return addItem(name);
}

function opened(answer: OpenedPicture): Extract<OpenedPicture, { status: 'ok' }> {
  if (answer.status !== 'ok') throw new Error(answer.reason);
  return answer;
}

function cached(): string[] {
  if (!existsSync(cacheDir)) return [];
  return readdirSync(cacheDir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.includes('.'),
  );
}

describe('what is sent', () => {
  test('a thumbnail, made once and kept', async () => {
    const id = await picture('shirt.jpeg');
    const first = opened(await pictures.open(id, { width: 200 }));
    expect(first.contentType).toBe('image/webp');
    expect(await sharp(first.bytes).metadata()).toMatchObject({ width: 200, height: 100 });
    const [file] = cached();
    expect(file).toMatch(/^([0-9a-f]{2})[/\\]\1[0-9a-f]{62}\.webp$/);

    const marked = Buffer.from('what lies in the cache');
    writeFileSync(path.join(cacheDir, file ?? ''), marked);
    const again = opened(await pictures.open(id, { width: 200 }));
    expect(Buffer.from(again.bytes)).toEqual(marked);
    expect(again.etag).toBe(first.etag);
    expect(opened(await pictures.open(id, { width: 100 })).etag).not.toBe(first.etag);
  });

  test('another one when the file changed', async () => {
    const id = await picture('shirt.jpeg');
    const before = opened(await pictures.open(id, { width: 200 }));
    utimesSync(path.join(root, 'shirt.jpeg'), 1, 1);
    expect(opened(await pictures.open(id, { width: 200 })).etag).not.toBe(before.etag);
  });

  test('the file itself where it is small already, and where no width is asked for', async () => {
    const small = await picture('small.jpeg', 224, 224);
    const large = await picture('large.png', 1500, 900);
    for (const [id, name, type, options] of [
      [small, 'small.jpeg', 'image/jpeg', { width: 256 }],
      [large, 'large.png', 'image/png', {}],
    ] as const) {
      const sent = opened(await pictures.open(id, options));
      expect(sent.contentType).toBe(type);
      expect(Buffer.from(sent.bytes)).toEqual(readFileSync(path.join(root, name)));
    }
    expect(cached()).toEqual([]);
  });

  test('WebP where browsers do not know the format', async () => {
    const sent = opened(await pictures.open(await picture('scan.tiff', 2500, 100)));
    expect(sent.contentType).toBe('image/webp');
    expect(await sharp(sent.bytes).metadata()).toMatchObject({ width: 2048 });
  });

  test('one piece of work for many who ask at once, also when some leave', async () => {
    const id = await picture('shirt.jpeg', 3000, 2000);
    const abort = new AbortController();
    const staying = Array.from({ length: 20 }, () => pictures.open(id, { width: 300 }));
    const leaving = pictures.open(id, { width: 300, signal: abort.signal });
    const left = expect(leaving).rejects.toThrow(/abort/);
    abort.abort();
    await left;
    const sent = await Promise.all(staying);
    expect(new Set(sent.map((one) => opened(one).bytes)).size).toBe(1);
    expect(cached()).toHaveLength(1);
  });
});

describe('what is not sent', () => {
  test('no such item, no picture, a picture that is gone', async () => {
    expect(await pictures.open(4711)).toMatchObject({ status: 'missing' });
    expect(await pictures.open(addItem(null))).toMatchObject({ status: 'missing' });
    const id = await picture('shirt.jpeg');
    unlinkSync(path.join(root, 'shirt.jpeg'));
    expect(await pictures.open(id, { width: 100 })).toEqual({
      status: 'missing',
      reason: 'Image not found.',
    });
  });

  test('nothing outside the catalog folder, by name or by link', async () => {
    const secret = path.join(folder, 'secret.jpeg');
    writeFileSync(
      secret,
      await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
        .jpeg()
        .toBuffer(),
    );
    symlinkSync(secret, path.join(root, 'link.jpeg'));
    symlinkSync(folder, path.join(root, 'up'));
    for (const imagePath of ['link.jpeg', '../secret.jpeg', 'up/secret.jpeg', secret]) {
      const result = await pictures.open(addItem(imagePath));
      expect(result.status, imagePath).not.toBe('ok');
    }
    expect(await pictures.open(addItem('link.jpeg'))).toEqual({
      status: 'refused',
      reason: 'The file lies outside the catalog folder.',
    });
    // A link that stays inside is as good as a file.
    await picture('inside.jpeg', 20, 20);
    symlinkSync(path.join(root, 'inside.jpeg'), path.join(root, 'alias.jpeg'));
    expect((await pictures.open(addItem('alias.jpeg'))).status).toBe('ok');
  });

  test('no SVG under a picture name, no text, no folder', async () => {
    writeFileSync(
      path.join(root, 'evil.jpg'),
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    );
    writeFileSync(path.join(root, 'letter.png'), '<html>');
    mkdirSync(path.join(root, 'folder.jpg'));
    for (const name of ['evil.jpg', 'letter.png', 'folder.jpg']) {
      const id = addItem(name);
      for (const options of [{}, { width: 100 }]) {
        expect(await pictures.open(id, options), name).toMatchObject({ status: 'refused' });
      }
    }
  });

  test('a file that ends the process is refused, once for all, and others are shown', async () => {
    writeFileSync(path.join(root, 'killer.jpg'), 'POISON');
    const [killer, good] = [addItem('killer.jpg'), await picture('shirt.jpeg')];
    const [bad, shown] = await Promise.all([
      pictures.open(killer, { width: 100 }),
      pictures.open(good, { width: 100 }),
    ]);
    expect(bad).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('twice') as string,
    });
    expect(shown.status).toBe('ok');
    const started = performance.now();
    expect(await pictures.open(killer, { width: 100 })).toEqual(bad);
    expect(performance.now() - started).toBeLessThan(50);
  });
});

describe('for the system', () => {
  test('a picture is found by its item, and made into PNG', async () => {
    const id = await picture('shirt.webp');
    expect(await pictures.locate(id)).toBe(path.join(root, 'shirt.webp'));
    const png = await pictures.png(id, 64);
    expect(await sharp(png ?? undefined).metadata()).toMatchObject({ format: 'png', width: 64 });
  });

  test('what cannot be shown has no place and no PNG', async () => {
    writeFileSync(path.join(folder, 'outside.jpg'), 'x');
    for (const id of [addItem('gone.jpg'), addItem('../outside.jpg'), addItem(null), 9_999]) {
      expect(await pictures.locate(id)).toBeNull();
      expect(await pictures.png(id, 64)).toBeNull();
    }
  });
});

describe('the cache', () => {
  test('is bounded: the longest unused go first', async () => {
    const cache = new ThumbnailCache(cacheDir, { maxBytes: 1000 });
    const names = Array.from({ length: 12 }, (_, index) =>
      `${index.toString(16)}0`.padEnd(64, 'a'),
    );
    for (const [index, name] of names.entries()) {
      await cache.put(name, Buffer.alloc(100));
      await cache.makeRoom();
      const file = path.join(cacheDir, name.slice(0, 2), `${name}.webp`);
      if (existsSync(file)) utimesSync(file, 1000 + index, 1000 + index);
    }
    expect(cached().length).toBeLessThanOrEqual(10);
    expect(await cache.get(names[0] ?? '')).toBeUndefined();
    expect(await cache.get(names[11] ?? '')).toHaveLength(100);
  });

  test('may be deleted, or impossible to write', async () => {
    const id = await picture('shirt.jpeg');
    await pictures.open(id, { width: 200 });
    rmSync(cacheDir, { recursive: true });
    expect((await pictures.open(id, { width: 200 })).status).toBe('ok');
    rmSync(cacheDir, { recursive: true });
    writeFileSync(cacheDir, 'a file where the folder should be');
    expect((await pictures.open(id, { width: 200 })).status).toBe('ok');
  });
});
