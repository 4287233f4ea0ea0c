import path from 'node:path';
import type { AppInfo } from '../../shared/contract/app.ts';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { Listing } from '../../shared/contract/cloud/listing.ts';
import type { PublishProgress } from '../../shared/contract/cloud/publish.ts';
import type { Collection } from '../../shared/contract/collections.ts';
import type { Diagnostics } from '../../shared/contract/diagnostics.ts';
import type { CatalogProgress } from '../../shared/contract/ingest.ts';
import type { ModelsLive } from '../../shared/contract/models.ts';
import { BrowseService } from './browse/browse-service.ts';
import { CatalogRepository } from './catalog/catalog-repository.ts';
import { CatalogService } from './catalog/catalog-service.ts';
import { FolderDrops } from './catalog/folder-drops.ts';
import { ProblemRepository } from './catalog/problem-repository.ts';
import { createCloud, type Cloud } from './cloud/create-cloud.ts';
import { LinkRepository } from './cloud/link-repository.ts';
import { CloudSearch } from './cloud/search/cloud-search.ts';
import { CollectionService } from './collections/collection-service.ts';
import { Checkpointer } from './db/checkpointer.ts';
import { openDatabase } from './db/database.ts';
import { watchOtherProcesses } from './db/watch-other-processes.ts';
import { collectDiagnostics } from './diagnostics/collect-diagnostics.ts';
import { ProcessEmbedder } from './embedding/process-embedder.ts';
import { ProcessThumbnailer } from './embedding/process-thumbnailer.ts';
import { describeError } from './errors.ts';
import { ActiveModels } from './ingest/active-models.ts';
import { createIngest } from './ingest/create-ingest.ts';
import type { IngestService } from './ingest/ingest-service.ts';
import type { IngestTotals } from './ingest/ingest-totals.ts';
import { createModelService, openModelSettings } from './models/create-model-service.ts';
import { ModelRegistry } from './models/model-registry.ts';
import type { ModelService } from './models/model-service.ts';
import { ItemPictures } from './pictures/item-pictures.ts';
import type { Log, Ports } from './ports.ts';
import { Pulse } from './pulse.ts';
import type { JobRunner } from './queue/job-runner.ts';
import { JobStore, type JobKind } from './queue/job-store.ts';
import { QueryPictures } from './search/query-pictures.ts';
import { QueryVectors } from './search/query-vectors.ts';
import { SearchService } from './search/search-service.ts';
import { EmbeddingRepository } from './vectors/embedding-repository.ts';
import { LocalEngine } from './vectors/local-engine.ts';
import { ServingModels } from './vectors/serving-models.ts';
import { warmUp } from './warm-up.ts';

export interface AppOptions {
  /** Where everything of the user's lives: database, thumbnails, models, dropped folders. */
  readonly dataDir: string;
  /** The models that ship with Vitrine, with their manifest. */
  readonly modelsDir: string;
  /** Holds `sample-catalog`. */
  readonly resourcesDir: string;
  readonly version: string;
  readonly host: AppInfo['host'];
  /** Where the host writes `vitrine.log`; `logs` in the data folder by default. */
  readonly logsDir?: string;
  readonly folderChooser: AppInfo['folderChooser'];
  /** Kinds of jobs this process runs; all by default. */
  readonly jobs?: readonly JobKind[];
  readonly ports: Ports;
  /** The built file of `db/checkpoint-worker.ts`, where the source is not at hand. */
  readonly checkpointEntry?: string;
  /** The built file of `cloud/publish/publish-worker.ts`, likewise. */
  readonly publishEntry?: string;
}

/** Counting a catalog's jobs takes 8 ms where there are 90,000, its vectors 15: not ten times a second. */
const PROGRESS_MS = 250;
const CATALOGS_MS = 1_000;

/** The whole of Vitrine without a window: built from plain constructors, mounted by every host. */
export interface App {
  readonly info: AppInfo;
  readonly log: Log;
  readonly catalogs: CatalogService;
  readonly browse: BrowseService;
  readonly collections: CollectionService;
  readonly problems: ProblemRepository;
  readonly ingest: IngestService;
  readonly search: {
    /** By the engine that the query names. */
    run: SearchService['run'];
    /** Begins to embed a picture that will be asked with. */
    expect(pictureId: string): void;
  };
  readonly queryPictures: QueryPictures;
  readonly models: ModelService;
  readonly pictures: ItemPictures;
  readonly drops: FolderDrops;
  readonly cloud: Cloud;
  readonly runner: JobRunner;
  /** What this process has done since it started. */
  readonly totals: IngestTotals;
  progress(): CatalogProgress[];
  watchProgress(signal: AbortSignal | undefined): AsyncGenerator<CatalogProgress[], void>;
  watchCatalogs(signal: AbortSignal | undefined): AsyncGenerator<Catalog[], void>;
  watchCollections(signal: AbortSignal | undefined): AsyncGenerator<Collection[], void>;
  watchPublishing(signal: AbortSignal | undefined): AsyncGenerator<PublishProgress[], void>;
  watchListings(signal: AbortSignal | undefined): AsyncGenerator<Listing[], void>;
  watchModels(signal: AbortSignal | undefined): AsyncGenerator<ModelsLive, void>;
  /** What a report about a fault needs, for Settings and the About box. */
  diagnostics(): Promise<Diagnostics>;
  /** Gives back what a killed process was doing and starts the queue. */
  start(): void;
  /** Loads models and vectors ahead, for hosts with a window: the first query is as quick as the second. */
  warmUp(): Promise<void>;
  /** Stops the queue and the child processes, then closes the database. */
  stop(): Promise<void>;
}

/**
 * @throws VitrineError DATA_FOLDER_UNUSABLE
 */
export function createApp(options: AppOptions): App {
  const { dataDir, ports } = options;
  const db = openDatabase(dataDir);
  const pulse = new Pulse();
  const notify = () => pulse.notify();

  const modelSettings = openModelSettings(db);
  const models = new ModelRegistry({
    bundledDir: options.modelsDir,
    userDir: path.join(dataDir, 'models'),
    choices: modelSettings,
  });
  const embedder = new ProcessEmbedder({ launch: ports.launchWorker, models, log: ports.log });
  const thumbnailer = new ProcessThumbnailer({ launch: ports.launchWorker, log: ports.log });
  const pictures = new ItemPictures({
    db,
    cacheDir: path.join(dataDir, 'thumbnails'),
    thumbnailer,
  });

  const repository = new CatalogRepository(db);
  const problems = new ProblemRepository(db);
  const embeddings = new EmbeddingRepository(db);
  const activeModels = new ActiveModels(models, embeddings);
  const engine = new LocalEngine({ db, log: ports.log });
  const serving = new ServingModels(db);
  const browse = new BrowseService({ db, serving });
  const collections = new CollectionService({
    db,
    catalogs: repository,
    serving,
    onChange: notify,
  });

  const store = new JobStore(db);
  const cloud = createCloud({
    db,
    catalogs: repository,
    problems,
    serving,
    models: activeModels,
    store,
    runner: () => ingest.runner,
    onChange: notify,
    dataDir,
    ports,
    publishEntry: options.publishEntry,
  });
  const ingest = createIngest({
    db,
    catalogs: repository,
    problems,
    embeddings,
    models: activeModels,
    embedder,
    engine,
    store,
    otherJobs: [cloud.job],
    kinds: options.jobs,
    publishAgain: (catalogId, refused) => cloud.publishing.publishAgain(catalogId, refused),
    log: ports.log,
    onChange: notify,
  });
  const { runner, progress, instance, totals } = ingest;

  const drops = new FolderDrops({
    dir: path.join(dataDir, 'dropped'),
    catalogs: { add: (folder) => catalogs.add(folder) },
    problems,
  });
  const catalogs: CatalogService = new CatalogService({
    db,
    repository,
    problems,
    serving,
    ingest: ingest.service,
    sampleDir: path.join(options.resourcesDir, 'sample-catalog'),
    mayOpenFolder: ports.mayOpenFolder ?? (() => true),
    isRestoring: (catalogId) => cloud.restorer.isRunning(catalogId),
    onChange: notify,
    onRemoving: (catalogId) => cloud.release(catalogId),
    onRemoved: (root) => {
      forgetGone();
      return drops.forget(root);
    },
  });
  const modelService = createModelService({
    db,
    dataDir,
    resourcesDir: options.resourcesDir,
    registry: models,
    settings: modelSettings,
    catalogs: repository,
    serving,
    store,
    ports,
    onActiveChanged: planAll,
    onChange: notify,
  });
  const queryPictures = new QueryPictures({ embedder, thumbnailer });
  const vectors = new QueryVectors({ db, embeddings, models, embedder, pictures: queryPictures });
  const localSearch = new SearchService({ db, engine, serving, models, vectors });
  const cloudSearch = new CloudSearch({
    db,
    catalogs: repository,
    connections: cloud.connections,
    links: new LinkRepository(db),
    serving,
    models,
    vectors,
  });
  const search: App['search'] = {
    run: (input, searchOptions) =>
      (input.engine === 's3vectors' ? cloudSearch : localSearch).run(input, searchOptions),
    expect: (pictureId) => void vectors.expect(pictureId),
  };

  /** Gives back what is held of catalogs that are gone, whichever process removed them. */
  function forgetGone(): void {
    const there = new Set(repository.list().map(({ id }) => id));
    for (const holder of [engine, browse, serving, progress]) holder.keepOnly(there);
  }

  /** A model put in place, since the last start or now, or chosen, needs vectors of its own. */
  function planAll(): void {
    for (const { id, scannedAt } of repository.list()) {
      if (scannedAt !== null) store.enqueue([{ kind: 'plan', catalogId: id }], Date.now());
    }
    runner.unblock();
    notify();
  }

  let pollTimer: NodeJS.Timeout | undefined;
  let checkpointer: Checkpointer | undefined;
  let tidying: Promise<void> | undefined;
  const stopping = new AbortController();
  async function tidy(): Promise<void> {
    await repository.resumeRemovals(stopping.signal);
    await drops.clearLeftovers();
  }
  const info: AppInfo = {
    version: options.version,
    host: options.host,
    platform: process.platform,
    dataDir,
    folderChooser: options.folderChooser,
  };
  return {
    info,
    log: ports.log,
    catalogs,
    browse,
    collections,
    problems,
    ingest: ingest.service,
    search,
    queryPictures,
    models: modelService,
    pictures,
    drops,
    cloud,
    runner,
    totals,
    progress: () => progress.snapshot(),
    watchProgress: (signal) =>
      pulse.watch(() => progress.snapshot(), { everyMs: PROGRESS_MS, signal }),
    watchPublishing: (signal) =>
      pulse.watch(() => cloud.progress(), { everyMs: PROGRESS_MS, signal }),
    watchListings: (signal) =>
      pulse.watch(() => cloud.listings(), { everyMs: PROGRESS_MS, signal }),
    watchCatalogs: (signal) => pulse.watch(() => catalogs.list(), { everyMs: CATALOGS_MS, signal }),
    watchCollections: (signal) =>
      pulse.watch(() => collections.list(), { everyMs: CATALOGS_MS, signal }),
    watchModels: (signal) =>
      pulse.watch(() => modelService.live(), { everyMs: PROGRESS_MS, signal }),
    diagnostics: () =>
      collectDiagnostics({
        info,
        db,
        logFile: path.join(options.logsDir ?? path.join(dataDir, 'logs'), 'vitrine.log'),
        models: () => modelService.list(),
        catalogs: () => catalogs.list(),
        progress: () => progress.snapshot(),
      }),
    start() {
      tidying = tidy().catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        ports.log('error', 'Tidying up failed', { error: describeError(error) });
      });
      const recovered = instance.start();
      if (recovered > 0)
        ports.log('info', 'Going on where a stopped process left off', { jobs: recovered });
      if (ingest.kinds.has('plan')) planAll();
      if (ingest.kinds.size > 0) {
        checkpointer = new Checkpointer(db, { entry: options.checkpointEntry, log: ports.log });
      }
      if (ingest.kinds.has('publish')) cloud.publishing.resumeWanted();
      void cloud.practice.resume().then(() => runner.unblock());
      runner.start();
      pollTimer = watchOtherProcesses(db, () => {
        modelService.noteOthers();
        forgetGone();
        notify();
      });
    },
    warmUp: () => warmUp({ models, embedder, embeddings, engine, catalogs: repository }),
    async stop() {
      clearInterval(pollTimer);
      stopping.abort();
      await tidying;
      await modelService.stop();
      await runner.stop();
      await cloud.stop();
      await Promise.all([embedder.stop(), thumbnailer.stop()]);
      instance.stop();
      await checkpointer?.stop();
      db.close();
    },
  };
}
