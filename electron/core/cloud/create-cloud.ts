import type { Listing } from '../../../shared/contract/cloud/listing.ts';
import type { PublishProgress } from '../../../shared/contract/cloud/publish.ts';
import { MemorySecretStore } from '../aws/connection.ts';
import type { RequestHandler } from '../aws/request-handler.ts';
import type { CatalogRepository } from '../catalog/catalog-repository.ts';
import type { ProblemRepository } from '../catalog/problem-repository.ts';
import type { Db } from '../db/database.ts';
import type { JobHandler, JobRunner } from '../queue/job-runner.ts';
import type { ActiveModels } from '../ingest/active-models.ts';
import type { Ports } from '../ports.ts';
import type { JobStore } from '../queue/job-store.ts';
import { SettingStore } from '../settings/setting-store.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import { ConnectionService } from './connection-service.ts';
import { IndexService } from './index-service.ts';
import { LinkRepository } from './link-repository.ts';
import { LinkService } from './link-service.ts';
import { LookService } from './look/look-service.ts';
import { PracticeService } from './practice-service.ts';
import { Deletions } from './publish/deletions.ts';
import { Ledger } from './publish/ledger.ts';
import { createPublishJob } from './publish/publish-job.ts';
import { PublishService } from './publish/publish-service.ts';
import { PublishThread } from './publish/publish-thread.ts';
import { RecordSource } from './publish/record-source.ts';
import { RestoreService } from './restore/restore-service.ts';
import { UnfinishedRestores } from './restore/unfinished-restores.ts';
import { TagService } from './tag-service.ts';
import { VerifyService } from './verify-service.ts';

export interface CloudOptions {
  readonly db: Db;
  readonly catalogs: CatalogRepository;
  readonly problems: ProblemRepository;
  readonly serving: ServingModels;
  /** The models that make new embeddings. */
  readonly models: Pick<ActiveModels, 'ref'>;
  readonly store: JobStore;
  readonly runner: () => Pick<JobRunner, 'kick' | 'unblock'>;
  readonly onChange: () => void;
  /** Of the data folder. */
  readonly dataDir: string;
  readonly ports: Pick<Ports, 'secrets' | 'startPracticeCloud' | 'log'>;
  readonly requestHandler?: RequestHandler | undefined;
  /** The built file of `publish/publish-worker.ts`, where the source is not at hand. */
  readonly publishEntry?: string | undefined;
}

/** Amazon S3 Vectors, as the hosts see it. */
export interface Cloud {
  readonly connections: ConnectionService;
  readonly practice: PracticeService;
  readonly indexes: IndexService;
  readonly tags: TagService;
  readonly links: LinkService;
  readonly looker: LookService;
  readonly publishing: PublishService;
  readonly verifier: VerifyService;
  readonly restorer: RestoreService;
  readonly job: JobHandler;
  /** Ends publishing, comparing and restoring of a catalog; resolves when the latter two write no more. */
  release(catalogId: number): Promise<void>;
  progress(): PublishProgress[];
  /** Indexes being compared or restored, and what came of it. */
  listings(): Listing[];
  stop(): Promise<void>;
}

/** Nothing is sent and no thread started before somebody asks for it. */
export function createCloud(options: CloudOptions): Cloud {
  const { db, catalogs, problems, serving, store, runner, onChange, ports } = options;
  const settings = new SettingStore(db);
  const connections = new ConnectionService({
    settings,
    secrets: ports.secrets ?? new MemorySecretStore(),
    requestHandler: options.requestHandler,
    onChange,
  });
  const practice = new PracticeService({
    dataDir: options.dataDir,
    settings,
    connections,
    start: ports.startPracticeCloud,
    log: ports.log,
  });
  const indexes = new IndexService(connections);
  const links = new LinkRepository(db);
  const ledger = new Ledger(db, problems);
  const source = new RecordSource(db, links);
  const thread = new PublishThread(db.name, { entry: options.publishEntry });
  const unfinished = new UnfinishedRestores(settings, links);
  const verifier = new VerifyService({
    connections,
    links,
    ledger,
    thread,
    settings,
    unfinished,
    onChange,
  });
  const restorer = new RestoreService({
    db,
    catalogs,
    connections,
    indexes,
    links,
    ledger,
    source,
    unfinished,
    active: (modality) => options.models.ref(modality),
    onChange,
  });
  const deletions = new Deletions({ catalogs, links, thread });
  const publishing = new PublishService({
    links,
    ledger,
    store,
    runner,
    thread,
    deletions,
    unfinished,
    // What it mends is no difference any more.
    onStart: (catalogId) => verifier.forget(catalogId),
    onChange,
  });
  const release = async (catalogId: number) => {
    if (links.find(catalogId) !== null) publishing.cancel(catalogId);
    await Promise.all([verifier.drop(catalogId), restorer.drop(catalogId)]);
  };
  return {
    connections,
    practice,
    indexes,
    tags: new TagService(connections),
    links: new LinkService({
      db,
      catalogs,
      connections,
      indexes,
      links,
      serving,
      release,
      onChange,
    }),
    looker: new LookService({ db, catalogs, connections, serving, source }),
    publishing,
    verifier,
    restorer,
    job: createPublishJob({
      connections,
      indexes,
      links,
      ledger,
      problems,
      thread,
      source,
      deletions,
      runOf: publishing.runOf,
      onObstacle: publishing.noteObstacle,
    }),
    release,
    progress: () => publishing.progress(),
    listings: () => [...verifier.listings(), ...restorer.listings()],
    async stop() {
      await Promise.all([verifier.stopAll(), restorer.stopAll()]);
      await thread.stop();
      await practice.stop();
      connections.close();
    },
  };
}
