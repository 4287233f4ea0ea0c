import { rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { embedded, hash, IngestWorld } from './fixtures/ingest-world.ts';

let world: IngestWorld;

beforeEach(async () => {
  world = await IngestWorld.open();
});

describe('names', () => {
  test('equal texts are embedded once, also across runs, and each item has its vector', async () => {
    const ids = ['a', 'b', 'c'].map((key) =>
      world.addItem(key, { name: key === 'c' ? 'Blue shirt' : 'Red shirt' }),
    );
    await world.ingestOnce();
    expect(world.texts.toSorted()).toEqual(['Blue shirt', 'Red shirt']);
    const later = world.addItem('d', { name: 'Red shirt' });
    await world.ingestOnce();
    expect(world.texts).toHaveLength(2);
    expect([...ids, later].map((id) => world.hashOf(id, 'text'))).toEqual([
      hash('Red shirt'),
      hash('Red shirt'),
      hash('Blue shirt'),
      hash('Red shirt'),
    ]);
    expect(world.saved).toBe(4);
  });

  test('two calls at once share the texts they have in common', async () => {
    const ids = Array.from({ length: 600 }, (_, n) =>
      world.addItem(`k${n}`, { name: `Shirt ${n % 100}` }),
    );
    expect(await world.ingestOnce()).toEqual({ done: 600 });
    expect(world.texts).toHaveLength(100);
    expect(ids.map((id) => world.hashOf(id, 'text'))).toEqual(
      ids.map((_, n) => hash(`Shirt ${n % 100}`)),
    );
  });

  test('a name that is taken away takes its vector along', async () => {
    const id = world.addItem('a', { name: 'Old' });
    await world.ingestOnce();
    world.db.prepare(`UPDATE item SET name = '', name_hash = NULL WHERE id = ?`).run(id);
    await world.ingestOnce();
    expect(world.embeddings.coverage(1)).toEqual([]);
  });

  test('a changed name is embedded again, an item without one is left alone', async () => {
    const id = world.addItem('a', { name: 'Old' });
    world.addItem('b', {});
    await world.ingestOnce();
    world.db
      .prepare('UPDATE item SET name = ?, name_hash = ? WHERE id = ?')
      .run('New', hash('New'), id);
    await world.ingestOnce();
    expect(world.texts).toEqual(['Old', 'New']);
    expect(world.hashOf(id, 'text')).toBe(hash('New'));
  });
});

describe('pictures', () => {
  test('a picture that changed into something unreadable is not found by what it was', async () => {
    const id = world.addItem('a', { picture: 'a.jpg' });
    await world.ingestOnce();
    world.db.prepare('UPDATE item SET image_stale = 1 WHERE id = ?').run(id);
    world.answer = () => ({
      status: 'refused',
      kind: 'picture-unreadable',
      reason: 'No',
      action: 'Copy',
    });
    expect(await world.ingestOnce()).toEqual({ failed: 1 });
    expect(world.embeddings.coverage(1)).toEqual([]);
  });

  test('a scan that finds another file while it is embedded is not overwritten', async () => {
    const id = world.addItem('a', { picture: 'a.jpg' });
    let scans = 1;
    world.answer = () => {
      if (scans-- > 0)
        world.db
          .prepare('UPDATE item SET image_mtime_ms = 7, image_stale = 1 WHERE id = ?')
          .run(id);
      return embedded(scans < 0 ? 'new' : 'old');
    };
    expect(await world.ingestOnce()).toEqual({ retry: 1, done: 1 });
    expect(world.hashOf(id, 'image')).toBe(hash('new'));
  });

  test('a model that is chosen while another runs gets its vectors all the same', async () => {
    const id = world.addItem('a', { picture: 'a.jpg' });
    world.answer = () => {
      world.models = { ...world.models, image: { ...world.models.image, id: 'other eyes' } };
      return embedded('a');
    };
    expect(await world.ingestOnce()).toEqual({ retry: 1, done: 1 });
    expect(world.hashOf(id, 'image')).toBe(hash('a'));
    expect(world.embeddings.coverage(1)).toMatchObject([{ ref: { id: 'other eyes' }, count: 1 }]);
  });

  test('what is embedded stays embedded until the scan says it may have changed', async () => {
    const id = world.addItem('a', { picture: 'a.jpg' });
    expect(await world.ingestOnce()).toEqual({ done: 1 });
    expect(await world.ingestOnce()).toEqual({});
    expect(world.pictures).toHaveLength(1);

    world.db.prepare('UPDATE item SET image_stale = 1 WHERE id = ?').run(id);
    world.answer = (input) => ({ status: 'unchanged', contentHash: input.knownHash ?? '' });
    expect(await world.ingestOnce()).toEqual({ done: 1 });
    expect(world.pictures[1]?.knownHash).toBe(hash(path.join(world.root, 'a.jpg')));
    expect(await world.ingestOnce()).toEqual({});
  });

  test('a refused picture becomes a problem, costs the others nothing, and is not tried again', async () => {
    world.addItem('bad', { picture: 'bad.jpg' });
    world.addItem('good', { picture: 'good.jpg' });
    world.answer = (input) =>
      'path' in input.source && input.source.path.endsWith('bad.jpg')
        ? {
            status: 'refused',
            kind: 'picture-truncated',
            reason: 'It ends early',
            action: 'Copy it again',
          }
        : embedded('good');
    expect(await world.ingestOnce()).toEqual({ done: 1, failed: 1 });
    expect(world.problems.list({ catalogId: 1, offset: 0, limit: 9 })).toMatchObject([
      { kind: 'picture-truncated', itemKey: 'bad', file: 'bad.jpg', reason: 'It ends early' },
    ]);
    expect(await world.ingestOnce()).toEqual({});
  });

  test('a file that is gone is a problem of the item; a folder that is gone is not', async () => {
    const id = world.addItem('a', { picture: 'a.jpg' });
    world.answer = () => ({
      status: 'refused',
      kind: 'picture-vanished',
      reason: 'Gone',
      action: 'Put it back',
    });
    expect(await world.ingestOnce()).toEqual({ failed: 1 });
    expect(world.db.prepare('SELECT image_missing FROM item WHERE id = ?').pluck().get(id)).toBe(1);

    world.addItem('b', { picture: 'b.jpg' });
    await rm(world.root, { recursive: true });
    expect(await world.ingestOnce()).toEqual({ blocked: 1 });
    expect(world.obstacle).toMatchObject({
      code: 'FOLDER_NOT_FOUND',
      data: { subject: world.root },
    });
    expect(world.problems.count(1).problems).toBe(1);
  });

  test('an item that left the catalog while it was embedded leaves nothing behind', async () => {
    const id = world.addItem('a', { picture: 'a.jpg' });
    world.answer = () => {
      world.db.prepare('DELETE FROM item WHERE id = ?').run(id);
      return embedded('a');
    };
    expect(await world.ingestOnce()).toEqual({ done: 1 });
    expect(world.embeddings.coverage(1)).toEqual([]);
    expect(world.saved).toBe(0);
  });
});
