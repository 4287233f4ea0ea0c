import { cp, readdir, rename, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import type { App } from '../../electron/core/app.ts';
import type { JobKind } from '../../electron/core/queue/job-store.ts';
import { drawShop } from '../../tests/support/draw-shop.ts';
import { publishAll } from './cloud-states.ts';
import { copyVectors } from './copy-vectors.ts';
import { makeLargeFolder, makeNamedFolder, makePictureFolder } from './folders.ts';
import { ENDLESS_NAMES, RIGHT_TO_LEFT_NAMES } from './names.ts';
import {
  addAndWait,
  copyData,
  installation,
  startStage,
  until,
  untilIdle,
  untilScanned,
} from './stage.ts';

/** Where a world is made, and where the one it builds on lies. */
export interface Place {
  readonly dir: string;
  readonly dataDir: string;
  readonly sampleDataDir: string;
  readonly rendererDir: string;
}

/** What the data folder holds, and what goes on in it, when pictures are taken. */
export interface World {
  /** Made once; both themes look at it. */
  readonly make: (place: Place) => Promise<void>;
  /** Kinds of jobs that run while it is looked at; all by default. */
  readonly jobs?: readonly JobKind[];
  readonly modelsDir?: (place: Place) => string;
  /** What happens after each start. */
  readonly begin?: (app: App, place: Place) => Promise<void>;
}

const SCAN_ONLY: readonly JobKind[] = ['scan'];
export const LARGE = 44_446;
/** Pictures of a folder that was copied in part. */
const LEFT_BEHIND = 300;
/** As many as a slow machine embeds while both themes are taken. */
const BUSY = 6_000;

export const WORLDS = {
  nothing: { make: async () => undefined },

  sample: { make: ({ sampleDataDir, dataDir }) => copyData(sampleDataDir, dataDir) },

  gathered: {
    make: ({ sampleDataDir, dataDir }) => copyData(sampleDataDir, dataDir),
    begin: gather,
  },

  /** Each shot brings it into the state it shows. */
  cloud: { make: ({ sampleDataDir, dataDir }) => copyData(sampleDataDir, dataDir) },

  shop: {
    async make(place) {
      const folder = path.join(place.dir, 'Corner shop');
      await drawShop(folder);
      await fill(place, (app) => addAndWait(app, folder));
    },
  },

  /** Published from a whole folder, of which most is missing by now. */
  partly: {
    async make(place) {
      const folder = path.join(place.dir, 'Spring, copied in part');
      await cp(path.join(installation.resourcesDir, 'sample-catalog'), folder, { recursive: true });
      await fill(place, async (app) => {
        const catalogId = await addAndWait(app, folder);
        await publishAll(app, catalogId);
        const images = path.join(folder, 'images');
        for (const file of (await readdir(images)).slice(LEFT_BEHIND)) {
          await rm(path.join(images, file), { recursive: true });
        }
        await app.catalogs.add(folder);
        await until(() => app.catalogs.get(catalogId).items === LEFT_BEHIND);
        await untilIdle(app);
      });
    },
  },

  corners: {
    async make(place) {
      const at = (name: string) => path.join(place.dir, name);
      const rightToLeft = at('מבחר הקיץ');
      await makeNamedFolder(at('Endless names'), ENDLESS_NAMES, new Set([3]));
      await makeNamedFolder(rightToLeft, RIGHT_TO_LEFT_NAMES);
      await makePictureFolder(at('No names'), 24);
      await makeNamedFolder(at('A single thing'), [{ name: 'Mustard oval wire sunglasses' }]);
      await fill(place, async (app) => {
        for (const folder of ['Endless names', 'No names', 'A single thing']) {
          await addAndWait(app, at(folder));
        }
        await addAndWait(app, rightToLeft);
      });
    },
  },

  scanning: {
    jobs: SCAN_ONLY,
    make: ({ dir }) => makeLargeFolder(path.join(dir, 'Autumn'), { items: LARGE }),
    async begin(app, { dir }) {
      for (const { id } of app.catalogs.list()) await app.catalogs.remove(id);
      await app.catalogs.add(path.join(dir, 'Autumn'));
    },
  },

  embedding: {
    async make(place) {
      const folder = path.join(place.dir, 'Autumn');
      await makeLargeFolder(folder, { items: BUSY, unique: true });
      await fill(place, (app) => app.catalogs.add(folder).then(() => untilScanned(app)), SCAN_ONLY);
    },
    async begin(app) {
      // Enough to have something to find, and not yet the end.
      await until(() => pictures(app) > 300);
    },
  },

  paused: {
    async make(place) {
      const folder = path.join(place.dir, 'Autumn');
      await makeLargeFolder(folder, { items: 1_200, unique: true });
      await fill(place, async (app) => {
        const catalogId = await app.catalogs.add(folder);
        await until(() => pictures(app) > 200);
        app.ingest.pause(catalogId);
      });
    },
  },

  offline: {
    async make(place) {
      const folder = path.join(place.dir, 'Spring on a drive');
      await cp(path.join(installation.resourcesDir, 'sample-catalog'), folder, { recursive: true });
      await fill(place, (app) => addAndWait(app, folder));
      await rename(folder, `${folder}, unplugged`);
    },
  },

  damaged: {
    async make(place) {
      await cp(installation.modelsDir, path.join(place.dir, 'models'), { recursive: true });
      const model = path.join(place.dir, 'models', 'starter-image', 'model.onnx');
      await truncate(model, 1_000_000);
      await makePictureFolder(path.join(place.dir, 'Autumn'), 40);
    },
    modelsDir: ({ dir }) => path.join(dir, 'models'),
    async begin(app, { dir }) {
      await app.catalogs.add(path.join(dir, 'Autumn'));
      await until(() => app.progress().some(({ obstacle }) => obstacle !== null));
    },
  },

  large: {
    async make(place) {
      const folder = path.join(place.dir, 'Whole range');
      await makeLargeFolder(folder, { items: LARGE });
      await fill(place, (app) => app.catalogs.add(folder).then(() => untilScanned(app)), SCAN_ONLY);
      copyVectors(place.sampleDataDir, place.dataDir);
    },
    begin: untilIdle,
  },
} as const satisfies Record<string, World>;

export type WorldName = keyof typeof WORLDS;

/** Makes the sample's data folder, which several worlds are copies of. */
export async function makeSample(dataDir: string, rendererDir: string): Promise<void> {
  const stage = await startStage({ dataDir, rendererDir });
  await stage.app.catalogs.addSample();
  await untilIdle(stage.app);
  await stage.stop();
}

async function fill(
  { dataDir, rendererDir }: Place,
  work: (app: App) => Promise<unknown>,
  jobs?: readonly JobKind[],
): Promise<void> {
  const stage = await startStage({ dataDir, rendererDir, jobs });
  await work(stage.app);
  await stage.stop();
}

/** Three collections, anew for each theme: a full one, a short one and an empty one. */
async function gather(app: App): Promise<void> {
  for (const { id } of app.collections.list()) app.collections.delete(id);
  const catalogId = app.catalogs.list()[0]!.id;
  const { items } = await app.browse.items({
    catalogId,
    sort: { by: 'field:colour', direction: 'asc' },
    offset: 0,
    limit: 300,
  });
  const keys = items.map(({ key }) => key).filter((_, at) => at % 23 === 5);
  app.collections.create(catalogId, 'Autumn window', keys.toSpliced(4, 0, '10-GONE'));
  app.collections.create(catalogId, 'For Marta', keys.slice(2, 7));
  app.collections.create(catalogId, 'Wedding guests');
}

function pictures(app: App): number {
  return app.catalogs.list().reduce((sum, { embedded }) => sum + embedded.image, 0);
}
