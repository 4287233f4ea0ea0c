import { z } from 'zod';
import type { ListingOf } from '../../../shared/contract/cloud/listing.ts';
import type { VerifyReport } from '../../../shared/contract/cloud/verify.ts';
import type { SettingStore } from '../settings/setting-store.ts';
import type { ConnectionService } from './connection-service.ts';
import type { Link, LinkRepository } from './link-repository.ts';
import { ListingRuns, type ListingRun } from './listing/listing-runs.ts';
import { together } from './listing/together.ts';
import { IndexVerification } from './listing/verify-index.ts';
import type { Ledger } from './publish/ledger.ts';
import type { PublishThread } from './publish/publish-thread.ts';
import type { UnfinishedRestores } from './restore/unfinished-restores.ts';
import { assertSamePlace } from './same-place.ts';

export interface VerifyServiceOptions {
  readonly connections: ConnectionService;
  readonly links: LinkRepository;
  readonly ledger: Ledger;
  readonly thread: PublishThread;
  readonly settings: SettingStore;
  readonly unfinished: UnfinishedRestores;
  readonly onChange: () => void;
}

/** When indexes were last compared; `indexes` tells them from others linked later. */
const verifiedSchema = z.object({ at: z.number(), isInStep: z.boolean(), indexes: z.string() });
const settingOf = (catalogId: number) => `cloud.verified.${catalogId}`;

/** Compares what indexes really hold with the catalog, whoever has changed them. */
export class VerifyService {
  readonly #options: VerifyServiceOptions;
  readonly #runs: ListingRuns<VerifyReport>;

  constructor(options: VerifyServiceOptions) {
    this.#options = options;
    this.#runs = new ListingRuns(options.onChange);
  }

  /**
   * Begins `verify`, and goes on with it whoever waits: `listings` says how far it is.
   *
   * @throws VitrineError BUSY, CLOUD_NOT_LINKED
   */
  start(catalogId: number, options: { vectors: boolean }): void {
    this.#options.links.get(catalogId);
    this.#runs.start(catalogId, (run) => this.verify(catalogId, { ...options, ...run }));
  }

  /** It ends without a report, which a window would only have to close. */
  stop(catalogId: number): void {
    this.#runs.stop(catalogId);
  }

  forget(catalogId: number): void {
    this.#runs.forget(catalogId);
  }

  listings(): ListingOf<'verify'>[] {
    return this.#runs.states().map((state) => ({ ...state, kind: 'verify' }));
  }

  /** Stops and forgets what runs on a catalog that is about to go; resolves when it writes no more. */
  drop(catalogId: number): Promise<void> {
    return this.#runs.drop(catalogId);
  }

  /** Resolves when none writes any more. */
  stopAll(): Promise<void> {
    return this.#runs.stopAll();
  }

  /**
   * Lists both indexes in parallel segments. What it finds goes into the ledger, so that the next
   * publishing mends it; nothing in the cloud is changed here.
   *
   * @param options.vectors compare the numbers too, which have to be fetched for it
   * @throws VitrineError CLOUD_NOT_LINKED, INDEX_MISMATCH, CANCELLED; BUSY while it is not restored
   *   completely
   */
  async verify(
    catalogId: number,
    { vectors = false, ...run }: { vectors?: boolean } & Partial<ListingRun> = {},
  ): Promise<VerifyReport> {
    const { connections, links, settings, ledger, thread, unfinished } = this.#options;
    const link = links.get(catalogId);
    unfinished.assertComplete(catalogId);
    const api = connections.api();
    await assertSamePlace(link, api);
    const startedAt = performance.now();
    for (const index of link.indexes) {
      // An empty ledger tells nothing.
      run.progress?.begin(index.modality, ledger.count(index) || null);
    }
    const indexes = await together(
      link.indexes.map((index) => (signal) => {
        const { progress } = run;
        return new IndexVerification({
          index,
          api,
          thread,
          ledger,
          vectors,
          progress,
          signal,
        }).run();
      }),
      run.signal,
    );
    const isInStep = indexes.every(
      ({ missing, unexpected, different }) =>
        missing.count + unexpected.count + different.metadata.count + different.vector.count === 0,
    );
    settings.write(settingOf(catalogId), { at: Date.now(), isInStep, indexes: identityOf(link) });
    return {
      catalogId,
      indexes,
      isInStep,
      seconds: Number(((performance.now() - startedAt) / 1000).toFixed(3)),
    };
  }

  /** When these indexes were compared last, and whether all was in step; null before. */
  last(catalogId: number): { at: number; isInStep: boolean } | null {
    const { links, settings } = this.#options;
    const verified = settings.read(settingOf(catalogId), verifiedSchema);
    const link = links.find(catalogId);
    if (verified === null || link === null || identityOf(link) !== verified.indexes) return null;
    return { at: verified.at, isInStep: verified.isInStep };
  }
}

/** An index that was made anew is another one. */
function identityOf({ bucket, endpoint, region, indexes }: Link): string {
  return JSON.stringify([
    endpoint ?? region,
    bucket,
    indexes.map(({ name, createdAt }) => [name, createdAt]),
  ]);
}
