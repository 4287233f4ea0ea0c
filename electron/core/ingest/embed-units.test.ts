import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProblemRepository } from '../catalog/problem-repository.ts';
import { openMemoryDatabase, type Db } from '../db/database.ts';
import type { EmbedOutcome, Embedder, PictureInput } from '../embedding/embedder.ts';
import type { VitrineError } from '../errors.ts';
import type { JobHandler } from '../queue/job-runner.ts';
import { JobStore } from '../queue/job-store.ts';
import { EmbeddingRepository } from '../vectors/embedding-repository.ts';
import type { ActiveModels } from './active-models.ts';
import { createNameJob } from './name-job.ts';
import { createPictureJob } from './picture-job.ts';
import { createPlanJob } from './plan-job.ts';

const MODELS = {
  image: { id: 'eyes', sha256: 'a'.repeat(64), modality: 'image', dimension: 4 },
  text: { id: 'ears', sha256: 'b'.repeat(64), modality: 'text', dimension: 4 },
} as const;

let root: string;
let db: Db;
let store: JobStore;
let embeddings: EmbeddingRepository;
let problems: ProblemRepository;
let texts: string[];
let pictures: PictureInput[];
let answer: (input: PictureInput) => EmbedOutcome;
let obstacle: VitrineError | null;
let saved: number;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'vitrine-ingest-'));
  db = openMemoryDatabase();
  store = new JobStore(db);
  embeddings = new EmbeddingRepository(db);
  problems = new ProblemRepository(db);
  texts = [];
  pictures = [];
  obstacle = null;
  saved = 0;
  answer = (input) => embedded('path' in input.source ? input.source.path : 'bytes');
  db.prepare(
    `INSERT INTO catalog (id, name, root, options, created_at, scanned_at) VALUES (1, 'c', ?, '{}', 0, 1)`,
  ).run(root);
});

afterEach(async () => {
  db.close();
  await rm(root, { recursive: true, force: true });
});

/** Stands at the edge of the process, where the real one talks to a child. */
const embedder: Embedder = {
  embedPictures: async (_model, inputs) => {
    pictures.push(...inputs);
    return inputs.map((input) => answer(input));
  },
  embedTexts: async (_model, inputs) => {
    texts.push(...inputs);
    return inputs.map((text) => embedded(text));
  },
  warmUp: async () => undefined,
  stop: async () => undefined,
};

function embedded(content: string): EmbedOutcome {
  const contentHash = hash(content);
  const vector = new Float32Array(4);
  vector[Number.parseInt(contentHash.slice(0, 2), 16) % 4] = 1;
  return { status: 'embedded', contentHash, vector };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function addItem(key: string, item: { name?: string; picture?: string }): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO item (catalog_id, key, name, name_hash, image_path) VALUES (1, ?, ?, ?, ?)`,
    )
    .run(
      key,
      item.name ?? '',
      item.name === undefined ? null : hash(item.name),
      item.picture ?? null,
    );
  return Number(lastInsertRowid);
}

/** Plans, then runs what was planned, once; returns the outcomes by status. */
async function ingestOnce(): Promise<Record<string, number>> {
  const models: Pick<ActiveModels, 'ref'> = {
    ref: async (modality) => embeddings.refOf(MODELS[modality]),
  };
  const options = {
    db,
    store,
    embedder,
    embeddings,
    problems,
    models,
    engine: {
      noteSaved: (_id: number, _ref: unknown, rows: readonly unknown[]) => (saved += rows.length),
    },
    onPlanned: () => undefined,
    onObstacle: (_id: number, error: VitrineError | null) => (obstacle = error),
  };
  store.enqueue([{ kind: 'plan', catalogId: 1 }], 0);
  const statuses: Record<string, number> = {};
  for (const handler of [
    createPlanJob(options),
    createNameJob(options),
    createPictureJob(options),
  ]) {
    for (const status of await runAll(handler)) statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

/** As the runner does: as many calls at once as the handler allows. */
async function runAll(handler: JobHandler): Promise<string[]> {
  const statuses: string[] = [];
  const claim = () =>
    store.claim(handler.kind, { limit: handler.batchSize, owner: 'test', now: 1 });
  for (;;) {
    const batches = Array.from({ length: handler.concurrency }, claim).filter(
      (jobs) => jobs.length > 0,
    );
    if (batches.length === 0) return statuses;
    const results = await Promise.all(
      batches.map((jobs) => handler.run(jobs, { signal: new AbortController().signal })),
    );
    for (const [at, { outcomes, commit, onCommitted }] of results.entries()) {
      db.transaction(() => commit?.())();
      onCommitted?.();
      for (const [index, job] of batches[at]!.entries()) {
        const outcome = outcomes[index];
        if (outcome?.status === 'failed') store.fail(job.id, { error: outcome.error, now: 2 });
        else if (outcome?.status === 'retry') {
          store.putBack(job.id, { error: outcome.error, notBefore: 0, countAttempt: true });
        } else store.finish(job.id, 2);
        if (handler.kind !== 'plan') statuses.push(outcome?.status ?? 'none');
      }
    }
  }
}

describe('names', () => {
  test('equal texts are embedded once, also across runs, and each item has its vector', async () => {
    const ids = ['a', 'b', 'c'].map((key) =>
      addItem(key, { name: key === 'c' ? 'Blue shirt' : 'Red shirt' }),
    );
    await ingestOnce();
    expect(texts.toSorted()).toEqual(['Blue shirt', 'Red shirt']);
    const later = addItem('d', { name: 'Red shirt' });
    await ingestOnce();
    expect(texts).toHaveLength(2);
    const ref = embeddings.refOf(MODELS.text);
    expect([...ids, later].map((id) => embeddings.hashOf(id, ref))).toEqual([
      hash('Red shirt'),
      hash('Red shirt'),
      hash('Blue shirt'),
      hash('Red shirt'),
    ]);
    expect(saved).toBe(4);
  });

  test('two calls at once share the texts they have in common', async () => {
    const ids = Array.from({ length: 600 }, (_, n) =>
      addItem(`k${n}`, { name: `Shirt ${n % 100}` }),
    );
    expect(await ingestOnce()).toEqual({ done: 600 });
    expect(texts).toHaveLength(100);
    const ref = embeddings.refOf(MODELS.text);
    expect(ids.map((id) => embeddings.hashOf(id, ref))).toEqual(
      ids.map((_, n) => hash(`Shirt ${n % 100}`)),
    );
  });

  test('a name that is taken away takes its vector along', async () => {
    const id = addItem('a', { name: 'Old' });
    await ingestOnce();
    db.prepare(`UPDATE item SET name = '', name_hash = NULL WHERE id = ?`).run(id);
    await ingestOnce();
    expect(embeddings.coverage(1)).toEqual([]);
  });

  test('a changed name is embedded again, an item without one is left alone', async () => {
    const id = addItem('a', { name: 'Old' });
    addItem('b', {});
    await ingestOnce();
    db.prepare('UPDATE item SET name = ?, name_hash = ? WHERE id = ?').run('New', hash('New'), id);
    await ingestOnce();
    expect(texts).toEqual(['Old', 'New']);
    expect(embeddings.hashOf(id, embeddings.refOf(MODELS.text))).toBe(hash('New'));
  });
});

describe('pictures', () => {
  test('a picture that changed into something unreadable is not found by what it was', async () => {
    const id = addItem('a', { picture: 'a.jpg' });
    await ingestOnce();
    db.prepare('UPDATE item SET image_stale = 1 WHERE id = ?').run(id);
    answer = () => ({
      status: 'refused',
      kind: 'picture-unreadable',
      reason: 'No',
      action: 'Copy',
    });
    expect(await ingestOnce()).toEqual({ failed: 1 });
    expect(embeddings.coverage(1)).toEqual([]);
  });

  test('a scan that finds another file while it is embedded is not overwritten', async () => {
    const id = addItem('a', { picture: 'a.jpg' });
    let scans = 1;
    answer = () => {
      if (scans-- > 0)
        db.prepare('UPDATE item SET image_mtime_ms = 7, image_stale = 1 WHERE id = ?').run(id);
      return embedded(scans < 0 ? 'new' : 'old');
    };
    expect(await ingestOnce()).toEqual({ retry: 1, done: 1 });
    expect(embeddings.hashOf(id, embeddings.refOf(MODELS.image))).toBe(hash('new'));
  });

  test('what is embedded stays embedded until the scan says it may have changed', async () => {
    const id = addItem('a', { picture: 'a.jpg' });
    expect(await ingestOnce()).toEqual({ done: 1 });
    expect(await ingestOnce()).toEqual({});
    expect(pictures).toHaveLength(1);

    db.prepare('UPDATE item SET image_stale = 1 WHERE id = ?').run(id);
    answer = (input) => ({ status: 'unchanged', contentHash: input.knownHash ?? '' });
    expect(await ingestOnce()).toEqual({ done: 1 });
    expect(pictures[1]?.knownHash).toBe(hash(path.join(root, 'a.jpg')));
    expect(await ingestOnce()).toEqual({});
  });

  test('a refused picture becomes a problem, costs the others nothing, and is not tried again', async () => {
    addItem('bad', { picture: 'bad.jpg' });
    addItem('good', { picture: 'good.jpg' });
    answer = (input) =>
      'path' in input.source && input.source.path.endsWith('bad.jpg')
        ? {
            status: 'refused',
            kind: 'picture-truncated',
            reason: 'It ends early',
            action: 'Copy it again',
          }
        : embedded('good');
    expect(await ingestOnce()).toEqual({ done: 1, failed: 1 });
    expect(problems.list({ catalogId: 1, offset: 0, limit: 9 })).toMatchObject([
      { kind: 'picture-truncated', itemKey: 'bad', file: 'bad.jpg', reason: 'It ends early' },
    ]);
    expect(await ingestOnce()).toEqual({});
  });

  test('a file that is gone is a problem of the item; a folder that is gone is not', async () => {
    const id = addItem('a', { picture: 'a.jpg' });
    answer = () => ({
      status: 'refused',
      kind: 'picture-vanished',
      reason: 'Gone',
      action: 'Put it back',
    });
    expect(await ingestOnce()).toEqual({ failed: 1 });
    expect(db.prepare('SELECT image_missing FROM item WHERE id = ?').pluck().get(id)).toBe(1);

    addItem('b', { picture: 'b.jpg' });
    await rm(root, { recursive: true });
    expect(await ingestOnce()).toEqual({ blocked: 1 });
    expect(obstacle).toMatchObject({ code: 'FOLDER_NOT_FOUND', data: { subject: root } });
    expect(problems.count(1).problems).toBe(1);
  });

  test('an item that left the catalog while it was embedded leaves nothing behind', async () => {
    const id = addItem('a', { picture: 'a.jpg' });
    answer = () => {
      db.prepare('DELETE FROM item WHERE id = ?').run(id);
      return embedded('a');
    };
    expect(await ingestOnce()).toEqual({ done: 1 });
    expect(embeddings.coverage(1)).toEqual([]);
    expect(saved).toBe(0);
  });
});
