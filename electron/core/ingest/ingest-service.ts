import type { CatalogRepository } from '../catalog/catalog-repository.ts';
import type {
  ProblemRepository,
  ProblemScope,
  RefusedUnit,
} from '../catalog/problem-repository.ts';
import type { Db } from '../db/database.ts';
import type { JobRunner } from '../queue/job-runner.ts';
import type { JobStore } from '../queue/job-store.ts';

export interface IngestServiceOptions {
  readonly db: Db;
  readonly catalogs: CatalogRepository;
  readonly problems: ProblemRepository;
  readonly store: JobStore;
  readonly runner: JobRunner;
  /** Sends again what indexes have refused. Returns how many vectors that is. */
  readonly publishAgain: (catalogId: number, refused: readonly RefusedUnit[]) => number;
  readonly onChange: () => void;
}

/** What a user can ask of the queue. */
export class IngestService {
  readonly #options: IngestServiceOptions;

  constructor(options: IngestServiceOptions) {
    this.#options = options;
  }

  /** Queues a scan; embedding follows by itself. */
  scan(catalogId: number): void {
    this.#enqueue('scan', catalogId);
  }

  /** Queues whatever has no vector yet. */
  plan(catalogId: number): void {
    this.#enqueue('plan', catalogId);
  }

  pause(catalogId: number): void {
    this.#options.catalogs.get(catalogId);
    this.#options.catalogs.setPaused(catalogId, true);
    this.#options.onChange();
  }

  resume(catalogId: number): void {
    this.#options.catalogs.setPaused(catalogId, false);
    this.#options.runner.unblock();
    this.plan(catalogId);
  }

  /**
   * Stops embedding and forgets what waits; vectors made so far stay, and what runs now is finished.
   * `resume` asks again for whatever has no vector.
   */
  cancel(catalogId: number): void {
    const { catalogs, store, onChange } = this.#options;
    catalogs.get(catalogId);
    catalogs.setPaused(catalogId, true);
    store.cancel(catalogId);
    onChange();
  }

  /**
   * Tries again what was given up on: pictures and names are embedded again, and when the scope holds
   * problems of the scan the folder is scanned again; what an index has refused is sent again. Returns how many jobs that makes; 0 when nothing
   * in the scope can be tried again.
   */
  retry(scope: ProblemScope & { problemId?: number | undefined }): number {
    const { db, problems, store, runner, publishAgain, onChange } = this.#options;
    const { catalogId } = scope;
    const retryable = problems.retryable(scope);
    const { units } = retryable;
    const refresh = db.prepare('UPDATE item SET image_stale = 1 WHERE id = ?');
    const queued = db
      .transaction(() => {
        for (const { itemId, modality } of units) {
          problems.removeForItem(itemId, modality);
          if (modality === 'image') refresh.run(itemId);
        }
        const kinds: ('scan' | 'plan')[] = [];
        if (retryable.scan) kinds.push('scan');
        if (retryable.plan || units.length > 0) kinds.push('plan');
        store.enqueue(
          kinds.map((kind) => ({ kind, catalogId })),
          Date.now(),
        );
        return units.length + (retryable.scan ? 1 : 0) + (retryable.plan ? 1 : 0);
      })
      .immediate();
    const sent = retryable.refused.length === 0 ? 0 : publishAgain(catalogId, retryable.refused);
    runner.unblock();
    onChange();
    return queued + sent;
  }

  #enqueue(kind: 'scan' | 'plan', catalogId: number): void {
    const { catalogs, store, runner, onChange } = this.#options;
    catalogs.get(catalogId); // says CATALOG_NOT_FOUND
    store.enqueue([{ kind, catalogId }], Date.now());
    runner.kick();
    onChange();
  }
}
