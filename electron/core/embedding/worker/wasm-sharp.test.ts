import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cosine, goldenImages, pixelDifference, pixelTolerance } from '../fixtures/golden.ts';
import { openEmbedder } from '../fixtures/open-embedder.ts';
import type { ImageDecoder } from './decode-picture.ts';
import { hideNativeSharp, needsWasmSharp } from './wasm-sharp.ts';

const images = goldenImages();

test.each([
  { platform: 'linux', electron: '45.4.1', expected: true },
  { platform: 'linux', electron: undefined, expected: false },
  { platform: 'darwin', electron: '45.4.1', expected: false },
  { platform: 'win32', electron: '45.4.1', expected: false },
])('$platform, Electron $electron: $expected', ({ expected, ...host }) => {
  expect(needsWasmSharp(host)).toBe(expected);
});

describe.runIf(process.platform === 'linux')('with the native build hidden', () => {
  let decoder: ImageDecoder;

  beforeAll(async () => {
    // This file has a process of its own: nothing has loaded sharp in it yet.
    hideNativeSharp();
    const { createSharpDecoder } = await import('./decode-picture.ts');
    decoder = await createSharpDecoder();
  });

  test('sharp runs as WebAssembly', async () => {
    const { default: sharp } = await import('sharp');
    expect(sharp.versions).toHaveProperty('emscripten');
    expect(process.report.getReport()).not.toMatchObject({
      sharedObjects: expect.arrayContaining([expect.stringContaining('libvips')]) as string[],
    });
  });

  test.each(images)(
    '$name is resized as PIL does it',
    async ({ name, path: file, resizedPath }) => {
      const { default: sharp } = await import('sharp');
      const options = { width: 224, height: 224, fit: 'fill', kernel: 'linear' } as const;
      const ours = await decoder.decode(readFileSync(file), options);
      const theirs = await sharp(readFileSync(resizedPath)).removeAlpha().raw().toBuffer();
      if (ours.status !== 'decoded') throw new Error(ours.reason);
      const { mean, largest } = pixelDifference(ours.rgb, theirs);
      const tolerance = pixelTolerance(name);
      expect(mean, `mean difference of ${name}`).toBeLessThan(tolerance.mean);
      expect(largest, `largest difference of ${name}`).toBeLessThan(tolerance.largest);
    },
  );

  test('a thumbnail is made, and broken bytes are refused', async () => {
    const [image] = images;
    if (image === undefined) throw new Error('no golden images');
    const bytes = readFileSync(image.path);
    expect(await decoder.thumbnail(bytes, { width: 64, format: 'png' })).toMatchObject({
      status: 'made',
      height: 64,
    });
    expect(
      await decoder.thumbnail(bytes.subarray(0, bytes.length / 2), { width: 64, format: 'webp' }),
    ).toMatchObject({
      status: 'refused',
    });
  });
});

test('the worker gives the vectors of the native build', async () => {
  const entry = path.join(import.meta.dirname, '../fixtures/wasm-worker.ts');
  await using wasm = openEmbedder({ entry });
  const { spec } = await wasm.registry.active('image');
  const outcomes = await wasm.embedder.embedPictures(
    spec.id,
    images.map((image) => ({ source: { path: image.path } })),
    { priority: 'ingest' },
  );
  await using native = openEmbedder();
  const references = await native.embedder.embedPictures(
    spec.id,
    images.map((image) => ({ source: { path: image.path } })),
    { priority: 'ingest' },
  );
  for (const [index, image] of images.entries()) {
    const outcome = outcomes[index];
    const reference = references[index];
    if (outcome?.status !== 'embedded' || reference?.status !== 'embedded') {
      throw new Error(JSON.stringify([outcome, reference]));
    }
    expect(cosine(outcome.vector, reference.vector), image.name).toBeGreaterThan(0.9995);
  }
});
