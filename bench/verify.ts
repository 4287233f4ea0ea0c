import { startBenchApp, temporaryFolder } from './support/bench-app.ts';
import type { Effort } from './support/effort.ts';
import { DIMENSIONS, savePublishCatalog } from './support/publish-catalog.ts';
import { startPractice } from './support/publish-endpoints.ts';
import type { Report } from './support/report.ts';
import { stallGoal, stepTable, WATCH_METHOD, type Step } from './support/watch-report.ts';
import { watch } from './support/watch.ts';

const BUCKET = 'bench';

/** Comparing both indexes with the catalog, number by number, while the main thread serves a window. */
export async function benchVerify({ isQuick }: Effort): Promise<Report> {
  const count = isQuick ? 2_000 : 10_000;
  await using folder = await temporaryFolder();
  const catalogId = savePublishCatalog(folder.path, count);
  await using bench = await startBenchApp({ dataDir: folder.path, jobs: ['publish'] });
  await using practice = await startPractice();
  const { cloud, runner } = bench.app;
  await cloud.connections.set({
    source: { kind: 'practice' },
    region: 'us-east-1',
    endpoint: practice.endpoint,
  });
  await cloud.links.link({ catalogId, bucket: BUCKET, create: true });
  cloud.publishing.start(catalogId);
  await runner.whenIdle({ kinds: ['publish'], isBlockedEnough: true });
  const keys = await watch(bench, () => cloud.verifier.verify(catalogId));
  const numbers = await watch(bench, () => cloud.verifier.verify(catalogId, { vectors: true }));
  // Who links anew knows nothing of what is there: each vector is compared and noted.
  await cloud.links.unlink(catalogId);
  await cloud.links.link({ catalogId, bucket: BUCKET });
  const unknown = await watch(bench, () => cloud.verifier.verify(catalogId, { vectors: true }));
  for (const { result } of [keys, numbers, unknown]) {
    if (!result.isInStep) throw new Error('What was just published differs');
  }
  const steps: Step[] = [
    ['keys and metadata', keys],
    ['and numbers', numbers],
    ['and numbers, of indexes not known before', unknown],
  ];
  return {
    title: 'Verifying S3 Vectors',
    method: [
      `${count.toLocaleString('en-US')} products in two indexes, ${DIMENSIONS.image} numbers a picture and ${DIMENSIONS.text} a name, in a practice cloud in a process of its own on the same machine.`,
      ...WATCH_METHOD,
    ],
    goals: [stallGoal(steps)],
    tables: [stepTable(steps)],
  };
}
