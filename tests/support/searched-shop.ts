import { createHash } from 'node:crypto';
import type { Modality } from '../../shared/contract/models.ts';
import {
  searchInputSchema,
  type SearchInput,
  type SearchOutput,
} from '../../shared/contract/search.ts';
import { CatalogRepository } from '../../electron/core/catalog/catalog-repository.ts';
import { MemorySecretStore } from '../../electron/core/aws/connection.ts';
import { ConnectionService } from '../../electron/core/cloud/connection-service.ts';
import { LinkRepository } from '../../electron/core/cloud/link-repository.ts';
import { CloudSearch } from '../../electron/core/cloud/search/cloud-search.ts';
import { openDatabase, type Db } from '../../electron/core/db/database.ts';
import type { Embedder, Thumbnailer } from '../../electron/core/embedding/embedder.ts';
import { VitrineError } from '../../electron/core/errors.ts';
import { QueryPictures } from '../../electron/core/search/query-pictures.ts';
import { QueryVectors } from '../../electron/core/search/query-vectors.ts';
import { SearchService } from '../../electron/core/search/search-service.ts';
import { SettingStore } from '../../electron/core/settings/setting-store.ts';
import { EmbeddingRepository } from '../../electron/core/vectors/embedding-repository.ts';
import { LocalEngine } from '../../electron/core/vectors/local-engine.ts';
import { ServingModels } from '../../electron/core/vectors/serving-models.ts';
import {
  PRACTICE_CONNECTION,
  shopItems,
  startPublisher,
  writeShop,
  type ShopItem,
} from './embedded-shop.ts';
import { seededRandom } from './random.ts';
import { temporaryFolder } from './test-app.ts';

const DIMENSION = { image: 24, text: 12 } as const;
export const BUCKET = 'searched';

/** A shop that is published, and both engines to search it with. */
export interface SearchedShop extends AsyncDisposable {
  readonly db: Db;
  readonly catalogId: number;
  readonly items: readonly ShopItem[];
  /** Models that are not installed any more. */
  readonly missing: Set<string>;
  readonly connections: ConnectionService;
  readonly local: (query: Query) => Promise<SearchOutput>;
  readonly remote: (query: Query, signal?: AbortSignal) => Promise<SearchOutput>;
}

export type Query = Omit<Partial<SearchInput>, 'catalogId' | 'engine'>;

/** Publishes a shop of `count` items to an endpoint, through the application's own queue. */
export async function startSearchedShop(endpoint: string, count: number): Promise<SearchedShop> {
  const folder = await temporaryFolder();
  const items = shopItems(count, DIMENSION);
  const catalogId = writeShop(folder.path, items);
  const { app, ...publisher } = startPublisher(folder.path);
  await app.cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint });
  await app.cloud.links.link({ catalogId, bucket: BUCKET, create: true });
  app.cloud.publishing.start(catalogId);
  await app.runner.whenIdle({ kinds: ['publish'] });
  await publisher[Symbol.asyncDispose]();

  const db = openDatabase(folder.path);
  const missing = new Set<string>();
  const models = {
    resolve: async (id: string) => {
      if (missing.has(id)) throw new VitrineError('MODEL_MISSING', `${id} is not installed.`);
      return { sha256: id.replace('test-', '').padEnd(64, '0') };
    },
    active: async (modality: Modality) => ({ spec: { id: `other-${modality}` }, sha256: 'f00' }),
  };
  const pictures = new QueryPictures({ embedder, thumbnailer });
  const embeddings = new EmbeddingRepository(db);
  const vectors = new QueryVectors({ db, embeddings, models, embedder, pictures });
  const serving = new ServingModels(db);
  const connections = new ConnectionService({
    settings: new SettingStore(db),
    secrets: new MemorySecretStore(),
    onChange: () => undefined,
  });
  const local = new SearchService({
    db,
    engine: new LocalEngine({ db, log: () => undefined }),
    serving,
    models,
    vectors,
  });
  const remote = new CloudSearch({
    db,
    catalogs: new CatalogRepository(db),
    connections,
    links: new LinkRepository(db),
    serving,
    models,
    vectors,
  });
  const input = (query: Query) => searchInputSchema.parse({ mode: 'fused', ...query, catalogId });
  return {
    db,
    catalogId,
    items,
    missing,
    connections,
    local: (query) => local.run(input(query)),
    remote: (query, signal) => remote.run(input(query), { signal }),
    async [Symbol.asyncDispose]() {
      connections.close();
      db.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A vector for any words, the same each time: what is compared is searching, not models. */
function vectorOf(words: string, dimension: number): Float32Array {
  const random = seededRandom(createHash('sha256').update(words).digest().readUInt32BE());
  const vector = Float32Array.from({ length: dimension }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const embedder: Embedder = {
  embedPictures: async (_model, inputs) =>
    inputs.map(({ source }) => ({
      status: 'embedded',
      contentHash: '',
      vector: vectorOf(JSON.stringify(source), DIMENSION.image),
    })),
  embedTexts: async (_model, texts) =>
    texts.map((words) => ({
      status: 'embedded',
      contentHash: '',
      vector: vectorOf(words, DIMENSION.text),
    })),
  warmUp: async () => undefined,
  stop: async () => undefined,
};

const thumbnailer: Thumbnailer = {
  thumbnail: async () => ({ status: 'made', bytes: new Uint8Array(), width: 4, height: 3 }),
  stop: async () => undefined,
};
