import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { IngestWorld } from './fixtures/ingest-world.ts';

const ITEMS = 2000;

let world: IngestWorld;

beforeEach(async () => {
  world = await IngestWorld.open();
});

const jobs = () =>
  world.db.prepare('SELECT kind, state, count(*) FROM job GROUP BY 1, 2 ORDER BY 1, 2').raw().all();

test('a plan that is cancelled while it runs plans nothing more, and resuming plans it all', async () => {
  world.db.transaction(() => {
    for (let n = 0; n < ITEMS; n++) world.addItem(`k${n}`, { picture: `${n}.jpg` });
  })();
  let parts = 0;
  world.onPlanned = () => {
    parts += 1;
    if (parts === 1) world.ingest.cancel(1);
  };
  world.ingest.plan(1);
  world.runner.start();
  await world.runner.whenIdle();
  await world.runner.stop();
  // A plan of 2,000 has eight parts; the first was under way when it was cancelled.
  expect(parts).toBe(1);
  expect(jobs()).toEqual([]);
  expect(world.pictures).toEqual([]);

  world.runner.start();
  world.ingest.resume(1);
  await world.runner.whenIdle();
  expect(parts).toBe(9);
  expect(world.pictures).toHaveLength(ITEMS);
  expect(jobs()).toEqual([
    ['embed-image', 'done', ITEMS],
    ['plan', 'done', 1],
  ]);
});

test('a paused catalog is scanned when asked, and what that finds waits until it is resumed', async () => {
  await writeFile(path.join(world.root, 'red-hat.jpg'), 'not decoded here');
  world.ingest.pause(1);
  world.runner.start();
  world.ingest.scan(1);
  await world.runner.whenIdle();
  expect(world.db.prepare('SELECT key, name FROM item').raw().all()).toEqual([
    ['red-hat', 'Red hat'],
  ]);
  expect(jobs()).toEqual([
    ['plan', 'queued', 1],
    ['scan', 'done', 1],
  ]);
  expect(world.pictures).toEqual([]);

  world.ingest.resume(1);
  await world.runner.whenIdle();
  expect(world.pictures).toHaveLength(1);
  expect(world.texts).toEqual(['Red hat']);
});
