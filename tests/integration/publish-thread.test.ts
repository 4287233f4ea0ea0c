import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LinkRepository, type LinkedIndex } from '../../electron/core/cloud/link-repository.ts';
import { PublishThread } from '../../electron/core/cloud/publish/publish-thread.ts';
import { openDatabase, type Db } from '../../electron/core/db/database.ts';
import { VitrineError } from '../../electron/core/errors.ts';
import { shopItems, writeShop } from '../support/embedded-shop.ts';
import { ROOT, temporaryFolder } from '../support/test-app.ts';

const WORKER = path.join(ROOT, 'electron', 'core', 'cloud', 'publish', 'publish-worker.ts');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let db: Db;
let links: LinkRepository;
let index: LinkedIndex;

beforeEach(async () => {
  folder = await temporaryFolder();
  const catalogId = writeShop(folder.path, shopItems(3, { image: 8, text: 4 }));
  db = openDatabase(folder.path);
  links = new LinkRepository(db);
  const modelRef = db
    .prepare<[], number>(`SELECT ref FROM model WHERE modality = 'image'`)
    .pluck()
    .get()!;
  links.save({
    catalogId,
    bucket: 'shop',
    region: 'us-east-1',
    endpoint: null,
    columns: [],
    encryption: null,
    isCreating: true,
    isModelAssumed: false,
    indexes: [{ modality: 'image', name: 'img-index', modelRef }],
  });
  index = links.get(catalogId).indexes[0]!;
});

afterEach(async () => {
  db.close();
  await folder[Symbol.asyncDispose]();
});

test('an error keeps its code and its next step on the way back', async () => {
  const thread = new PublishThread(db.name);
  const failureOf = async (work: Promise<unknown>) => {
    const error = await work.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VitrineError);
    return error;
  };
  try {
    expect(await thread.changes(index)).toMatchObject({ added: 3 });
    links.remove(index.catalogId);
    expect(await failureOf(thread.changes(index))).toMatchObject({
      code: 'CLOUD_NOT_LINKED',
      message: 'This catalog is not linked to any index yet.',
      data: { action: expect.stringContaining('vitrine cloud link') as string },
    });

    // As one sees it that reads while the catalog goes: its vectors first, then nothing of it.
    db.pragma('foreign_keys = OFF');
    db.prepare(
      `INSERT INTO ledger (index_id, key, model_ref, content_hash, metadata_hash, acknowledged_at)
       VALUES (?, 'p9', ?, 'c', 'm', 1)`,
    ).run(index.id, index.model.ref);
    db.prepare('DELETE FROM catalog').run();
    expect(await failureOf(thread.leaving(index))).toMatchObject({
      code: 'CATALOG_NOT_FOUND',
      data: { action: expect.any(String) as string },
    });
  } finally {
    await thread.stop();
  }
});

test('the end of a thread that failed is none of the one that came after it', async () => {
  const flag = path.join(folder.path, 'failed-before');
  const entry = path.join(folder.path, 'fails-once.mjs');
  await writeFile(
    entry,
    `import { existsSync, writeFileSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     if (existsSync(${JSON.stringify(flag)})) await import('${pathToFileURL(WORKER).href}');
     else parentPort.once('message', () => {
       writeFileSync(${JSON.stringify(flag)}, '');
       throw new Error('out of memory');
     });`,
  );
  const thread = new PublishThread(db.name, { entry });
  try {
    const failures: unknown[] = [];
    // Asked again at once: before the first one's end is told.
    const second = thread.changes(index).catch((error: unknown) => {
      failures.push(error);
      return thread.changes(index);
    });
    expect(await second).toMatchObject({ added: 3 });
    expect(failures).toMatchObject([{ message: 'out of memory' }]);
  } finally {
    await thread.stop();
  }
});
