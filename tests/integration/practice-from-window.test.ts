import { createServer } from 'node:net';
import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { createRouter } from '../../electron/core/api/router.ts';
import { createApp, type App } from '../../electron/core/app.ts';
import { startPracticeCloud } from '../../electron/practice-cloud/start-practice-cloud.ts';
import { shopItems, writeShop } from '../support/embedded-shop.ts';
import { installation, temporaryFolder } from '../support/test-app.ts';

/** A host with a window: one that brings a practice cloud along. */
function startHost(dataDir: string): { app: App } & AsyncDisposable {
  const app = createApp({
    ...installation,
    dataDir,
    host: 'browser',
    folderChooser: 'ours',
    jobs: ['publish'],
    ports: {
      launchWorker: () => {
        throw new Error('nothing here needs a model');
      },
      log: () => undefined,
      startPracticeCloud,
    },
  });
  app.start();
  return { app, [Symbol.asyncDispose]: () => app.stop() };
}

function cloudOf(app: App) {
  return createRouterClient(createRouter(app, () => undefined)).cloud;
}

test('the practice cloud comes back at its address, with what it held, when Vitrine is started again', async () => {
  await using folder = await temporaryFolder();
  const catalogId = writeShop(folder.path, shopItems(40, { image: 16, text: 8 }));
  let endpoint: string | null | undefined;
  {
    await using first = startHost(folder.path);
    const cloud = cloudOf(first.app);
    await cloud.startPractice();
    endpoint = (await cloud.connection())?.endpoint;
    await cloud.setLink({ catalogId, bucket: 'practice', create: true });
    await cloud.publish({ catalogId });
    for await (const [progress] of await cloud.live()) if (progress?.state === 'idle') break;
  }
  await using second = startHost(folder.path);
  const cloud = cloudOf(second.app);
  expect((await cloud.connection())?.endpoint).toBe(endpoint);
  await expect
    .poll(() =>
      cloud.test().then(
        (answer) => answer.endpoint,
        () => null,
      ),
    )
    .toBe(endpoint);
  await cloud.verify({ catalogId, vectors: true });
  for await (const [listing] of await cloud.listings()) {
    if (listing?.state === 'running') continue;
    expect(listing?.report).toMatchObject({
      isInStep: true,
      indexes: [{ listed: 40 }, { listed: 40 }],
    });
    break;
  }
  expect(await cloud.lastVerified({ catalogId })).toMatchObject({ isInStep: true });
  // A second window's process takes part in what runs already.
  await using third = startHost(folder.path);
  await cloudOf(third.app).startPractice();
  expect((await cloudOf(third.app).connection())?.endpoint).toBe(endpoint);
});

test('an address that another program has taken is named', async () => {
  await using folder = await temporaryFolder();
  let endpoint: string;
  {
    await using first = startHost(folder.path);
    await cloudOf(first.app).startPractice();
    endpoint = (await cloudOf(first.app).connection())?.endpoint ?? '';
  }
  const stranger = createServer((socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'));
  const port = Number(new URL(endpoint).port);
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));
  try {
    await using second = startHost(folder.path);
    await expect(cloudOf(second.app).startPractice()).rejects.toMatchObject({
      code: 'BUSY',
      message: expect.stringContaining(endpoint) as string,
    });
  } finally {
    await new Promise((resolve) => stranger.close(resolve));
  }
});

test('columns are measured over all items before anything is linked', async () => {
  await using folder = await temporaryFolder();
  const items = shopItems(30, { image: 16, text: 8 });
  items[7]!.metadata['note'] = 'ü'.repeat(1_500);
  const catalogId = writeShop(folder.path, items);
  await using host = startHost(folder.path);
  const cloud = cloudOf(host.app);
  const columns = await cloud.suggestColumns({ catalogId });
  const measured = await cloud.measureColumns({ catalogId, columns });
  expect(measured).toMatchObject({ items: 30, failing: 1, maxKeys: 4 });
  // Two bytes a letter: the service counts UTF-8.
  expect(measured.maxFilterableBytes).toBeGreaterThan(3_000);
  expect(measured.failures).toEqual([
    { key: 'p7', reason: expect.stringContaining('more than the 2048 allowed') as string },
  ]);
  const longApart = columns.map((column) => ({ ...column, filterable: column.as !== 'note' }));
  expect(await cloud.measureColumns({ catalogId, columns: longApart })).toMatchObject({
    failing: 0,
    maxBytes: measured.maxBytes,
  });
  await expect(
    cloud.measureColumns({ catalogId, columns: [columns[0]!, columns[0]!] }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
