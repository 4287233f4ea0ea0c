import { startBenchApp, temporaryFolder, type BenchApp } from './support/bench-app.ts';
import type { Effort } from './support/effort.ts';
import { preparePlainLoop } from './support/plain-loop.ts';
import { DIMENSIONS, makePublishCatalogs } from './support/publish-catalog.ts';
import { startPractice, startReceiver } from './support/publish-endpoints.ts';
import type { Reception } from './support/receiving-server.ts';
import type { Report } from './support/report.ts';
import { show, showMebibytes, showRatio } from './support/statistics.ts';
import { watch, type Watched } from './support/watch.ts';

/** What the service takes of one index in a second. */
const LIMIT = 2_500;
const BUCKET = 'bench';
/** How long a service that is not next door takes to answer. */
const FAR_MS = 200;
const MEMORY_INTERVAL_MS = 50;
const STALL_GOAL_MS = 50;
const MEMORY_GOAL = 1.1;

/** Publishing both indexes, against the original's loop: 500 at a time, one request after another. */
export async function benchPublish({ isQuick }: Effort): Promise<Report> {
  const count = isQuick ? 5_000 : 44_000;
  const few = isQuick ? 1_000 : 10_000;
  await using folder = await temporaryFolder();
  const [manyId = 0, fewId = 0] = await makePublishCatalogs(folder.path, [count, few]);
  await using bench = await startBenchApp({ dataDir: folder.path, jobs: ['publish'] });
  await using practice = await startPractice();
  await using receiver = await startReceiver(practice.endpoint);
  const ours = await publish(bench, { catalogId: manyId, count, endpoint: receiver.endpoint });
  const reception = await receiver.reception();
  checkArrived(reception, count);
  const plan = await watch(bench, () => bench.app.cloud.publishing.plan(manyId));
  const strict = await publish(bench, {
    catalogId: fewId,
    count: few,
    endpoint: practice.endpoint,
  });
  await using farReceiver = await startReceiver(practice.endpoint, FAR_MS);
  const far = await publish(bench, {
    catalogId: fewId,
    count: few,
    endpoint: farReceiver.endpoint,
  });
  checkArrived(await farReceiver.reception(), few);
  const plain = await watch(bench, await preparePlainLoop(receiver.endpoint, few, 'plain'));
  const plainStrict = await watch(
    bench,
    await preparePlainLoop(practice.endpoint, few, 'plain-strict'),
  );
  const rate = (count - LIMIT) / ours.result.seconds;
  const peak = Math.max(
    ...Object.values(reception.indexes).map(({ peakVectorsPerSecond }) => peakVectorsPerSecond),
  );
  const { second, last } = ours.result.memory;
  return {
    title: 'Publishing to S3 Vectors',
    method: [
      `${show(count)} products, ${DIMENSIONS.image} numbers a picture and ${DIMENSIONS.text} a name, from SQLite, as one vector into each of two indexes at once; ${show(few)} for the rows with fewer.`,
      'Receiving server: a process of its own on the same cores that takes bodies as cheaply as they can be taken. It reads them, counts their vectors by a marker, holds their length against what was said and one hash in twenty against the signed one, and keeps nothing. The real service does all its work elsewhere. Practice cloud: the strict stand-in, also a process of its own, which parses, checks and keeps every vector, and refuses what is over the limits, on the same cores.',
      'The plain loop is the original notebook’s: 500 vectors a request, one after another, the numbers (in memory already) handed to the SDK as a list; index after index.',
      `Products a second: from the yes to the last acknowledgement, the comparison with the ledger included. The goal’s rate leaves out the ${show(LIMIT)} vectors that an index takes at once after a pause. A request counts against the limit until a second after its answer (or 1.1 s after it was sent), so that no second of the service’s clock holds too many: with an answer after 20 ms that allows 2,450 a second.`,
      'Own processor time: all threads of the application’s process, among them the one that reads, compares and writes requests, for a thousand products; it hardly changes on a busy machine.',
    ],
    goals: [
      {
        what: 'Both indexes at the service’s rate',
        bar: `${show(0.9 * LIMIT)} vectors a second each`,
        measured: show(rate),
        isReached: rate >= 0.9 * LIMIT,
      },
      {
        what: 'The most vectors an index was sent in any one second',
        bar: show(LIMIT),
        measured: show(peak),
        isReached: peak <= LIMIT,
      },
      {
        what: 'The main thread stays free while publishing',
        bar: `<= ${STALL_GOAL_MS} ms`,
        measured: `${show(ours.longestStallMs)} ms (${show(ours.longestTurnMs)} ms own work)`,
        isReached: ours.longestStallMs <= STALL_GOAL_MS,
      },
      {
        what: 'Memory in the last tenth against that in the second',
        bar: `<= ${MEMORY_GOAL} x`,
        measured: `${showRatio(last / second)} x (${showMebibytes(second)}, ${showMebibytes(last)})`,
        isReached: last / second <= MEMORY_GOAL,
      },
    ],
    tables: [
      {
        title: 'Both indexes',
        columns: [
          '',
          'products',
          'seconds',
          'products/s',
          'own processor ms a thousand',
          'of it main thread',
          'longest stall ms',
          'own work ms',
          'p99 stall ms',
        ],
        rows: [
          row('Vitrine, receiving server', ours, count),
          row(`Vitrine, receiving server that answers after ${FAR_MS} ms`, far, few),
          row('Vitrine, practice cloud', strict, few),
          row('plain loop, receiving server', plain, few),
          row('plain loop, practice cloud', plainStrict, few),
          row('plan of the published catalog', plan, count),
        ],
      },
    ],
  };
}

interface Published {
  readonly seconds: number;
  /** Resident bytes of the application's process at their largest, in two tenths of the run. */
  readonly memory: { readonly second: number; readonly last: number };
}

async function publish(
  bench: BenchApp,
  { catalogId, count, endpoint }: { catalogId: number; count: number; endpoint: string },
): Promise<Watched<Published>> {
  const { cloud, runner } = bench.app;
  await cloud.connections.set({ source: { kind: 'practice' }, region: 'us-east-1', endpoint });
  await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
  // Its tally must not go on from that of another endpoint.
  cloud.publishing.cancel(catalogId);
  return watch(bench, async () => {
    const memory = { second: 0, last: 0 };
    const sampler = setInterval(() => {
      const { image, text } = cloud.publishing.tally(catalogId).sent;
      const tenth = Math.ceil(((image + text) / (2 * count)) * 10);
      const bytes = process.memoryUsage.rss();
      if (tenth === 2) memory.second = Math.max(memory.second, bytes);
      if (tenth === 10) memory.last = Math.max(memory.last, bytes);
    }, MEMORY_INTERVAL_MS);
    cloud.publishing.start(catalogId);
    await runner.whenIdle({ kinds: ['publish'], isBlockedEnough: true });
    clearInterval(sampler);
    const { sent, seconds } = cloud.publishing.tally(catalogId);
    if (sent.image !== count || sent.text !== count) {
      throw new Error(`Published ${sent.image} pictures and ${sent.text} names of ${count}`);
    }
    return { seconds, memory };
  });
}

function checkArrived({ indexes, faults }: Reception, count: number): void {
  if (faults.length > 0) throw new Error(`The receiving server found: ${faults.join(', ')}`);
  const vectors = Object.values(indexes).map((side) => side.vectors);
  if (vectors.length !== 2 || vectors.some((arrived) => arrived !== count)) {
    throw new Error(`${vectors.join(' and ')} vectors arrived of ${count} each`);
  }
}

function row(name: string, watched: Watched<unknown>, count: number): string[] {
  const aThousand = 1_000_000 / count;
  return [
    name,
    show(count),
    show(watched.seconds),
    show(count / watched.seconds),
    show(watched.ownSeconds * aThousand),
    show(watched.mainThreadSeconds * aThousand),
    show(watched.longestStallMs),
    show(watched.longestTurnMs),
    show(watched.p99StallMs),
  ];
}
