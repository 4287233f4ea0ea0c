import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createApp, type App } from '../../electron/core/app.ts';
import { addCatalog } from '../../electron/core/catalog/fixtures/add-catalog.ts';
import { openDatabase } from '../../electron/core/db/database.ts';
import { EmbeddingRepository } from '../../electron/core/vectors/embedding-repository.ts';
import { seededRandom } from './random.ts';
import { installation } from './test-app.ts';

export const SHOP = 'Shop';

export interface ShopItem {
  readonly key: string;
  readonly metadata: Record<string, string | number>;
  readonly image: Float32Array;
  readonly text: Float32Array;
}

/** Products with vectors that no model made: the same for the same count. */
export function shopItems(count: number, dimension: { image: number; text: number }): ShopItem[] {
  const random = seededRandom(5);
  const colours = ['Red', 'Blue', 'Grün', 'Noir'];
  return Array.from({ length: count }, (_, index) => ({
    key: `p${index}`,
    metadata: { colour: colours[index % colours.length]!, price: index / 4 },
    image: unitVector(dimension.image, random),
    text: unitVector(dimension.text, random),
  }));
}

/** A data folder as a scan and an ingest of these products would leave it. Returns the catalog's id. */
export function writeShop(dataDir: string, items: readonly ShopItem[]): number {
  // Of a folder that is out of reach nothing would ever be deleted.
  const folder = path.join(dataDir, 'shop');
  mkdirSync(folder, { recursive: true });
  const db = openDatabase(dataDir);
  const { catalogId, ids } = addCatalog(
    db,
    items.map(({ key, metadata }) => ({ key, name: `Product ${key}`, metadata })),
    { name: SHOP, root: folder },
  );
  const embeddings = new EmbeddingRepository(db);
  for (const modality of ['image', 'text'] as const) {
    const ref = embeddings.refOf({
      id: `test-${modality}`,
      sha256: modality.padEnd(64, '0'),
      modality,
      dimension: items[0]![modality].length,
    });
    const rows = items.map((item) => ({
      itemId: ids[item.key]!,
      ref,
      contentHash: createHash('sha256').update(`${modality} ${item.key}`).digest('hex'),
      vector: item[modality],
    }));
    db.transaction(() => embeddings.save(rows))();
  }
  db.close();
  return catalogId;
}

/** The core on a data folder, with the queue of publishing only; stops with `await using`. */
export function startPublisher(dataDir: string): { app: App } & AsyncDisposable {
  const app = createApp({
    ...installation,
    dataDir,
    host: 'cli',
    folderChooser: 'ours',
    jobs: ['publish'],
    ports: {
      launchWorker: () => {
        throw new Error('publishing needs no model');
      },
      log: () => undefined,
    },
  });
  app.start();
  return { app, [Symbol.asyncDispose]: () => app.stop() };
}

export const PRACTICE_CONNECTION = {
  source: { kind: 'practice' },
  region: 'us-east-1',
} as const;

function unitVector(dimension: number, random: () => number): Float32Array {
  const vector = Float32Array.from({ length: dimension }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
