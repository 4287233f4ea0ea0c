import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { MemorySecretStore } from '../../electron/core/aws/connection.ts';
import { S3Vectors } from '../../electron/core/aws/s3-vectors.ts';
import { PutBody } from '../../electron/core/cloud/publish/put-body.ts';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import {
  PRACTICE_CONNECTION,
  shopItems,
  startPublisher,
  writeShop,
} from '../support/embedded-shop.ts';
import { temporaryFolder } from '../support/test-app.ts';

/** What a practice connection signs with. */
const credentials = { accessKeyId: 'PRACTICE', secretAccessKey: 'practice' };
const PRODUCTS = 1_200;

test('a service that checks every signature takes what the publishing thread has hashed', async () => {
  await using folder = await temporaryFolder();
  const practice = await startPracticeCloud({ credentials });
  const catalogId = writeShop(folder.path, shopItems(PRODUCTS, { image: 16, text: 8 }));
  await using publisher = startPublisher(folder.path);
  const { cloud, runner } = publisher.app;
  try {
    await cloud.connections.set({ ...PRACTICE_CONNECTION, endpoint: practice.endpoint });
    await cloud.links.link({ catalogId, bucket: 'signed', create: true });
    cloud.publishing.start(catalogId);
    await runner.whenIdle({ kinds: ['publish'] });
    expect(cloud.publishing.obstacle(catalogId)).toBeNull();
    expect(cloud.publishing.tally(catalogId)).toMatchObject({
      sent: { image: PRODUCTS, text: PRODUCTS },
      requests: 6,
    });
  } finally {
    await practice.stop();
  }
});

test('a body under the hash of another one is refused, and nothing of it is kept', async () => {
  const practice = await startPracticeCloud({ credentials });
  const place = { bucket: 'signed', name: 'index' };
  const api = new S3Vectors({
    connection: { ...PRACTICE_CONNECTION, endpoint: practice.endpoint },
    secrets: new MemorySecretStore(),
  });
  try {
    await api.createBucket(place.bucket);
    await api.createIndex(place, { dimension: 2, metric: 'cosine', nonFilterableKeys: [] });
    const bodyOf = (key: string) => {
      const body = new PutBody(place);
      body.add({ key, numbers: Float32Array.of(0.6, 0.8), metadata: '{}' });
      return body.take();
    };
    await api.putVectors(bodyOf('a'), { sha256: hash('sha256', bodyOf('a')) });
    await expect(
      api.putVectors(bodyOf('b'), { sha256: hash('sha256', bodyOf('a')) }),
    ).rejects.toMatchObject({ failure: 'blocked', code: 'CREDENTIALS_MISSING' });
    expect((await api.getVectors(place, ['a', 'b'])).map(({ key }) => key)).toEqual(['a']);
  } finally {
    api.close();
    await practice.stop();
  }
});
