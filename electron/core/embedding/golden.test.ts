import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../models/hash-file.ts';
import {
  cosine,
  goldenImages,
  goldenTexts,
  pixelDifference,
  pixelTolerance,
} from './fixtures/golden.ts';
import { BUNDLED_MODELS, openEmbedder } from './fixtures/open-embedder.ts';
import { createSharpDecoder } from './worker/decode-picture.ts';
import { loadTokenizer } from './worker/tokenize.ts';

/**
 * The two resizers differ where a picture is enlarged or squeezed by much more in one direction:
 * measured and accepted. Everywhere else they agree.
 */
const COSINE_AT_LEAST: Readonly<Record<string, number>> = {
  'photo-like-1999x301.jpg': 0.998,
  'tall-40x1600.png': 0.96,
  'watch-61x47.png': 0.996,
};

const images = goldenImages();
const texts = goldenTexts();
const testData = process.env['VITRINE_TEST_DATA'] ?? path.resolve(BUNDLED_MODELS, '../../shared');
const modelBuilder = path.join(testData, 'tools/build-models.mjs');

describe('pictures', () => {
  test.each(images)(
    '$name is resized as PIL does it',
    async ({ name, path: file, resizedPath }) => {
      const decoder = await createSharpDecoder();
      const options = { width: 224, height: 224, fit: 'fill', kernel: 'linear' } as const;
      const ours = await decoder.decode(readFileSync(file), options);
      const theirs = await sharp(readFileSync(resizedPath)).removeAlpha().raw().toBuffer();
      if (ours.status !== 'decoded') throw new Error(ours.reason);
      expect(ours.rgb).toHaveLength(theirs.length);
      const { mean, largest } = pixelDifference(ours.rgb, theirs);
      const tolerance = pixelTolerance(name);
      expect(mean, `mean difference of ${name}`).toBeLessThan(tolerance.mean);
      expect(largest, `largest difference of ${name}`).toBeLessThan(tolerance.largest);
    },
  );
});

describe('texts', () => {
  test('26 of 26 token sequences are those of the reference tokenizer', async () => {
    const tokenizer = await loadTokenizer(
      path.join(BUNDLED_MODELS, 'all-minilm-l6-v2-int8/tokenizer.json'),
      256,
    );
    expect(texts).toHaveLength(26);
    for (const { text, ids } of texts)
      expect(tokenizer.encode(text), text.slice(0, 40)).toEqual(ids);
  });

  test('the text model gives the reference vectors, whatever batch a text is in', async () => {
    await using open = openEmbedder();
    const outcomes = await open.embedder.embedTexts(
      'all-minilm-l6-v2-int8',
      texts.map((one) => one.text),
      { priority: 'ingest' },
    );
    for (const [index, { text, vector }] of texts.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status !== 'embedded') throw new Error(JSON.stringify(outcome));
      expect(outcome.contentHash).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      expect(cosine(outcome.vector, vector), text.slice(0, 40)).toBeGreaterThan(0.9999);
    }
  });

  test('it reproduces the published similarities', async () => {
    await using open = openEmbedder();
    const sentences = [
      'The weather is lovely today.',
      "It's so sunny outside!",
      'He drove to the stadium.',
    ];
    const [a, b, c] = await open.embedder.embedTexts('all-minilm-l6-v2-int8', sentences, {
      priority: 'query',
    });
    if (a?.status !== 'embedded' || b?.status !== 'embedded' || c?.status !== 'embedded') {
      throw new Error('not embedded');
    }
    // Published with the fp32 weights: 0.6660, 0.1046, 0.1411.
    expect(cosine(a.vector, b.vector)).toBeCloseTo(0.666, 2);
    expect(cosine(a.vector, c.vector)).toBeCloseTo(0.1046, 2);
    expect(cosine(b.vector, c.vector)).toBeCloseTo(0.1411, 2);
  });
});

describe.skipIf(!existsSync(modelBuilder))(
  `a ViT that no code knows (skipped without the model builder in ${testData})`,
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-probe-'));
    const file = path.join(folder, 'probe/model.onnx');

    beforeAll(async () => {
      mkdirSync(path.dirname(file));
      execFileSync(process.execPath, [modelBuilder, path.dirname(file), '^vit-probe$']);
      renameSync(path.join(path.dirname(file), 'vit-probe.onnx'), file);
      const manifest = {
        version: 1,
        preference: { image: ['probe'], text: [] },
        models: [
          {
            id: 'probe',
            modality: 'image',
            title: 'Probe',
            dimension: 768,
            model: {
              path: 'probe/model.onnx',
              sizeBytes: statSync(file).size,
              sha256: await hashFile(file),
            },
            licence: 'none',
            source: 'built by the test',
            input: 'pixel_values',
            output: 'last_hidden_state',
            pooling: 'cls',
            batch: 4,
            preprocessing: {
              width: 224,
              height: 224,
              fit: 'fill',
              kernel: 'linear',
              mean: [127.5, 127.5, 127.5],
              std: [127.5, 127.5, 127.5],
              layout: 'NCHW',
            },
          },
        ],
      };
      writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('is the file the reference was made with', async () => {
      expect(await hashFile(file)).toBe(
        '902e10c126d617e67dd0929e40faa624c0d789aa5d341293705655f5a34aaf3e',
      );
    });

    test('gives the reference vectors through its manifest entry alone', async () => {
      await using open = openEmbedder({ bundledDir: folder });
      const active = await open.registry.active('image');
      expect(active.spec.id).toBe('probe');
      const outcomes = await open.embedder.embedPictures(
        active.spec.id,
        images.map((image) => ({ source: { path: image.path } })),
        { priority: 'ingest' },
      );
      for (const [index, image] of images.entries()) {
        const outcome = outcomes[index];
        if (outcome?.status !== 'embedded') throw new Error(JSON.stringify(outcome));
        expect(cosine(outcome.vector, image.vitProbe), image.name).toBeGreaterThanOrEqual(
          COSINE_AT_LEAST[image.name] ?? 0.9995,
        );
      }
    });
  },
);
