import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  PutVectorsCommand,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { ROOT, startBenchApp, temporaryFolder } from './support/bench-app.ts';
import type { Effort } from './support/effort.ts';
import { DIMENSIONS, savePublishCatalog } from './support/publish-catalog.ts';
import type { Report } from './support/report.ts';
import { show, showMebibytes, showRatio } from './support/statistics.ts';
import { makeVectors } from './support/vector-catalog.ts';
import { watch, type Watched } from './support/watch.ts';

const BATCH = 500;
/** What the service takes of one index in a second. */
const LIMIT = 2_500;
const BUCKET = 'bench';

/** Publishing both indexes, against the original's loop: 500 at a time, one request after another. */
export async function benchPublish({ isQuick }: Effort): Promise<Report> {
  const count = isQuick ? 2_000 : 20_000;
  await using folder = await temporaryFolder();
  const catalogId = savePublishCatalog(folder.path, count);
  await using bench = await startBenchApp({ dataDir: folder.path, jobs: ['publish'] });
  await using practice = await startPractice();
  const plain = await watch(bench, () => plainLoop(practice.endpoint, count));
  const { cloud, runner } = bench.app;
  await cloud.connections.set({
    source: { kind: 'practice' },
    region: 'us-east-1',
    endpoint: practice.endpoint,
  });
  await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
  const ours = await watch(bench, async () => {
    cloud.publishing.start(catalogId);
    await runner.whenIdle({ kinds: ['publish'], isBlockedEnough: true });
    return cloud.publishing.tally(catalogId);
  });
  const rate = count / ours.result.seconds;
  const again = await watch(bench, () => cloud.publishing.plan(catalogId));
  return {
    title: 'Publishing to S3 Vectors',
    method: [
      `${count.toLocaleString('en-US')} products, ${DIMENSIONS.image} numbers a picture and ${DIMENSIONS.text} a name, to a practice cloud in a process of its own on the same machine, which enforces the service's limits.`,
      'The plain loop is the original notebook’s: 500 vectors a request, one after another, the numbers handed to the SDK as a list; index after index.',
    ],
    goals: [
      {
        what: 'Both indexes at the service’s rate',
        bar: `${show(0.9 * LIMIT)} vectors a second each`,
        measured: show(rate),
        isReached: rate >= 0.9 * LIMIT,
      },
      {
        what: 'The main thread stays free while publishing',
        bar: '50 ms of work in a turn',
        measured: `${show(ours.longestTurnMs)} ms`,
        isReached: ours.longestTurnMs <= 50,
      },
    ],
    tables: [
      {
        title: 'Both indexes',
        columns: [
          '',
          'seconds',
          'vectors/s an index',
          'longest turn, ms',
          'p99 delay, ms',
          'memory',
        ],
        rows: [
          row('plain loop', plain, count),
          row('Vitrine', ours, count),
          row('plan of an unchanged catalog', again, count),
          ['Vitrine, times as fast', showRatio(plain.seconds / ours.seconds), '', '', '', ''],
        ],
      },
    ],
  };
}

function row(name: string, watched: Watched<unknown>, count: number): string[] {
  return [
    name,
    show(watched.seconds),
    show(count / watched.seconds),
    show(watched.longestTurnMs),
    show(watched.p99StallMs),
    showMebibytes(watched.peakMainBytes - watched.mainBytesBefore),
  ];
}

async function plainLoop(endpoint: string, count: number): Promise<void> {
  const client = new S3VectorsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  await client.send(new CreateVectorBucketCommand({ vectorBucketName: 'plain' }));
  for (const [indexName, dimension] of Object.entries(DIMENSIONS)) {
    const place = { vectorBucketName: 'plain', indexName: `${indexName}-index` };
    await client.send(
      new CreateIndexCommand({
        ...place,
        dimension,
        dataType: 'float32',
        distanceMetric: 'cosine',
      }),
    );
    const matrix = makeVectors(count, dimension, 3);
    for (let from = 0; from < count; from += BATCH) {
      const vectors = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => ({
        key: String(10_000 + from + at),
        data: {
          float32: Array.from(
            matrix.subarray((from + at) * dimension, (from + at + 1) * dimension),
          ),
        },
        metadata: { gender: 'Men', category: 'Apparel', type: 'Casual', season: 'Fall' },
      }));
      await client.send(new PutVectorsCommand({ ...place, vectors }));
    }
  }
  client.destroy();
}

/** A practice cloud in a process of its own. */
export async function startPractice(): Promise<{ endpoint: string } & AsyncDisposable> {
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', 's3vectors-local.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('The practice cloud did not start'))),
  ])) as [string];
  const endpoint = /http:\S+/.exec(line)?.[0] ?? '';
  return {
    endpoint,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
