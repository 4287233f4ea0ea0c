import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Modality } from '../../../shared/contract/models.ts';
import { searchInputSchema } from '../../../shared/contract/search.ts';
import type { SearchInput } from '../../../shared/contract/search.ts';
import { openMemoryDatabase } from '../db/database.ts';
import { goldenImages } from '../embedding/fixtures/golden.ts';
import { openEmbedder } from '../embedding/fixtures/open-embedder.ts';
import { forkWorker } from '../embedding/fork-worker.ts';
import { ProcessThumbnailer } from '../embedding/process-thumbnailer.ts';
import { EmbeddingRepository } from '../vectors/embedding-repository.ts';
import { LocalEngine } from '../vectors/local-engine.ts';
import { ServingModels } from '../vectors/serving-models.ts';
import { addCatalog } from '../catalog/fixtures/add-catalog.ts';
import { QueryPictures } from './query-pictures.ts';
import { QueryVectors } from './query-vectors.ts';
import { SearchService } from './search-service.ts';

const NAMES: Readonly<Record<string, string>> = {
  'shirt-red-480x640.png': 'Red cotton shirt for men',
  'shirt-blue-striped-640x360.png': 'Blue striped shirt',
  'shoe-1200x900.jpg': 'Brown leather shoe',
  'watch-61x47.png': 'Steel wrist watch',
};

describe('with the models that ship', () => {
  const files = goldenImages().map((image) => image.path);
  const log = () => undefined;
  const { embedder, registry, [Symbol.asyncDispose]: close } = openEmbedder();
  const thumbnailer = new ProcessThumbnailer({ launch: forkWorker(log), log });
  const db = openMemoryDatabase();
  const embeddings = new EmbeddingRepository(db);
  const pictures = new QueryPictures({ embedder, thumbnailer });
  const engine = new LocalEngine({ db, log });
  const search = new SearchService({
    db,
    engine,
    serving: new ServingModels(db),
    models: registry,
    vectors: new QueryVectors({ db, embeddings, models: registry, embedder, pictures }),
  });
  const items = files.map((file) => {
    const imagePath = path.basename(file);
    return { key: imagePath, imagePath, name: NAMES[imagePath] ?? `Test pattern ${imagePath}` };
  });
  const { catalogId, ids } = addCatalog(db, items, { root: path.dirname(files[0]!) });

  beforeAll(async () => {
    const images = await embedder.embedPictures(
      (await registry.active('image')).spec.id,
      files.map((file) => ({ source: { path: file } })),
      { priority: 'ingest' },
    );
    const texts = await embedder.embedTexts(
      (await registry.active('text')).spec.id,
      items.map(({ name }) => name),
      { priority: 'ingest' },
    );
    await save('image', images);
    await save('text', texts);
  });

  afterAll(async () => {
    await Promise.all([close(), thumbnailer.stop()]);
  });

  it('finds by words what means the same', async () => {
    expect(await keys({ mode: 'text', text: 'timepiece', top: 1 })).toEqual(['watch-61x47.png']);
    expect(await keys({ mode: 'text', text: 'footwear', top: 1 })).toEqual(['shoe-1200x900.jpg']);
  });

  it('finds a picture handed over as a file', async () => {
    const file = files.find((name) => name.includes('shoe'))!;
    const { pictureId } = await pictures.add(readFileSync(file));
    const picture = { kind: 'picture', pictureId } as const;
    const { results, timing } = await run({ mode: 'image', picture, top: 2 });
    expect(results[0]).toMatchObject({ item: { key: 'shoe-1200x900.jpg' } });
    expect(results[0]?.image?.distance).toBeLessThan(1e-5);
    expect(timing.totalMs).toBeGreaterThanOrEqual(timing.embedMs + timing.searchMs);
  });

  it('weighs picture and words against each other', async () => {
    const itemId = ids['shirt-red-480x640.png']!;
    const picture = { kind: 'item', itemId } as const;
    const both = { mode: 'fused', picture, text: 'watch', top: 1 } as const;
    expect(await keys({ ...both, weights: { image: 0.1, text: 10 } })).toEqual(['watch-61x47.png']);
    const { results } = await run({ ...both, weights: { image: 10, text: 0.1 } });
    expect(results[0]?.image?.rank).toBe(1);
  });

  it('embeds a part of an item from its file', async () => {
    const crop = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    const picture = { kind: 'item', itemId: ids['noise-517x333.png']!, crop } as const;
    const { results } = await run({ mode: 'image', picture });
    expect(results).toHaveLength(files.length - 1);
    expect(results.map(({ item }) => item.key)).not.toContain('noise-517x333.png');
  });

  it('refuses what is no picture, when it is added', async () => {
    await expect(pictures.add(Buffer.from('no picture'))).rejects.toMatchObject({
      code: expect.stringMatching(/^PICTURE_/),
    });
  });

  async function run(given: Partial<SearchInput> & Pick<SearchInput, 'mode'>) {
    return search.run(searchInputSchema.parse({ catalogId, ...given }));
  }

  async function keys(given: Partial<SearchInput> & Pick<SearchInput, 'mode'>): Promise<string[]> {
    return (await run(given)).results.map(({ item }) => item.key);
  }

  async function save(
    modality: Modality,
    outcomes: Awaited<ReturnType<typeof embedder.embedTexts>>,
  ): Promise<void> {
    const { spec, sha256 } = await registry.active(modality);
    const ref = embeddings.refOf({ id: spec.id, sha256, modality, dimension: spec.dimension });
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome.status !== 'embedded') throw new Error(`${files[at]}: ${outcome.status}`);
      const { contentHash, vector } = outcome;
      embeddings.save([{ itemId: ids[items[at]!.key]!, ref, contentHash, vector }]);
    }
  }
});
