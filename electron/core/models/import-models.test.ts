import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  BUNDLED_MODELS,
  openEmbedder,
  type OpenEmbedder,
} from '../embedding/fixtures/open-embedder.ts';
import { openMemoryDatabase, type Db } from '../db/database.ts';
import { IncomingFiles } from './incoming-files.ts';
import { importModels } from './import-models.ts';
import { ModelRegistry } from './model-registry.ts';
import { openModelSettings } from './create-model-service.ts';
import type { ModelSettings } from './model-settings.ts';

const STARTER = readFileSync(path.join(BUNDLED_MODELS, 'starter-image/model.onnx'));
const SHA256 = createHash('sha256').update(STARTER).digest('hex');

let world: OpenEmbedder;
let db: Db;
let settings: ModelSettings;
let registry: ModelRegistry;

beforeEach(() => {
  world = openEmbedder();
  db = openMemoryDatabase();
  settings = openModelSettings(db);
  // The starter twice: under its published hash, and as a model whose hash nobody knows.
  const bundledDir = path.join(world.folder, 'bundled');
  mkdirSync(bundledDir);
  const shipped = readFileSync(path.join(BUNDLED_MODELS, 'manifest.json'), 'utf8');
  const [starter] = (JSON.parse(shipped) as { models: [object] }).models;
  const models = [
    { ...starter, id: 'known', model: { path: 'known/model.onnx', sha256: SHA256 } },
    { ...starter, id: 'unknown', model: { path: 'unknown/model.onnx' } },
  ];
  const preference = { image: ['known', 'unknown'], text: [] };
  writeFileSync(
    path.join(bundledDir, 'manifest.json'),
    JSON.stringify({ version: 1, preference, models }),
  );
  registry = new ModelRegistry({
    bundledDir,
    userDir: path.join(world.folder, 'user'),
    choices: settings,
  });
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  db.close();
});

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(world.folder, 'elsewhere', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

function take(from: string, id?: string): Promise<string[]> {
  return importModels(
    { path: from, id },
    { registry, settings, tryOut: (model) => world.embedder.tryOut(model) },
  );
}

async function stateOf(id: string): Promise<string | undefined> {
  return (await registry.list()).find((model) => model.id === id)?.state;
}

describe('a file whose hash the manifest knows', () => {
  test('is put in place whatever it is called, and the original stays', async () => {
    const file = write('downloads/model (1).onnx', STARTER);
    expect(await take(file)).toEqual(['known']);
    expect(await stateOf('known')).toBe('ready');
    expect(existsSync(file)).toBe(true);
  });

  test('is found in a folder at any depth, among others', async () => {
    write('hub/onnx/notes.json', '{}');
    write('hub/onnx/deep/x.onnx', STARTER);
    write('hub/onnx/other.onnx', 'something else');
    expect(await take(path.join(world.folder, 'elsewhere'))).toEqual(['known']);
  });

  test('is refused as another, with both hashes, and so is any other file', async () => {
    const other = write('other.onnx', 'something else');
    await expect(take(other, 'known')).rejects.toMatchObject({
      code: 'MODEL_REFUSED',
      message: expect.stringMatching(/SHA-256 is [0-9a-f]{64} instead of [0-9a-f]{64}/) as string,
    });
    await expect(take(other)).rejects.toMatchObject({
      code: 'MODEL_REFUSED',
      message: expect.stringContaining('that no model of Vitrine has') as string,
      data: { action: expect.stringContaining('If it is unknown') as string },
    });
    expect(await stateOf('known')).toBe('missing');
  });
});

describe('a file whose hash nobody published', () => {
  test('is taken when the user says what it is and it works, and is held to that hash', async () => {
    expect(await take(write('mine.onnx', STARTER), 'unknown')).toEqual(['unknown']);
    expect(await registry.resolve('unknown')).toMatchObject({ sha256: SHA256 });
    const place = path.join(world.folder, 'user/unknown/model.onnx');
    writeFileSync(place, Buffer.concat([STARTER, Buffer.of(0)]));
    expect(await stateOf('unknown')).toBe('damaged');
  });

  test('is refused when it does not load, and leaves no trace', async () => {
    await expect(take(write('broken.onnx', 'no graph'), 'unknown')).rejects.toMatchObject({
      code: 'MODEL_REFUSED',
      message: expect.stringContaining('does not work as') as string,
    });
    expect(await stateOf('unknown')).toBe('missing');
    expect(settings.acceptedHash('unknown/model.onnx')).toBeNull();
  });
});

test.each([
  ['nothing', 'nowhere.onnx', 'INVALID_INPUT'],
  ['an empty folder', '.', 'MODEL_REFUSED'],
])('%s is no import', async (_name, where, code) => {
  write('readme.txt', 'hello');
  await expect(take(path.join(world.folder, 'elsewhere', where))).rejects.toMatchObject({ code });
});

test('pieces become the file again, and are gone afterwards', async () => {
  const incoming = new IncomingFiles(path.join(world.folder, 'incoming'));
  const importId = await incoming.begin('mine.onnx', STARTER.length);
  for (let at = 0; at < STARTER.length; at += 1 << 20) {
    await incoming.put(importId, STARTER.subarray(at, at + (1 << 20)));
  }
  await expect(incoming.put(importId, Buffer.of(1))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  let file = '';
  await incoming.finish(importId, async (arrived) => {
    file = arrived.path;
    expect(await take(arrived.path)).toEqual(['known']);
  });
  expect(existsSync(file)).toBe(false);
  await expect(incoming.put(importId, Buffer.of(1))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  await expect(incoming.begin('huge.onnx', 1e15)).rejects.toMatchObject({ code: 'DISK_FULL' });
});
