import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_COLLECTED } from '../../../shared/contract/collections.ts';
import { CatalogRepository } from '../catalog/catalog-repository.ts';
import { addCatalog, addItems } from '../catalog/fixtures/add-catalog.ts';
import { type Db, openMemoryDatabase } from '../db/database.ts';
import { ServingModels } from '../vectors/serving-models.ts';
import { CollectionService } from './collection-service.ts';

let db: Db;
let catalogs: CatalogRepository;
let collections: CollectionService;
let catalogId: number;
let changes: number;

beforeEach(() => {
  db = openMemoryDatabase();
  changes = 0;
  catalogs = new CatalogRepository(db);
  collections = new CollectionService({
    db,
    catalogs,
    serving: new ServingModels(db),
    onChange: () => (changes += 1),
  });
  ({ catalogId } = addCatalog(
    db,
    ['a', 'b', 'c', 'd'].map((key) => ({ key, name: `Item ${key}` })),
  ));
});

const keysOf = (id: number) => collections.items(id).map(({ key }) => key);

describe('CollectionService', () => {
  it('keeps items in the order they come in, each once, and counts them', () => {
    const id = collections.create(catalogId, 'Spring', ['c', 'a', 'c']);
    expect(collections.add(id, ['b', 'a'])).toEqual(['b']);
    expect(keysOf(id)).toEqual(['c', 'a', 'b']);
    expect(collections.list()).toEqual([{ id, catalogId, name: 'Spring', items: 3, revision: 2 }]);
    expect(collections.keys(catalogId)).toEqual([{ collectionId: id, keys: ['c', 'a', 'b'] }]);
    expect(changes).toBe(2);
  });

  it('moves items, and puts back what was taken out where it was', () => {
    const id = collections.create(catalogId, 'Spring', ['a', 'b', 'c', 'd']);
    collections.move(id, 'd', 'b');
    expect(keysOf(id)).toEqual(['a', 'd', 'b', 'c']);
    collections.move(id, 'a', null);
    expect(keysOf(id)).toEqual(['d', 'b', 'c', 'a']);
    const before = collections.remove(id, 'b');
    expect(before).toBe('c');
    expect(keysOf(id)).toEqual(['d', 'c', 'a']);
    collections.add(id, ['b'], before);
    expect(keysOf(id)).toEqual(['d', 'b', 'c', 'a']);
    expect(collections.remove(id, 'a')).toBeNull();
    expect(collections.remove(id, 'a')).toBeNull();
  });

  it('keeps an item that leaves the catalog, and knows it when it comes back', () => {
    const id = collections.create(catalogId, 'Spring', ['a', 'b']);
    db.prepare(`DELETE FROM item WHERE key = 'a'`).run();
    const [gone, here] = collections.items(id);
    expect(gone).toEqual({
      id: expect.any(Number),
      key: 'a',
      name: '',
      imagePath: null,
      imageVersion: '',
      metadata: {},
      badges: ['gone'],
    });
    expect(gone!.id).toBeLessThan(0);
    expect(here).toMatchObject({ key: 'b', name: 'Item b' });
    const { a } = addItems(db, catalogId, [{ key: 'a', name: 'Item a' }]);
    expect(collections.items(id)[0]).toMatchObject({ id: a, name: 'Item a' });
  });

  it('takes no item of another catalog for one of its own', () => {
    const other = addCatalog(db, [{ key: 'z' }], { name: 'Other' });
    const id = collections.create(catalogId, 'Spring', ['z']);
    expect(collections.items(id)).toMatchObject([{ key: 'z', badges: ['gone'] }]);
    expect(collections.keys(other.catalogId)).toEqual([]);
  });

  it('gives a name once in a catalog, whatever its case', () => {
    const id = collections.create(catalogId, 'Spring');
    const second = collections.create(catalogId, 'Autumn');
    const other = addCatalog(db, [], { name: 'Other' });
    collections.create(other.catalogId, 'Spring');
    expect(() => collections.create(catalogId, 'SPRING')).toThrow(/"Spring" already/);
    expect(() => collections.rename(second, 'spring')).toThrow(/"Spring" already/);
    collections.rename(id, 'SPRING');
    expect(collections.find(catalogId, 'spring').id).toBe(id);
    expect(() => collections.find(catalogId, 'Winter')).toThrow(
      expect.objectContaining({
        code: 'COLLECTION_NOT_FOUND',
        data: { action: 'Name one of these: Autumn, SPRING.', subject: 'Winter' },
      }),
    );
  });

  it('refuses more than it can show, and leaves what it has', () => {
    const many = Array.from({ length: MOST_COLLECTED }, (_, at) => `k${at}`);
    const id = collections.create(catalogId, 'All', many);
    expect(() => collections.add(id, ['one more'])).toThrow(/at most 2,000/);
    expect(collections.add(id, ['k7'])).toEqual([]);
    expect(collections.list()[0]?.items).toBe(MOST_COLLECTED);
  });

  it('says that a collection is gone, whatever is wanted of it', () => {
    const id = collections.create(catalogId, 'Spring', ['a']);
    collections.delete(id);
    const gone = expect.objectContaining({ code: 'COLLECTION_NOT_FOUND' });
    expect(() => collections.items(id)).toThrow(gone);
    expect(() => collections.add(id, ['a'])).toThrow(gone);
    expect(() => collections.remove(id, 'a')).toThrow(gone);
    expect(() => collections.move(id, 'a', null)).toThrow(gone);
    expect(() => collections.rename(id, 'x')).toThrow(gone);
    expect(() => collections.delete(id)).toThrow(gone);
    expect(db.prepare('SELECT count(*) FROM collection_item').pluck().get()).toBe(0);
  });

  it('goes with its catalog', async () => {
    collections.create(catalogId, 'Spring', ['a']);
    await catalogs.remove(catalogId);
    expect(collections.list()).toEqual([]);
    expect(() => collections.create(catalogId, 'Spring')).toThrow(
      expect.objectContaining({ code: 'CATALOG_NOT_FOUND' }),
    );
  });
});
