import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchInputSchema } from '../../../shared/contract/search.ts';
import { scanCatalog } from '../catalog/scan/scan-catalog.ts';
import { openDatabase } from '../db/database.ts';
import type { Db } from '../db/database.ts';
import { openEmbedder } from '../embedding/fixtures/open-embedder.ts';
import type { OpenEmbedder } from '../embedding/fixtures/open-embedder.ts';
import { EmbeddingRepository } from '../vectors/embedding-repository.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';
import { LocalEngine } from '../vectors/local-engine.ts';
import { ServingModels } from '../vectors/serving-models.ts';
import { evaluatePrecision } from './evaluate.ts';
import { QueryPictures } from './query-pictures.ts';
import { QueryVectors } from './query-vectors.ts';
import { SearchService } from './search-service.ts';

const PROJECT = path.resolve(import.meta.dirname, '../../..');
const FASHION = path.resolve(PROJECT, process.env['VITRINE_TEST_DATA'] ?? '../shared', 'fashion');
const CACHE = path.join(PROJECT, 'node_modules/.cache/vitrine-quality');
/** Pictures a call, and calls at once: the worker always has the next batch at hand. */
const CALL = 64;
const CALLS = 2;
/** A run that is broken off is not lost. */
const WRITE_EVERY_MS = 20_000;

interface Item {
  readonly id: number;
  readonly imagePath: string;
}

/** Vectors of an earlier run with the hash of the file that made each, by the path of the picture. */
type Known = Map<string, { readonly hash: string; readonly vector: Float32Array }>;

describe.skipIf(!existsSync(FASHION))('on real photographs (skipped without the test data)', () => {
  let dataDir: string;
  let db: Db;
  let opened: OpenEmbedder;
  let embeddings: EmbeddingRepository;
  let ref: ModelRef;
  let engine: LocalEngine;
  const catalogId = 1;

  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'vitrine-quality-'));
    db = openDatabase(dataDir);
    db.prepare(
      "INSERT INTO catalog (id, name, root, options, created_at) VALUES (1, 'Fashion', ?, '{}', 0)",
    ).run(FASHION);
    await scanCatalog(db, catalogId, {});
    opened = openEmbedder();
    const { spec, sha256 } = await opened.registry.active('image');
    embeddings = new EmbeddingRepository(db);
    ref = embeddings.refOf({ id: spec.id, sha256, modality: 'image', dimension: spec.dimension });
    await embedPictures();
    engine = new LocalEngine({ db, log: () => undefined });
    // Takes 40 s on two free cores, much more where others work too.
  }, 900_000);

  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
    db.close();
    rmSync(dataDir, { recursive: true });
  });

  it('7.5 of the 10 nearest are of the same kind', async () => {
    const options = { db, engine, embeddings, catalogId, ref, k: 10 };
    const { precision, queries } = await evaluatePrecision({ ...options, field: 'articleType' });
    expect(queries).toBeGreaterThan(4900);
    expect(precision).toBeGreaterThanOrEqual(0.75);
  });

  it('a picture of the catalog, handed over as a file, finds itself first', async () => {
    const { embedder, registry } = opened;
    const thumbnailer = {
      thumbnail: async () =>
        ({ status: 'made', bytes: new Uint8Array(), width: 224, height: 224 }) as const,
      stop: async () => undefined,
    };
    const pictures = new QueryPictures({ embedder, thumbnailer });
    const models = registry;
    const serving = new ServingModels(db);
    const search = new SearchService({
      db,
      engine,
      serving,
      models,
      vectors: new QueryVectors({ db, embeddings, models, embedder, pictures }),
    });
    const [item] = readItems();
    const bytes = readFileSync(path.join(FASHION, item!.imagePath));
    const { pictureId } = await pictures.add(bytes);
    const picture = { kind: 'picture', pictureId } as const;
    const input = searchInputSchema.parse({ catalogId, mode: 'image', picture, top: 5 });
    const { results, models: used } = await search.run(input);
    expect(used.image).toEqual({ id: ref.id, dimension: ref.dimension });
    expect(results[0]).toMatchObject({ rank: 1, item: { id: item!.id } });
    expect(results[0]?.image?.distance).toBeLessThan(1e-5);
  });

  function readItems(): Item[] {
    return db
      .prepare<[], Item>(
        `SELECT id, image_path AS imagePath FROM item
         WHERE image_path IS NOT NULL AND image_missing = 0 ORDER BY image_path`,
      )
      .all();
  }

  /** A picture whose bytes are those of an earlier run is not embedded again: the worker compares. */
  async function embedPictures(): Promise<void> {
    const cacheFile = path.join(CACHE, `${ref.id}-${ref.sha256.slice(0, 16)}.json`);
    const known = readKnown(cacheFile);
    const chunks = chunk(readItems(), CALL);
    let writtenAt = performance.now();
    const work = async () => {
      for (let items = chunks.pop(); items !== undefined; items = chunks.pop()) {
        const inputs = items.map(({ imagePath }) => ({
          source: { path: path.join(FASHION, imagePath) },
          knownHash: known.get(imagePath)?.hash,
        }));
        const outcomes = await opened.embedder.embedPictures(ref.id, inputs, {
          priority: 'ingest',
        });
        for (const [at, { id, imagePath }] of items.entries()) {
          const outcome = outcomes[at];
          if (outcome === undefined || outcome.status === 'refused') continue;
          const vector =
            outcome.status === 'embedded' ? outcome.vector : known.get(imagePath)!.vector;
          embeddings.save([{ itemId: id, ref, contentHash: outcome.contentHash, vector }]);
          known.set(imagePath, { hash: outcome.contentHash, vector });
        }
        if (performance.now() - writtenAt > WRITE_EVERY_MS) {
          writeKnown(cacheFile, known);
          writtenAt = performance.now();
        }
      }
    };
    await Promise.all(Array.from({ length: CALLS }, work));
    writeKnown(cacheFile, known);
  }
});

function readKnown(file: string): Known {
  if (!existsSync(file)) return new Map();
  const entries: [string, string, string][] = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(
    entries.map(([imagePath, hash, base64]) => {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      return [imagePath, { hash, vector: new Float32Array(bytes.buffer) }];
    }),
  );
}

function writeKnown(file: string, known: Known): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const entries = [...known].map(([imagePath, { hash, vector }]) => {
    const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
    return [imagePath, hash, bytes.toString('base64')];
  });
  writeFileSync(file, JSON.stringify(entries));
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
