import type { Modality } from '../../../../shared/contract/models.ts';
import type { ProblemRepository } from '../../catalog/problem-repository.ts';
import { CloudError } from '../../aws/cloud-error.ts';
import { VitrineError } from '../../errors.ts';
import type { JobHandler, JobOutcome } from '../../queue/job-runner.ts';
import type { ConnectionService } from '../connection-service.ts';
import type { IndexService } from '../index-service.ts';
import type { Link, LinkRepository } from '../link-repository.ts';
import { prepareIndexes } from '../prepare-indexes.ts';
import { assertSamePlace } from '../same-place.ts';
import type { Deletions } from './deletions.ts';
import type { Leaving } from './leaving.ts';
import type { Ledger } from './ledger.ts';
import type { PublishRun } from './publish-run.ts';
import type { PublishThread } from './publish-thread.ts';
import type { RecordSource } from './record-source.ts';
import { sendIndex } from './send-index.ts';

export interface PublishJobOptions {
  readonly connections: ConnectionService;
  readonly indexes: IndexService;
  readonly links: LinkRepository;
  readonly ledger: Ledger;
  readonly problems: ProblemRepository;
  readonly thread: PublishThread;
  readonly source: RecordSource;
  readonly deletions: Deletions;
  readonly runOf: (catalogId: number) => PublishRun;
  readonly onObstacle: (catalogId: number, error: VitrineError | null) => void;
}

const DONE: JobOutcome = { status: 'done' };
/** How long until it tries again by itself. */
const PAUSE_MS = { network: 10_000, user: 60_000 } as const;

/**
 * Publishes a linked catalog: one job a catalog, both indexes at once. Its progress is the ledger, so
 * that it may be stopped and started again at any moment.
 */
export function createPublishJob(options: PublishJobOptions): JobHandler {
  const { links, problems, runOf, onObstacle } = options;
  return {
    kind: 'publish',
    batchSize: 1,
    concurrency: 2,
    async run([job], { signal }) {
      if (job === undefined) return { outcomes: [] };
      const { catalogId } = job;
      const link = links.find(catalogId);
      if (link?.publishing !== 'wanted') return { outcomes: [DONE] };
      const run = runOf(catalogId);
      try {
        await publish(options, { link, run, signal });
        onObstacle(catalogId, null);
      } catch (error) {
        if (!(error instanceof VitrineError) || error.code === 'CANCELLED') throw error;
        onObstacle(catalogId, error);
        const isNetwork = error instanceof CloudError && error.failure !== 'blocked';
        return {
          outcomes: [
            {
              status: 'blocked',
              error: error.message,
              pauseMs: isNetwork ? PAUSE_MS.network : PAUSE_MS.user,
              isCatalogOnly: true,
            },
          ],
        };
      } finally {
        run.end();
      }
      return {
        outcomes: [DONE],
        commit() {
          // Stopped or paused half way, it is still to be done.
          const isAllDone = (['image', 'text'] as const)
            .map((modality) => run.side(modality))
            .every(({ done, total }) => done >= total);
          const state = links.publishingOf(catalogId);
          if (!signal.aborted && (state === 'wanted' || (state === 'paused' && isAllDone))) {
            links.setPublishing(catalogId, 'idle');
          }
        },
      };
    },
    giveUp({ catalogId, attempts }, error) {
      links.setPublishing(catalogId, 'paused');
      problems.removeForCatalog(catalogId, 'publish-given-up');
      problems.add({
        catalogId,
        itemId: null,
        itemKey: null,
        stage: 'publish',
        modality: null,
        kind: 'publish-given-up',
        severity: 'problem',
        file: null,
        line: null,
        field: null,
        reason: `Given up after ${attempts} tries: ${error}`,
        action: 'Publish again; if it stays like this, the log says more.',
        raw: null,
      });
    },
  };
}

async function publish(
  options: PublishJobOptions,
  { link, run, signal }: { link: Link; run: PublishRun; signal: AbortSignal },
): Promise<void> {
  const { connections, indexes, links, ledger, thread, source, problems, deletions } = options;
  const { catalogId } = link;
  const api = connections.refresh();
  await assertSamePlace(link, api);
  const details = await prepareIndexes({ link, indexes: link.indexes, service: indexes, api });
  for (const [at, index] of link.indexes.entries()) {
    const { createdAt, nonFilterableKeys } = details[at]!;
    if (index.createdAt !== null && index.createdAt !== createdAt) throw madeAnew(index.name);
    links.confirm(index.id, { createdAt, nonFilterable: nonFilterableKeys });
  }
  problems.removeForCatalog(catalogId, 'publish-given-up');
  const prepared = links.get(catalogId);
  const left = { image: 0, text: 0 };
  const sides: { modality: Modality; leaving: Leaving }[] = [];
  for (const index of prepared.indexes) {
    const { added, changed, refusable, leaving } = await thread.changes(index);
    left[index.modality] = added + changed + refusable;
    sides.push({ modality: index.modality, leaving });
  }
  const counts = await deletions.allowed(catalogId, sides);
  for (const { modality } of sides) left[modality] += counts[modality];
  run.begin(left);
  const isWanted = () => links.publishingOf(catalogId) === 'wanted';
  const results = await Promise.allSettled(
    prepared.indexes.map((index) =>
      sendIndex({
        index,
        api,
        thread,
        source,
        ledger,
        run,
        signal,
        isWanted,
        // A scan may have found more to be gone meanwhile, and the service has refused some.
        mayDelete: async () => (await deletions.now(prepared))[index.modality],
      }),
    ),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function madeAnew(name: string): VitrineError {
  return new VitrineError(
    'INDEX_MISMATCH',
    `The index ${name} was deleted and made anew: what is known of its vectors is not true any more.`,
    { action: 'Link the catalog again; then everything is published anew.', subject: name },
  );
}
