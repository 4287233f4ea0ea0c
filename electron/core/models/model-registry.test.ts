import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manifestSchema } from './manifest.ts';
import { ModelRegistry } from './model-registry.ts';

const CONTENT = Buffer.from('a model, as far as the registry is concerned');
const OTHER = Buffer.from('a model, as far as the registry is c0ncerned');

let folder: string;
let bundledDir: string;
let userDir: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-models-'));
  bundledDir = path.join(folder, 'bundled');
  userDir = path.join(folder, 'user');
  writeManifest([entry('big', { url: 'https://example.org/big.onnx' }), entry('small')]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function entry(id: string, model: object = {}): { id: string } {
  return {
    id,
    modality: 'image',
    title: id,
    dimension: 4,
    model: {
      path: `${id}/model.onnx`,
      sizeBytes: CONTENT.length,
      sha256: sha256(CONTENT),
      ...model,
    },
    licence: 'none',
    source: 'test',
    input: 'x',
    output: 'y',
    pooling: 'none',
    batch: 1,
    preprocessing: {
      width: 2,
      height: 2,
      fit: 'fill',
      kernel: 'linear',
      mean: [0, 0, 0],
      std: [1, 1, 1],
      layout: 'NCHW',
    },
  } as { id: string };
}

function writeManifest(models: { id: string }[]): void {
  write(
    path.join(bundledDir, 'manifest.json'),
    JSON.stringify({
      version: 1,
      preference: { image: models.map((model) => model.id), text: [] },
      models,
    }),
  );
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function put(where: string, id: string, content: Uint8Array = CONTENT): string {
  const file = path.join(where, id, 'model.onnx');
  write(file, content);
  return file;
}

function open(): ModelRegistry {
  return new ModelRegistry({ bundledDir, userDir });
}

describe('which model is active', () => {
  test('the first of the preference that is in place', async () => {
    put(bundledDir, 'small');
    const registry = open();
    expect((await registry.active('image')).spec.id).toBe('small');
    const dropped = put(userDir, 'big');
    expect(await registry.active('image')).toMatchObject({
      spec: { id: 'big' },
      sha256: sha256(CONTENT),
      modelPath: dropped,
    });
    expect((await registry.list()).map(({ id, state, active }) => [id, state, active])).toEqual([
      ['big', 'ready', true],
      ['small', 'ready', false],
    ]);
  });

  test("the user's copy comes before the bundled one, unless it is wrong", async () => {
    const bundled = put(bundledDir, 'small');
    const own = put(userDir, 'small');
    expect((await open().resolve('small')).modelPath).toBe(own);
    put(userDir, 'small', CONTENT.subarray(1));
    expect((await open().resolve('small')).modelPath).toBe(bundled);
  });

  test('with none in place, the error says which file belongs where', async () => {
    await expect(open().active('image')).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining(path.join(userDir, 'small/model.onnx')) as string,
    });
    await expect(open().resolve('big')).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      data: {
        action: expect.stringContaining(
          `fetch https://example.org/big.onnx and put it at ${path.join(userDir, 'big/model.onnx')}.`,
        ) as string,
      },
    });
  });

  test('an id that the manifest does not know is refused with those it knows', async () => {
    await expect(open().resolve('bigger')).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      data: { action: 'Choose one of big, small.' },
    });
  });
});

describe('a file that is not right', () => {
  test.each([
    ['truncated', CONTENT.subarray(0, 10), `is truncated: 10 of ${CONTENT.length} bytes`],
    ['too long', Buffer.concat([CONTENT, CONTENT]), `is too long: ${CONTENT.length * 2} of`],
    ['empty', Buffer.alloc(0), 'is empty'],
    ['another', OTHER, `has another SHA-256 (${sha256(OTHER)})`],
  ])('%s', async (_name, content, reason) => {
    const file = put(userDir, 'small', content);
    await expect(open().resolve('small')).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining(`${file} ${reason}`) as string,
    });
    const info = (await open().list()).find((model) => model.id === 'small');
    expect(info).toMatchObject({ state: 'damaged', active: false });
    expect(info?.reason).toContain(reason);
  });

  test('a folder in the place of the file', async () => {
    mkdirSync(path.join(userDir, 'small/model.onnx'), { recursive: true });
    await expect(open().resolve('small')).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  });

  test('without a published hash it is told apart by the hash it has', async () => {
    writeManifest([
      entry('big', { sizeBytes: undefined, sha256: undefined, aboutBytes: 9_000_000 }),
    ]);
    expect((await open().list())[0]).toMatchObject({ state: 'missing', sizeBytes: 9_000_000 });
    put(userDir, 'big', OTHER);
    expect(await open().resolve('big')).toMatchObject({ sha256: sha256(OTHER) });
  });
});

describe('hashing', () => {
  test('is done once per size and time, and again by verify', async () => {
    const file = put(userDir, 'small');
    utimesSync(file, 1000, 1000);
    await open().resolve('small');
    expect(readdirSync(userDir)).toContain('.verified.json');

    // Same size, same time, other bytes: only reading it can tell.
    writeFileSync(file, OTHER);
    utimesSync(file, 1000, 1000);
    expect((await open().resolve('small')).sha256).toBe(sha256(CONTENT));
    expect(await open().verify('small')).toMatchObject({ state: 'damaged', active: false });
    await expect(open().resolve('small')).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });

    put(userDir, 'small');
    expect(await open().verify('small')).toMatchObject({
      state: 'ready',
      reason: null,
      active: true,
    });
  });

  test('does without its record when that is damaged', async () => {
    put(userDir, 'small');
    write(path.join(userDir, '.verified.json'), '{"half');
    expect((await open().resolve('small')).sha256).toBe(sha256(CONTENT));
  });
});

describe('the manifest', () => {
  test('that ships is valid, and both starters are in place', async () => {
    const shipped = path.resolve(import.meta.dirname, '../../../models');
    const registry = new ModelRegistry({ bundledDir: shipped, userDir });
    const ready = (await registry.list()).filter((model) => model.state === 'ready');
    expect(ready.map((model) => [model.id, model.modality, model.active])).toEqual([
      ['starter-image', 'image', true],
      ['all-minilm-l6-v2-int8', 'text', true],
    ]);
  });

  test('cannot name a file outside the models folder', () => {
    const manifest = JSON.parse(
      readFileSync(path.join(bundledDir, 'manifest.json'), 'utf8'),
    ) as object;
    for (const outside of ['/etc/passwd', '../x.onnx', 'a/../../x.onnx', 'C:\\x.onnx']) {
      const models = [entry('big', { path: outside })];
      const result = manifestSchema.safeParse({
        ...manifest,
        preference: { image: ['big'], text: [] },
        models,
      });
      expect(result.success, outside).toBe(false);
    }
  });

  test('that is missing is reported with its path', async () => {
    rmSync(path.join(bundledDir, 'manifest.json'));
    await expect(open().list()).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining('manifest.json') as string,
    });
  });
});
