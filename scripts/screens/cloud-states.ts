import type { App } from '../../electron/core/app.ts';
import { copyAsNotebook } from '../../tests/support/copy-as-notebook.ts';
import { until } from './stage.ts';

const BUCKET = 'vitrine-sample-catalog';

/** Connected to the practice cloud, which does what it is told; nothing linked, nothing there. */
export async function connected(app: App, faults: object = {}): Promise<void> {
  const { practice, links, indexes } = app.cloud;
  await practice.connect();
  await misbehave(app, {});
  const catalogId = sampleOf(app);
  for (const { kind, catalogId: id } of app.cloud.listings()) {
    (kind === 'restore' ? app.cloud.restorer : app.cloud.verifier).stop(id);
  }
  await until(() => app.cloud.listings().every(({ state }) => state !== 'running'));
  for (const { id } of app.catalogs.list()) if (id !== catalogId) await app.catalogs.remove(id);
  if (links.find(catalogId) !== null) {
    app.cloud.publishing.cancel(catalogId);
    await until(() => app.cloud.progress().every(({ state }) => state === 'idle'));
    await links.unlink(catalogId);
  }
  const { buckets } = await indexes.listBuckets();
  for (const { name: bucket } of buckets) {
    for (const { name } of (await indexes.listIndexes(bucket)).indexes) {
      await indexes.delete({ bucket, name }, { confirmation: name });
    }
    await indexes.deleteBucket(bucket, { confirmation: bucket });
  }
  await misbehave(app, faults);
}

/** With a plan that waits for its yes. */
export async function planned(app: App, faults?: object): Promise<number> {
  await connected(app);
  const catalogId = sampleOf(app);
  await app.cloud.links.link({ catalogId, bucket: BUCKET, create: true });
  await misbehave(app, faults ?? {});
  return catalogId;
}

/** Told to publish, under these faults. */
export async function publishing(app: App, faults: object): Promise<void> {
  app.cloud.publishing.start(await planned(app, faults));
}

/** All sent. */
export async function inStep(app: App): Promise<number> {
  const catalogId = await planned(app);
  await untilPublished(app, catalogId);
  return catalogId;
}

/** Publishes a catalog to a practice cloud of its own. */
export async function publishAll(app: App, catalogId: number): Promise<void> {
  await app.cloud.practice.connect();
  await app.cloud.links.link({ catalogId, bucket: BUCKET, create: true });
  await untilPublished(app, catalogId);
}

async function untilPublished(app: App, catalogId: number): Promise<void> {
  app.cloud.publishing.start(catalogId);
  await until(() => app.cloud.progress().every(({ state }) => state === 'idle'));
}

/** In step once, until somebody else deleted some of it. */
export async function changedByOthers(app: App): Promise<void> {
  const catalogId = await inStep(app);
  const api = app.cloud.connections.api();
  const place = { bucket: BUCKET, name: 'img-index' };
  const { vectors } = await api.listVectors(place, { pageSize: 14 });
  await api.deleteVectors(
    place,
    vectors.map(({ key }) => key),
  );
  await app.cloud.verifier.verify(catalogId);
}

const LISTING_SLOWLY = { rates: { latency: 1 }, latencyMs: 3_000, operations: ['ListVectors'] };

/** Half compared, number by number. */
export async function verifying(app: App): Promise<void> {
  const catalogId = await inStep(app);
  await misbehave(app, { ...LISTING_SLOWLY, script: Array<'ok'>(5).fill('ok') });
  app.cloud.verifier.start(catalogId, { vectors: true });
}

/** A copy that has come half. Returns the catalog. */
export async function restoring(app: App): Promise<number> {
  await app.cloud.links.unlink(await inStep(app));
  await misbehave(app, { ...LISTING_SLOWLY, script: Array<'ok'>(19).fill('ok') });
  return app.cloud.restorer.start({ bucket: BUCKET, name: 'Sample, restored' });
}

/** In step once and unlinked since; a notebook has made indexes of its own of the same products. */
export async function beside(app: App, bucket: string): Promise<void> {
  const catalogId = await inStep(app);
  const endpoint = app.cloud.connections.get()?.endpoint ?? '';
  await copyAsNotebook(endpoint, { from: BUCKET, names: ['img-index', 'txt-index'], bucket });
  await app.cloud.links.unlink(catalogId);
}

/** No connection, as before the first. */
export async function notConnected(app: App): Promise<void> {
  await app.cloud.connections.remove();
}

function sampleOf(app: App): number {
  const [sample] = app.catalogs.list();
  if (sample === undefined) throw new Error('There is no catalog.');
  return sample.id;
}

/** See docs/practice-cloud.md. */
async function misbehave(app: App, faults: object): Promise<void> {
  const endpoint = app.cloud.connections.get()?.endpoint;
  await fetch(`${endpoint}/practice/faults`, { method: 'PUT', body: JSON.stringify(faults) });
}
