import { PutVectorsCommand, S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { expect, test } from 'vitest';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import { PRACTICE_CONNECTION, shopItems, startPublisher } from '../support/embedded-shop.ts';
import { temporaryFolder } from '../support/test-app.ts';

const BUCKET = 'notebook';
const INDEX = { bucket: BUCKET, name: 'text-index' };
/** Of the model of names that ships with Vitrine. */
const DIMENSION = 384;

test('an index of a notebook, without tags and unit length, is restored after a yes', async () => {
  await using folder = await temporaryFolder();
  const practice = await startPracticeCloud();
  await using publisher = startPublisher(folder.path);
  const { cloud } = publisher.app;
  try {
    await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
    await cloud.indexes.createBucket(BUCKET);
    await cloud.indexes.create({ ...INDEX, dimension: DIMENSION });
    const items = shopItems(20, { image: 2, text: DIMENSION });
    const client = new S3VectorsClient({
      endpoint: practice.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'PRACTICE', secretAccessKey: 'practice' },
    });
    await client.send(
      new PutVectorsCommand({
        vectorBucketName: BUCKET,
        indexName: INDEX.name,
        vectors: items.map(({ key, text }) => ({
          key,
          data: { float32: Array.from(text, (value) => 3 * value) },
          metadata: { productName: `Shirt ${key}`, gender: 'Women' },
        })),
      }),
    );
    client.destroy();
    const wish = { bucket: BUCKET, textIndex: INDEX.name, name: 'Notebook' };
    await expect(cloud.restorer.restore(wish)).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
      data: { consent: 'assume-model', subject: INDEX.name },
    });
    expect(publisher.app.catalogs.list()).toEqual([]);
    const { catalogId, items: count } = await cloud.restorer.restore({
      ...wish,
      assumeModel: true,
    });
    expect(count).toBe(20);
    expect(publisher.app.catalogs.get(catalogId)).toMatchObject({
      name: 'Notebook',
      fields: [{ name: 'gender', type: 'string' }],
      embedded: { image: 0, text: 20 },
    });
    expect(await cloud.publishing.plan(catalogId)).toMatchObject({ isUpToDate: true });
  } finally {
    await practice.stop();
  }
});
