import type {
  IndexPlan,
  PublishPlan,
  PublishProgress,
  SideCounts,
} from '../../../../shared/contract/cloud/publish.ts';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import { queryCost, storageCost, uploadCost } from '../../aws/cost.ts';
import { S3_VECTORS_PRICES } from '../../aws/price-table.ts';
import type { RefusedUnit } from '../../catalog/problem-repository.ts';
import type { VitrineError } from '../../errors.ts';
import type { JobRunner } from '../../queue/job-runner.ts';
import type { JobStore } from '../../queue/job-store.ts';
import { columnsOf, type LinkedIndex, type LinkRepository } from '../link-repository.ts';
import type { UnfinishedRestores } from '../restore/unfinished-restores.ts';
import type { Consent, Deletions } from './deletions.ts';
import type { Ledger } from './ledger.ts';
import { PublishRun, type PublishTally } from './publish-run.ts';
import type { PublishThread } from './publish-thread.ts';
import type { IndexChanges } from './record-source.ts';

export interface PublishServiceOptions {
  readonly links: LinkRepository;
  readonly ledger: Ledger;
  readonly store: JobStore;
  readonly runner: () => Pick<JobRunner, 'kick' | 'unblock'>;
  readonly thread: PublishThread;
  readonly deletions: Deletions;
  readonly unfinished: UnfinishedRestores;
  readonly onStart: (catalogId: number) => void;
  readonly onChange: () => void;
}

const { vectorsPerPut, vectorsPerDelete, vectorsPerSecond } = S3_VECTORS_LIMITS;

/** Publishing as a user sees it: plan, yes, pause, go on, cancel, progress. */
export class PublishService {
  readonly #options: PublishServiceOptions;
  readonly #runs = new Map<number, PublishRun>();
  readonly #obstacles = new Map<number, VitrineError>();

  constructor(options: PublishServiceOptions) {
    this.#options = options;
  }

  /**
   * What publishing would do now. Reads this computer only.
   *
   * @throws VitrineError CLOUD_NOT_LINKED, BUSY while the catalog is not restored completely
   */
  async plan(catalogId: number): Promise<PublishPlan> {
    const { links, thread, deletions, unfinished } = this.#options;
    const link = links.get(catalogId);
    unfinished.assertComplete(catalogId);
    const found: { index: LinkedIndex; changes: IndexChanges }[] = [];
    for (const index of link.indexes) found.push({ index, changes: await thread.changes(index) });
    const consent = await deletions.consentFor(
      catalogId,
      found.map(({ changes }) => changes.leaving),
    );
    const workOf = ({ added, changed, leaving }: IndexChanges) =>
      added + changed + (consent === 'withheld' ? 0 : leaving.count);
    const sum = (read: (side: (typeof found)[number]) => number) =>
      found.reduce((total, side) => total + read(side), 0);
    const [first] = link.indexes;
    return {
      catalogId,
      indexes: found.map(({ index, changes }) => toIndexPlan(index, changes, consent)),
      columns: first === undefined ? [...link.columns] : columnsOf(link, first),
      seconds: Math.max(0, ...found.map(({ changes }) => workOf(changes) / vectorsPerSecond)),
      cost: {
        upload: sum(({ changes }) =>
          uploadCost(changes.added + changes.changed, changes.sendBytes),
        ),
        perMonth: sum(({ changes }) => storageCost(changes.holdBytes)),
        perThousandSearches: 1_000 * sum(({ changes }) => searchCost(changes)),
        pricesReadOn: S3_VECTORS_PRICES.readOn,
      },
      deletions: consent,
      isUpToDate: found.every(({ changes }) => workOf(changes) === 0),
    };
  }

  /**
   * The yes: publishes from now on until all is sent, also after a restart.
   *
   * @param options.deletions the yes of their own that deletions of a notable share need; after a
   * pause the one that was given before.
   * @throws VitrineError as `plan`
   */
  start(catalogId: number, { deletions }: { deletions?: SideCounts | undefined } = {}): void {
    const { links, store, runner, unfinished, onStart, onChange } = this.#options;
    links.get(catalogId);
    unfinished.assertComplete(catalogId);
    onStart(catalogId);
    if (deletions !== undefined) links.agreeToDeletions(catalogId, deletions);
    links.setPublishing(catalogId, 'wanted');
    store.enqueue([{ kind: 'publish', catalogId }], Date.now());
    runner().unblock();
    onChange();
  }

  /** Stops after what is under way; `start` goes on. */
  pause(catalogId: number): void {
    this.#stop(catalogId, 'paused');
  }

  /** Stops and forgets the yes; what was sent stays. */
  cancel(catalogId: number): void {
    this.#stop(catalogId, 'idle');
    this.#runs.delete(catalogId);
  }

  /** What the service has refused may be sent again. Returns how many records. */
  forgetRefusals(catalogId: number): number {
    const forgotten = this.#options.ledger.retry(catalogId);
    this.#options.onChange();
    return forgotten;
  }

  /**
   * As `forgetRefusals`, of these records only, and publishes them at once: who asks to try again
   * has said yes to sending. Of a catalog that is linked no more there is nothing to send.
   */
  publishAgain(catalogId: number, refused: readonly RefusedUnit[]): number {
    const { ledger, links, unfinished } = this.#options;
    unfinished.assertComplete(catalogId);
    const forgotten = ledger.retry(catalogId, refused);
    if (links.find(catalogId) !== null) this.start(catalogId);
    return forgotten;
  }

  /** What a killed process was told to publish is still wanted. Call it at the start. */
  resumeWanted(): void {
    const { links, store } = this.#options;
    const wanted = links.catalogIds().filter((id) => links.publishingOf(id) === 'wanted');
    store.enqueue(
      wanted.map((catalogId) => ({ kind: 'publish', catalogId })),
      Date.now(),
    );
  }

  /** The state of every linked catalog. */
  progress(): PublishProgress[] {
    return this.#options.links.catalogIds().map((catalogId) => this.#describe(catalogId));
  }

  /** What this process has done of a catalog's publishing. */
  tally(catalogId: number): PublishTally {
    return this.runOf(catalogId).tally();
  }

  obstacle(catalogId: number): VitrineError | null {
    return this.#obstacles.get(catalogId) ?? null;
  }

  readonly runOf = (catalogId: number): PublishRun => {
    let run = this.#runs.get(catalogId);
    if (run === undefined) {
      run = new PublishRun(this.#options.onChange);
      this.#runs.set(catalogId, run);
    }
    return run;
  };

  readonly noteObstacle = (catalogId: number, error: VitrineError | null): void => {
    if (error === null) this.#obstacles.delete(catalogId);
    else this.#obstacles.set(catalogId, error);
    this.#options.onChange();
  };

  #stop(catalogId: number, publishing: 'paused' | 'idle'): void {
    const { links, onChange } = this.#options;
    links.get(catalogId);
    links.setPublishing(catalogId, publishing);
    this.#obstacles.delete(catalogId);
    onChange();
  }

  #describe(catalogId: number): PublishProgress {
    const { links, store } = this.#options;
    const publishing = links.publishingOf(catalogId);
    const { running } = store.counts(catalogId, 'publish');
    const obstacle = publishing === 'wanted' ? this.obstacle(catalogId) : null;
    const run = this.runOf(catalogId);
    const { sent, deleted, quarantined } = run.tally();
    const sides = (['image', 'text'] as const).map((modality) => ({
      modality,
      ...run.side(modality),
    }));
    // Both go side by side: the slower one decides, and one that has not begun is not known.
    const etas = sides
      .filter(({ done, total }) => done < total)
      .map(({ done, total, ratePerSecond }) => (total - done) / (ratePerSecond ?? 0));
    const etaSeconds = Math.max(...etas);
    return {
      catalogId,
      state:
        publishing === 'wanted'
          ? running > 0
            ? 'running'
            : obstacle === null
              ? 'waiting'
              : 'failed'
          : publishing,
      sides,
      etaSeconds: running > 0 && Number.isFinite(etaSeconds) ? etaSeconds : null,
      sent,
      deleted,
      quarantined,
      obstacle:
        obstacle === null
          ? null
          : {
              code: obstacle.code,
              message: obstacle.message,
              action: obstacle.data.action ?? '',
              command: obstacle.data.command ?? null,
            },
    };
  }
}

function searchCost(changes: IndexChanges): number {
  const vectors = changes.added + changes.changed + changes.unchanged;
  return vectors === 0 ? 0 : queryCost(vectors, changes.searchedBytes / vectors);
}

function toIndexPlan(index: LinkedIndex, changes: IndexChanges, consent: Consent): IndexPlan {
  const { added, changed, leaving, unchanged, quarantined, failing } = changes;
  const deleted = consent === 'withheld' ? 0 : leaving.count;
  const { id, dimension } = index.model;
  return {
    modality: index.modality,
    bucket: index.bucket,
    index: index.name,
    model: { id, dimension },
    added,
    changed,
    deleted,
    leaving: { ...leaving, reasons: [...leaving.reasons] },
    unchanged,
    quarantined,
    requests: Math.ceil((added + changed) / vectorsPerPut) + Math.ceil(deleted / vectorsPerDelete),
    bytes: changes.sendBytes,
    metadata: changes.metadata,
    failing,
    failures: [...changes.failures],
  };
}
