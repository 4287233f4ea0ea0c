import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { searchInputSchema } from '../../../shared/contract/search.ts';
import type { SearchInput } from '../../../shared/contract/search.ts';
import { openMemoryDatabase } from '../db/database.ts';
import type { Db } from '../db/database.ts';
import type { Embedder, EmbedOutcome, PictureInput, Thumbnailer } from '../embedding/embedder.ts';
import { EmbeddingRepository } from '../vectors/embedding-repository.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';
import { LocalEngine } from '../vectors/local-engine.ts';
import { ServingModels } from '../vectors/serving-models.ts';
import { addCatalog } from '../catalog/fixtures/add-catalog.ts';
import { QueryPictures } from './query-pictures.ts';
import type { SearchModels } from './query-vectors.ts';
import { QueryVectors } from './query-vectors.ts';
import { SearchService } from './search-service.ts';

const IMAGE = { id: 'eyes', sha256: 'e1', modality: 'image', dimension: 3 } as const;
const TEXT = { id: 'words', sha256: 'w1', modality: 'text', dimension: 2 } as const;

/** Pictures lie on an arc by the number in their key, names by their length. */
const ITEMS = Array.from({ length: 40 }, (_, at) => ({
  key: `k${String(at).padStart(2, '0')}`,
  name: 'n'.repeat(40 - at),
  metadata: { parity: at % 2 === 0 ? 'even' : 'odd', at },
}));

let db: Db;
let search: SearchService;
let vectors: QueryVectors;
let pictures: QueryPictures;
let embedder: ReturnType<typeof fakeEmbedder>;
let embeddings: EmbeddingRepository;
let catalogId: number;
let ids: Record<string, number>;
let resolved: Record<string, string>;
let active: Record<string, { spec: { id: string }; sha256: string }>;
let image: ModelRef;
let text: ModelRef;

beforeEach(() => {
  db = openMemoryDatabase();
  ({ catalogId, ids } = addCatalog(db, ITEMS));
  embeddings = new EmbeddingRepository(db);
  image = embeddings.refOf(IMAGE);
  text = embeddings.refOf(TEXT);
  for (const [at, { key, name }] of ITEMS.entries()) {
    save(key, image, pictureVector(at));
    save(key, text, textVector(name));
  }
  embedder = fakeEmbedder();
  pictures = new QueryPictures({ embedder, thumbnailer });
  resolved = { eyes: 'e1', words: 'w1' };
  active = {};
  const models: SearchModels = {
    async active(modality) {
      const model = active[modality];
      if (model === undefined) throw new Error('none');
      return model;
    },
    async resolve(id) {
      const sha256 = resolved[id];
      if (sha256 === undefined) throw new Error(`no file of ${id}`);
      return { sha256 };
    },
  };
  vectors = new QueryVectors({ db, embeddings, models, embedder, pictures });
  search = new SearchService({
    db,
    engine: new LocalEngine({ db, log: () => undefined }),
    serving: new ServingModels(db),
    models,
    vectors,
  });
});

describe('one side', () => {
  it('ranks by distance from 1, with the cosine similarity as score', async () => {
    const { pictureId } = await pictures.add(pictureBytes(5));
    const output = await search.run(
      query({ mode: 'image', picture: { kind: 'picture', pictureId }, top: 3 }),
    );
    expect(output).toMatchObject({
      mode: 'image',
      engine: 'local',
      models: { image: { id: 'eyes', dimension: 3 }, text: null },
      candidates: { image: 3, text: 0 },
      searched: 40,
    });
    expect(output.results.map(({ item }) => item.key)).toEqual(['k05', 'k04', 'k06']);
    const [, second] = output.results;
    const distance = 1 - Math.cos(angle(5) - angle(4));
    expect(second).toMatchObject({
      rank: 2,
      score: expect.closeTo(1 - distance, 6),
      image: { rank: 2, distance: expect.closeTo(distance, 6) },
      text: null,
      item: { metadata: { parity: 'even', at: 4 }, badges: [] },
    });
  });

  it('searches the words, and only what the filter lets through', async () => {
    const filter = { parity: 'odd', at: { $lt: 30 } };
    const output = await search.run(query({ mode: 'text', text: ' nnnnnnnnnn ', filter, top: 2 }));
    expect(output.results.map(({ item }) => item.key)).toEqual(['k29', 'k27']);
    expect(output.searched).toBe(15);
    expect(output.models.image).toBeNull();
  });
});

describe('a filter asked again', () => {
  it('sees the items of the next revision', async () => {
    const input = query({ mode: 'text', text: 'n', filter: { parity: 'odd' } });
    expect((await search.run(input)).searched).toBe(20);
    db.prepare('DELETE FROM item WHERE id = ?').run(ids['k01']);
    db.prepare('UPDATE catalog SET revision = revision + 1').run();
    expect((await search.run(input)).searched).toBe(19);
  });
});

describe('fused', () => {
  it('adds up weight / (k + rank) and keeps rank and distance of both sides', async () => {
    const { pictureId } = await pictures.add(pictureBytes(10));
    const output = await search.run(
      query({
        mode: 'fused',
        picture: { kind: 'picture', pictureId },
        text: 'n'.repeat(30),
        candidates: 5,
        k: 2,
        weights: { image: 1, text: 3 },
        filter: { at: { $gte: 10 } },
      }),
    );
    expect(output.candidates).toEqual({ image: 5, text: 5 });
    const [first, ...rest] = output.results;
    expect(first).toMatchObject({
      rank: 1,
      score: expect.closeTo(1 / 3 + 3 / 3, 12),
      image: { rank: 1, distance: 0 },
      text: { rank: 1, distance: 0 },
      item: { key: 'k10' },
    });
    for (const { score, image: onImage, text: onText } of rest) {
      const parts = [onImage && 1 / (2 + onImage.rank), onText && 3 / (2 + onText.rank)];
      expect(score).toBeCloseTo((parts[0] ?? 0) + (parts[1] ?? 0), 12);
    }
    const scores = output.results.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('gives the same whatever the order of asking, ties by key', async () => {
    const input = query({
      mode: 'fused',
      picture: { kind: 'item', itemId: ids['k00']! },
      text: 'n',
      candidates: 3,
    });
    const output = await search.run(input);
    // Nothing is found by both: equal ranks tie.
    expect(output.results.map(({ item }) => item.key)).toEqual([
      'k01',
      'k39',
      'k02',
      'k38',
      'k03',
      'k37',
    ]);
    const again = await search.run(input);
    expect(again.results).toEqual(output.results);
  });
});

describe('find similar', () => {
  it('takes the stored vector and leaves the item itself out', async () => {
    const input = query({ mode: 'image', picture: { kind: 'item', itemId: ids['k20']! }, top: 2 });
    const output = await search.run(input);
    expect(output.results.map(({ item }) => item.key)).toEqual(['k19', 'k21']);
    expect(output).toMatchObject({ searched: 39, candidates: { image: 2 } });
    expect(embedder.calls).toEqual([]);
    const filtered = await search.run({ ...input, filter: { parity: 'even' } });
    expect(filtered).toMatchObject({
      searched: 19,
      results: [{ rank: 1, item: { key: 'k18' } }, {}],
    });
  });

  it('embeds the file when only a part of the picture is asked for', async () => {
    const crop = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const picture = { kind: 'item', itemId: ids['k20']!, crop } as const;
    await search.run(query({ mode: 'image', picture }));
    expect(embedder.calls).toEqual([{ source: { path: '/catalogs/Shop/k20.jpg' }, crop }]);
  });

  it('says that an item has no vector yet, or is gone', async () => {
    db.prepare('DELETE FROM embedding WHERE item_id = ?').run(ids['k20']);
    const picture = { kind: 'item', itemId: ids['k20']! } as const;
    await expect(search.run(query({ mode: 'image', picture }))).rejects.toMatchObject({
      code: 'NOT_EMBEDDED',
      message: 'The picture of k20 is not embedded by eyes.',
    });
    const gone = { kind: 'item', itemId: 4711 } as const;
    await expect(search.run(query({ mode: 'image', picture: gone }))).rejects.toMatchObject({
      code: 'ITEM_NOT_FOUND',
    });
  });
});

describe('what a query lacks', () => {
  it.each([
    ['image', {}, /mode image needs a picture: a picture is missing/, /switch to mode text/],
    ['text', { text: '  ' }, /mode text needs words: words are missing/, /switch to mode image/],
    ['fused', { text: 'n' }, /needs a picture and words: a picture is missing/, /mode text/],
    ['fused', {}, /a picture and words are missing/, /Add a picture and words/],
  ] as const)('mode %s with %j', async (mode, given, message, action) => {
    await expect(search.run(query({ mode, ...given }))).rejects.toMatchObject({
      code: 'QUERY_INCOMPLETE',
      message: expect.stringMatching(message),
      data: { action: expect.stringMatching(action) },
    });
  });

  it('says so when the picture is not at hand any more, the catalog is gone or nothing is embedded', async () => {
    const picture = { kind: 'picture', pictureId: 'gone' } as const;
    await expect(search.run(query({ mode: 'image', picture }))).rejects.toMatchObject({
      code: 'QUERY_INCOMPLETE',
    });
    await expect(
      search.run({ ...query({ mode: 'text', text: 'n' }), catalogId: 99 }),
    ).rejects.toMatchObject({ code: 'CATALOG_NOT_FOUND' });
    const { catalogId: empty } = addCatalog(db, [{ key: 'a', name: 'A' }], { name: 'Empty' });
    await expect(
      search.run({ ...query({ mode: 'text', text: 'n' }), catalogId: empty }),
    ).rejects.toMatchObject({ code: 'NOT_EMBEDDED', message: 'No name of Empty is embedded yet.' });
  });

  it('passes on why a picture is refused', async () => {
    await expect(pictures.add(Buffer.from('<svg>'))).rejects.toMatchObject({
      code: 'PICTURE_UNSUPPORTED',
      message: 'SVG is not read.',
    });
  });
});

describe('embedding a query', () => {
  it('happens once for the same text, and the same picture and crop', async () => {
    const { pictureId } = await pictures.add(pictureBytes(3));
    const picture = { kind: 'picture', pictureId } as const;
    const crop = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const input = query({ mode: 'fused', picture, text: 'n' });
    await Promise.all([search.run(input), search.run({ ...input, k: 5 })]);
    expect(embedder.calls).toHaveLength(2);
    await search.run({ ...input, picture: { ...picture, crop } });
    expect(embedder.calls).toHaveLength(3);
    await search.run({ ...input, text: 'nn' });
    expect(embedder.calls).toHaveLength(4);
    expect((await pictures.add(pictureBytes(3))).pictureId).toBe(pictureId);
  });

  it('is done ahead for a picture just handed over, when a model can be used', async () => {
    const { pictureId } = await pictures.add(pictureBytes(3));
    await vectors.expect(pictureId);
    expect(embedder.calls).toHaveLength(0);
    active['image'] = { spec: { id: 'eyes' }, sha256: 'e1' };
    await vectors.expect(pictureId);
    expect(embedder.calls).toHaveLength(1);
    await search.run(query({ mode: 'image', picture: { kind: 'picture', pictureId } }));
    expect(embedder.calls).toHaveLength(1);
    await vectors.expect('gone');
  });

  it('is tried again after a failure', async () => {
    embedder.failNext();
    const input = query({ mode: 'text', text: 'n' });
    await expect(search.run(input)).rejects.toThrow('worker died');
    expect((await search.run(input)).results).not.toEqual([]);
  });

  it('stops for a signal', async () => {
    const signal = AbortSignal.abort();
    await expect(search.run(query({ mode: 'text', text: 'n' }), { signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});

describe('models', () => {
  it('a new one takes over when it has caught up and is active', async () => {
    const next = embeddings.refOf({ ...TEXT, id: 'words-2', sha256: 'w2' });
    resolved['words-2'] = 'w2';
    const [last, ...others] = ITEMS;
    for (const { key, name } of others) save(key, next, textVector(name));
    expect((await run()).models.text?.id).toBe('words');
    save(last!.key, next, textVector(last!.name));
    expect((await run()).models.text?.id).toBe('words-2');
    active['text'] = { spec: { id: 'words' }, sha256: 'w1' };
    expect((await run()).models.text?.id).toBe('words');
  });

  it('says so when the file that made the vectors is gone or another', async () => {
    resolved['words'] = 'other';
    await expect(run()).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining('not the one that made'),
    });
    delete resolved['words'];
    await expect(run()).rejects.toThrow('no file of words');
  });
});

function query(given: Partial<SearchInput> & Pick<SearchInput, 'mode'>): SearchInput {
  return searchInputSchema.parse({ catalogId, ...given });
}

function run() {
  return search.run(query({ mode: 'text', text: 'n', top: 1 }));
}

function save(key: string, ref: ModelRef, vector: Float32Array): void {
  embeddings.save([{ itemId: ids[key]!, ref, contentHash: key, vector }]);
}

function pictureVector(at: number): Float32Array {
  return new Float32Array([Math.cos(angle(at)), Math.sin(angle(at)), 0]);
}

/** Steps that grow, so that the one before is nearer than the one after. */
function angle(at: number): number {
  return at * 0.02 + at * at * 1e-4;
}

function textVector(words: string): Float32Array {
  return new Float32Array([Math.cos(angle(words.length)), Math.sin(angle(words.length))]);
}

function pictureBytes(at: number): Uint8Array {
  return Uint8Array.of(at);
}

/** Stands for the process behind the port: bytes and lengths become places on the arc. */
function fakeEmbedder() {
  const calls: (PictureInput | string)[] = [];
  let fails = false;
  const answer = (input: PictureInput | string, vector: Float32Array): EmbedOutcome[] => {
    calls.push(input);
    if (fails) {
      fails = false;
      throw new Error('worker died');
    }
    const contentHash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
    return [{ status: 'embedded', contentHash, vector }];
  };
  return {
    calls,
    failNext() {
      fails = true;
    },
    async embedPictures(_modelId, [input]) {
      const { source } = input!;
      return answer(input!, pictureVector('bytes' in source ? source.bytes[0]! : 0));
    },
    async embedTexts(_modelId, [words]) {
      return answer(words!, textVector(words!));
    },
    warmUp: async () => undefined,
    stop: async () => undefined,
  } satisfies Embedder & { calls: unknown; failNext(): void };
}

const thumbnailer: Thumbnailer = {
  async thumbnail(source) {
    if ('bytes' in source && source.bytes[0] === '<'.charCodeAt(0)) {
      return {
        status: 'refused',
        kind: 'picture-unsupported',
        reason: 'SVG is not read.',
        action: 'x',
      };
    }
    return { status: 'made', bytes: new Uint8Array(), width: 4, height: 3 };
  },
  stop: async () => undefined,
};
