import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { runJson, startCommand } from '../support/command-line.ts';
import { drawProducts } from '../support/draw-products.ts';
import { temporaryFolder } from '../support/test-app.ts';

const PRODUCTS = 300;
const KILLS = 8;

interface Vector {
  readonly key: string;
  readonly modality: string;
  readonly vector: Buffer;
}

test(
  'kill -9 at any moment and start again: nothing is lost and nothing is there twice',
  { timeout: 240_000 },
  async () => {
    await using folder = await temporaryFolder();
    const catalog = path.join(folder.path, 'products');
    const undisturbed = path.join(folder.path, 'undisturbed');
    const killed = path.join(folder.path, 'killed');
    await drawProducts(catalog, PRODUCTS);

    await runJson(undisturbed, ['catalog', 'add', catalog]);
    await runJson(undisturbed, ['ingest']);

    // The first kill may hit the scan itself, the later ones the embedding.
    await killAfter(startCommand(killed, ['catalog', 'add', catalog]), 450);
    await runJson(killed, ['catalog', 'add', catalog]);
    const progress: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      await killAfter(startCommand(killed, ['ingest']), 500 + kill * 170);
      progress.push(readVectors(killed).length);
    }
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));

    await runJson(killed, ['ingest']);
    const vectors = readVectors(killed);
    expect(vectors).toHaveLength(PRODUCTS * 2);
    expect(vectors).toEqual(readVectors(undisturbed));
    expect(await runJson(killed, ['ingest'])).toMatchObject({
      embedded: { image: 0, text: 0 },
      failed: 0,
    });
  },
);

async function killAfter(command: ReturnType<typeof startCommand>, ms: number): Promise<void> {
  await Promise.race([delay(ms), command.finished]);
  command.kill('SIGKILL');
  await command.finished;
}

function readVectors(dataDir: string): Vector[] {
  const db = new Database(path.join(dataDir, 'vitrine.sqlite'), { readonly: true });
  try {
    return db
      .prepare<[], Vector>(
        `SELECT item.key, embedding.modality, embedding.vector FROM embedding
         JOIN item ON item.id = embedding.item_id ORDER BY item.key, embedding.modality`,
      )
      .all();
  } finally {
    db.close();
  }
}
