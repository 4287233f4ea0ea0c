import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EmbedOutcome, PictureInput } from './embedder.ts';
import { BUNDLED_MODELS, openEmbedder, POISON_WORKER } from './fixtures/open-embedder.ts';

const MODEL = 'starter-image';
const TEXT_MODEL = 'all-minilm-l6-v2-int8';
const INGEST = { priority: 'ingest' } as const;
const QUERY = { priority: 'query' } as const;

/** Distinct small pictures. */
let pictures: Buffer[];
beforeAll(async () => {
  pictures = await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      sharp({
        create: {
          width: 60 + index,
          height: 50,
          channels: 3,
          background: { r: index * 10, g: 255 - index * 10, b: (index * 37) % 256 },
        },
      })
        .png()
        .toBuffer(),
    ),
  );
});

function inputs(count: number): PictureInput[] {
  return Array.from({ length: count }, (_, index) => ({
    source: { bytes: pictures[index % pictures.length] ?? Buffer.alloc(0) },
  }));
}

function statuses(outcomes: readonly EmbedOutcome[]): string[] {
  return outcomes.map((outcome) => (outcome.status === 'refused' ? outcome.kind : outcome.status));
}

function vectorOf(outcome: EmbedOutcome | undefined): Float32Array {
  if (outcome?.status !== 'embedded') throw new Error(`not embedded: ${JSON.stringify(outcome)}`);
  return outcome.vector;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await sleep(20);
  }
}

describe('outcomes', () => {
  test('one an input, in order, whatever happens to the others', async () => {
    await using open = openEmbedder();
    const { folder } = open;
    const good = path.join(folder, 'wrong-extension.txt');
    writeFileSync(good, pictures[0] ?? '');
    writeFileSync(path.join(folder, 'empty.jpg'), '');
    writeFileSync(path.join(folder, 'letter.jpg'), 'Dear Sir or Madam');
    mkdirSync(path.join(folder, 'folder.jpg'));
    symlinkSync(path.join(folder, 'circle.jpg'), path.join(folder, 'circle.jpg'));
    // Windows allows neither quotes nor newlines in names.
    const odd = process.platform === 'win32' ? 'emoji 👟.png' : `quote'" emoji 👟\nnewline.png`;
    const name = path.join(folder, odd);
    writeFileSync(name, pictures[1] ?? '');
    const files = [
      good,
      'empty.jpg',
      'letter.jpg',
      'folder.jpg',
      'circle.jpg',
      'gone.jpg',
      name,
      good,
    ];
    const outcomes = await open.embedder.embedPictures(
      MODEL,
      files.map((file) => ({ source: { path: path.resolve(folder, file) } })),
      INGEST,
    );
    expect(statuses(outcomes)).toEqual([
      'embedded',
      'picture-empty',
      'picture-unreadable',
      'picture-unreadable',
      'picture-unreadable',
      'picture-vanished',
      'embedded',
      'embedded',
    ]);
    expect(outcomes[3]).toMatchObject({
      reason: 'The picture cannot be read: it is a folder, not a file.',
    });
    expect(vectorOf(outcomes[0])).toHaveLength(384);
    expect(vectorOf(outcomes[7])).toEqual(vectorOf(outcomes[0]));
  });

  test('bytes whose vector is known are not decoded', async () => {
    await using open = openEmbedder();
    // Not a picture: decoding it would refuse it.
    const bytes = Buffer.from('known already');
    const contentHash = createHash('sha256').update(bytes).digest('hex');
    const [same, other] = await open.embedder.embedPictures(
      MODEL,
      [
        { source: { bytes }, knownHash: contentHash },
        { source: { bytes: pictures[0] ?? bytes }, knownHash: contentHash },
      ],
      INGEST,
    );
    expect(same).toEqual({ status: 'unchanged', contentHash });
    expect(other?.status).toBe('embedded');
  });

  test('equal texts get equal vectors, and no input is lost among several calls at once', async () => {
    await using open = openEmbedder();
    const words = ['navy shirt', 'red shoe', 'navy shirt', '', 'x'.repeat(5000)];
    const calls = await Promise.all([
      open.embedder.embedTexts(TEXT_MODEL, words, INGEST),
      open.embedder.embedPictures(MODEL, inputs(20), INGEST),
      open.embedder.embedTexts(TEXT_MODEL, words, QUERY),
      open.embedder.embedPictures(MODEL, [], INGEST),
    ]);
    expect(calls.map((outcomes) => outcomes.length)).toEqual([5, 20, 5, 0]);
    expect(calls.flat().every((outcome) => outcome.status === 'embedded')).toBe(true);
    expect(vectorOf(calls[0][2])).toEqual(vectorOf(calls[0][0]));
    expect(vectorOf(calls[0][1])).not.toEqual(vectorOf(calls[0][0]));
  });

  test('the same picture gives the same vector alone and in a full batch', async () => {
    await using open = openEmbedder();
    const [alone] = await open.embedder.embedPictures(MODEL, inputs(1), QUERY);
    const together = await open.embedder.embedPictures(MODEL, inputs(24), INGEST);
    const a = vectorOf(alone);
    const b = vectorOf(together[0]);
    expect(Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 1))))).toBeLessThan(
      1e-4,
    );
  });
});

describe('order and cancelling', () => {
  test('a query overtakes what waits', async () => {
    await using open = openEmbedder();
    await open.embedder.warmUp(MODEL);
    const order: string[] = [];
    const ingest = open.embedder
      .embedPictures(MODEL, inputs(96), INGEST)
      .then(() => order.push('ingest'));
    await sleep(60);
    const query = open.embedder
      .embedPictures(MODEL, inputs(1), QUERY)
      .then(() => order.push('query'));
    await Promise.all([ingest, query]);
    expect(order).toEqual(['query', 'ingest']);
  });

  test('an aborted call rejects with CANCELLED at once, and the next one works', async () => {
    await using open = openEmbedder();
    await open.embedder.warmUp(MODEL);
    const abort = new AbortController();
    const call = open.embedder.embedPictures(MODEL, inputs(400), {
      ...INGEST,
      signal: abort.signal,
    });
    await sleep(50);
    const started = performance.now();
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    const next = await open.embedder.embedPictures(MODEL, inputs(1), INGEST);
    expect(statuses(next)).toEqual(['embedded']);
    // Much less than 400 pictures take: the rest was dropped in the worker too.
    expect(performance.now() - started).toBeLessThan(2000);
    await expect(
      open.embedder.embedPictures(MODEL, inputs(1), { ...INGEST, signal: abort.signal }),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a worker that dies', () => {
  test('killed in the middle of a batch, it goes on and loses nothing', async () => {
    await using open = openEmbedder();
    await open.embedder.warmUp(MODEL);
    const call = open.embedder.embedPictures(MODEL, inputs(72), INGEST);
    await sleep(150);
    const first = open.embedder.pid;
    process.kill(first ?? 0, 'SIGKILL');
    const outcomes = await call;
    expect(new Set(statuses(outcomes))).toEqual(new Set(['embedded']));
    expect(open.embedder.pid).not.toBe(first);
  });

  test('killed while idle, it is there for the next call', async () => {
    await using open = openEmbedder();
    await open.embedder.warmUp(MODEL);
    process.kill(open.embedder.pid ?? 0, 'SIGKILL');
    await until(() => open.embedder.pid === undefined);
    expect(statuses(await open.embedder.embedPictures(MODEL, inputs(2), QUERY))).toEqual([
      'embedded',
      'embedded',
    ]);
  });

  test('inputs that kill it are found and refused, the others embedded, texts too', async () => {
    await using open = openEmbedder({ entry: POISON_WORKER });
    const poisoned = inputs(30).with(7, { source: { bytes: Buffer.from('POISON one') } });
    poisoned[19] = { source: { bytes: Buffer.from('POISON two') } };
    const [outcomes, texts] = await Promise.all([
      open.embedder.embedPictures(MODEL, poisoned, INGEST),
      open.embedder.embedTexts(TEXT_MODEL, ['a shirt', 'a shoe'], INGEST),
    ]);
    const expected = poisoned.map((_, index) =>
      index === 7 || index === 19 ? 'picture-crashed' : 'embedded',
    );
    expect(statuses(outcomes)).toEqual(expected);
    expect(outcomes[7]).toMatchObject({
      reason: expect.stringMatching(
        /^Reading it ended the process twice \((signal|exit)/,
      ) as string,
    });
    expect(statuses(texts)).toEqual(['embedded', 'embedded']);
  });

  test('one that cannot start ends in INFERENCE_FAILED and blames no picture', async () => {
    const entry = path.join(import.meta.dirname, 'fixtures/no-such-worker.ts');
    await using open = openEmbedder({ entry });
    await expect(open.embedder.embedPictures(MODEL, inputs(3), INGEST)).rejects.toMatchObject({
      code: 'INFERENCE_FAILED',
    });
    await expect(open.embedder.embedPictures(MODEL, inputs(3), INGEST)).rejects.toMatchObject({
      code: 'INFERENCE_FAILED',
    });
  });

  test('a host that cannot launch one at all gets the same answer', async () => {
    await using open = openEmbedder({
      launch: () => {
        throw new Error('no processes left');
      },
    });
    await expect(open.embedder.embedTexts(TEXT_MODEL, ['a'], QUERY)).rejects.toMatchObject({
      code: 'INFERENCE_FAILED',
      message: expect.stringContaining('no processes left') as string,
    });
    await expect(open.embedder.warmUp(TEXT_MODEL)).rejects.toMatchObject({
      code: 'INFERENCE_FAILED',
    });
  });

  test('ends when its parent is killed', async () => {
    const host = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'fixtures/host-process.ts')],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    host.kill('SIGKILL');
    await until(() => !isAlive(pid), 10_000);
  });

  test('stop ends it, cancelling what is under way', async () => {
    const open = openEmbedder();
    await open.embedder.warmUp(MODEL);
    const pid = open.embedder.pid ?? 0;
    const call = open.embedder.embedPictures(MODEL, inputs(200), INGEST);
    const rejection = expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    await sleep(30);
    await open[Symbol.asyncDispose]();
    await rejection;
    expect(isAlive(pid)).toBe(false);
  });
});

describe('a model that cannot be used', () => {
  test('a missing one says where to put which file', async () => {
    await using open = openEmbedder();
    await expect(
      open.embedder.embedPictures('vit-base-patch16-224-in21k', inputs(1), QUERY),
    ).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      data: { action: expect.stringContaining('huggingface.co') as string },
    });
  });

  test('a graph that does not load is MODEL_DAMAGED; put right, it works in the same process', async () => {
    await using open = openEmbedder();
    const bundledDir = path.join(open.folder, 'bundled');
    const manifest = JSON.parse(
      readFileSync(path.join(BUNDLED_MODELS, 'manifest.json'), 'utf8'),
    ) as { models: { id: string; model: { sizeBytes?: number; sha256?: string } }[] };
    // As for the files whose size and hash nobody published: judged by loading.
    for (const { model } of manifest.models) {
      delete model.sizeBytes;
      delete model.sha256;
    }
    cpSync(BUNDLED_MODELS, bundledDir, { recursive: true });
    writeFileSync(path.join(bundledDir, 'manifest.json'), JSON.stringify(manifest));
    const file = path.join(bundledDir, MODEL, 'model.onnx');
    writeFileSync(file, readFileSync(file).subarray(0, 100_000));

    await using broken = openEmbedder({ bundledDir });
    await expect(broken.embedder.embedPictures(MODEL, inputs(2), INGEST)).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining(file) as string,
    });
    const pid = broken.embedder.pid;
    copyFileSync(path.join(BUNDLED_MODELS, MODEL, 'model.onnx'), file);
    const outcomes = await broken.embedder.embedPictures(MODEL, inputs(2), INGEST);
    expect(statuses(outcomes)).toEqual(['embedded', 'embedded']);
    expect(broken.embedder.pid).toBe(pid);
  });
});
