import { beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../../shared/contract/problems.ts';
import type { JobKind } from '../queue/job-store.ts';
import { noteGivenUp } from './give-up.ts';
import { embedded, IngestWorld } from './fixtures/ingest-world.ts';

let world: IngestWorld;

beforeEach(async () => {
  world = await IngestWorld.open();
});

const listed = () =>
  world.problems
    .list({ catalogId: 1, offset: 0, limit: 9 })
    .map(({ kind, itemKey, file, raw, reason }: Problem) => ({ kind, itemKey, file, raw, reason }));

/** The last of the tries, made by the runner. */
async function failForGood(): Promise<void> {
  world.store.enqueue([{ kind: 'plan', catalogId: 1 }], 0);
  world.runner.start();
  await world.runner.whenIdle({ kinds: ['plan'] });
  await world.runner.stop();
  world.db.exec(`UPDATE job SET attempts = 4, not_before = 0 WHERE state = 'queued'`);
  world.runner.start();
  await world.runner.whenIdle();
  await world.runner.stop();
}

const queued = () =>
  world.db
    .prepare<[], JobKind>(`SELECT kind FROM job WHERE state = 'queued' ORDER BY kind`)
    .pluck()
    .all();

test('a picture and a name that fail five times become problems, which a retry takes up', async () => {
  const id = world.addItem('a', { picture: 'sub/a.jpg', name: 'A red hat' });
  world.answer = () => undefined;
  world.answerText = () => undefined;
  await failForGood();
  const reason = 'Given up after 5 tries: The embedder gave no answer.';
  expect(listed()).toEqual([
    { kind: 'name-given-up', itemKey: 'a', file: null, raw: 'A red hat', reason },
    { kind: 'picture-given-up', itemKey: 'a', file: 'sub/a.jpg', raw: null, reason },
  ]);
  expect(world.problems.countFailed(1)).toEqual({ image: 1, text: 1 });
  // By itself it is not tried again, not even when the catalog is planned anew.
  expect(await world.ingestOnce()).toEqual({});

  world.answer = () => embedded('picture');
  world.answerText = (text) => embedded(text);
  expect(world.ingest.retry({ catalogId: 1, kind: 'picture-given-up' })).toBe(1);
  expect(await world.ingestOnce()).toEqual({ done: 1 });
  expect(listed().map(({ kind }) => kind)).toEqual(['name-given-up']);
  expect(world.ingest.retry({ catalogId: 1 })).toBe(1);
  expect(await world.ingestOnce()).toEqual({ done: 1 });
  expect(listed()).toEqual([]);
  expect([world.hashOf(id, 'image'), world.hashOf(id, 'text')]).not.toContain(null);
});

test('a scan and a plan that fail five times become problems of the catalog', () => {
  const giveUp = (kind: 'scan' | 'plan', error: string) => {
    const job = { id: 1, kind, catalogId: 1, itemId: null, attempts: 5 };
    noteGivenUp(world, { job, kind, error });
  };
  giveUp('scan', 'disk I/O error');
  giveUp('plan', 'disk full');
  giveUp('plan', 'disk still full');
  const whole = { itemKey: null, file: null, raw: null };
  expect(listed()).toEqual([
    { kind: 'plan-given-up', ...whole, reason: 'Given up after 5 tries: disk still full' },
    { kind: 'scan-given-up', ...whole, reason: 'Given up after 5 tries: disk I/O error' },
  ]);
  expect(world.ingest.retry({ catalogId: 1, kind: 'scan-given-up' })).toBe(1);
  expect(queued()).toEqual(['scan']);
  world.db.exec('DELETE FROM job');
  expect(world.ingest.retry({ catalogId: 1 })).toBe(2);
  expect(queued()).toEqual(['plan', 'scan']);
});

test('a plan that succeeds takes its problem away', async () => {
  const job = { id: 1, kind: 'plan', catalogId: 1, itemId: null, attempts: 5 } as const;
  noteGivenUp(world, { job, kind: 'plan', error: 'disk full' });
  await world.ingestOnce();
  expect(listed()).toEqual([]);
});

test('a retry queues nothing where nothing can be retried', () => {
  world.addItem('a', { picture: 'a.jpg' });
  expect(world.ingest.retry({ catalogId: 1 })).toBe(0);
  expect(world.ingest.retry({ catalogId: 1, kind: 'picture-truncated' })).toBe(0);
  expect(world.ingest.retry({ catalogId: 1, problemId: 4711 })).toBe(0);
  expect(queued()).toEqual([]);
});

test('what is wrong with a name stays when the picture is embedded, and the other way round', async () => {
  world.addItem('a', { picture: 'a.jpg', name: 'Bad' });
  world.answerText = () => ({
    status: 'refused',
    kind: 'name-unreadable',
    reason: 'No',
    action: 'Shorten it',
  });
  expect(await world.ingestOnce()).toEqual({ done: 1, failed: 1 });
  expect(listed().map(({ kind }) => kind)).toEqual(['name-unreadable']);
  // Looked at again, the picture is still fine, and the name is still not.
  world.db.exec('UPDATE item SET image_stale = 1');
  expect(await world.ingestOnce()).toEqual({ done: 1 });
  expect(listed().map(({ kind }) => kind)).toEqual(['name-unreadable']);

  world.answerText = (text) => embedded(text);
  world.answer = () => ({
    status: 'refused',
    kind: 'picture-truncated',
    reason: 'It ends early',
    action: 'Copy it again',
  });
  world.db.exec('UPDATE item SET image_stale = 1');
  world.ingest.retry({ catalogId: 1 });
  expect(await world.ingestOnce()).toEqual({ done: 1, failed: 1 });
  expect(listed().map(({ kind }) => kind)).toEqual(['picture-truncated']);
});
