import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDatabase } from '../db/database.ts';
import type { Db } from '../db/database.ts';
import { addCatalog, addItems } from '../catalog/fixtures/add-catalog.ts';
import { EmbeddingRepository } from '../vectors/embedding-repository.ts';
import { ServingModels } from '../vectors/serving-models.ts';
import { BrowseService } from './browse-service.ts';
import type { BrowseItemsInput } from './browse-service.ts';

const ITEMS = [
  {
    key: '10',
    name: 'Red Shirt',
    imagePath: 'men/shirts/10.jpg',
    metadata: { colour: 'Red', year: 2011, sale: true, size: ['S', 'M'] },
  },
  {
    key: '11',
    name: 'blue shirt',
    imagePath: 'men/shirts/11.jpg',
    metadata: { colour: 'Blue', year: 2012, sale: false, size: ['M', 'L'] },
  },
  {
    key: '12',
    name: 'Blue Jeans',
    imagePath: 'men/jeans/12.jpg',
    metadata: { colour: 'Blue', year: 2012 },
  },
  {
    key: '13',
    name: 'Été 100% _Robe_',
    imagePath: 'women/13.jpg',
    metadata: { colour: 'green', year: 2010, sale: true },
  },
  { key: '9', name: 'Jeans', imagePath: null, metadata: { year: 2012 } },
  { key: '8', name: '', imagePath: '8.jpg', metadata: { colour: 'Red' } },
];

let db: Db;
let browse: BrowseService;
let catalogId: number;
let ids: Record<string, number>;

beforeEach(() => {
  db = openMemoryDatabase();
  ({ catalogId, ids } = addCatalog(db, ITEMS));
  addCatalog(db, [{ key: '10', name: 'Other', metadata: { colour: 'Red' } }], { name: 'Other' });
  browse = new BrowseService({ db, serving: new ServingModels(db) });
});

async function keys(input: Partial<BrowseItemsInput>): Promise<string[]> {
  const { items } = await browse.items({
    catalogId,
    sort: { by: 'name', direction: 'asc' },
    offset: 0,
    limit: 100,
    ...input,
  });
  return items.map(({ key }) => key);
}

async function counts(filter = {}, folder?: string) {
  const facets = await browse.facets({ catalogId, filter, folder });
  return Object.fromEntries(
    facets.map(({ field, values }) => [field, values.map(({ value, count }) => [value, count])]),
  );
}

describe('items', () => {
  it.each([
    ['name', 'asc', ['12', '11', '9', '10', '13', '8']],
    ['name', 'desc', ['13', '10', '9', '11', '12', '8']],
    ['key', 'asc', ['10', '11', '12', '13', '8', '9']],
    ['field:colour', 'asc', ['12', '11', '13', '10', '8', '9']],
    ['field:colour', 'desc', ['10', '8', '13', '12', '11', '9']],
    ['field:year', 'desc', ['12', '11', '9', '10', '13', '8']],
    ['field:size', 'asc', ['11', '10', '12', '9', '13', '8']],
  ] as const)('sorts by %s %s, what lacks the field last', async (by, direction, expected) => {
    expect(await keys({ sort: { by, direction } })).toEqual(expected);
  });

  it('pages, and tells how many there are in all', async () => {
    const sort = { by: 'key', direction: 'asc' } as const;
    const page = await browse.items({ catalogId, sort, offset: 4, limit: 1 });
    expect(page).toMatchObject({ total: 6, items: [{ key: '8' }] });
    expect(await browse.items({ catalogId, sort, offset: 60, limit: 1 })).toEqual({
      total: 6,
      items: [],
    });
  });

  it.each([
    ['shirt', ['11', '10']],
    ['BLUE shirt', ['11']],
    ['été', ['13']],
    ['E\u0301TE\u0301', ['13']],
    ['100%', ['13']],
    ['_robe_', ['13']],
    ['12', ['12']],
    ['1%', []],
    ['  ', ['12', '11', '9', '10', '13', '8']],
  ])('finds the words "%s" in name or key', async (contains, expected) => {
    expect(await keys({ contains })).toEqual(expected);
  });

  it.each([
    ['men', ['12', '11', '10']],
    ['men/', ['12', '11', '10']],
    ['men/shirts', ['11', '10']],
    ['me', []],
    ['', ['12', '11', '10', '13', '8']],
  ])('keeps to the folder "%s"', async (folder, expected) => {
    expect(await keys({ folder })).toEqual(expected);
  });

  it('applies filter, folder and words together', async () => {
    expect(await keys({ filter: { colour: 'Blue' }, folder: 'men', contains: 'jeans' })).toEqual([
      '12',
    ]);
    expect(await keys({ filter: { $or: [{ colour: 'green' }, { sale: false }] } })).toEqual([
      '11',
      '13',
    ]);
    expect(await keys({ filter: { year: { $gte: 2011, $lt: 2012 } } })).toEqual(['10']);
  });

  describe('in groups', () => {
    const list = async (input: Partial<BrowseItemsInput>) =>
      browse.items({
        catalogId,
        sort: { by: 'name', direction: 'asc' },
        offset: 0,
        limit: 100,
        groupBy: 'colour',
        ...input,
      });

    it('puts equal values together, sorted among themselves, and counts them', async () => {
      const { items, groups, total } = await list({});
      expect(items.map(({ key }) => key)).toEqual(['12', '11', '13', '10', '8', '9']);
      expect(groups).toEqual([
        { value: 'Blue', count: 2 },
        { value: 'green', count: 1 },
        { value: 'Red', count: 2 },
        { value: null, count: 1 },
      ]);
      expect(total).toBe(6);
      const byKey = await list({ sort: { by: 'key', direction: 'desc' } });
      expect(byKey.items.map(({ key }) => key)).toEqual(['12', '11', '13', '8', '10', '9']);
      const byYear = await list({ sort: { by: 'field:year', direction: 'asc' }, groupBy: 'sale' });
      expect(byYear.items.map(({ key }) => key)).toEqual(['11', '13', '10', '12', '9', '8']);
      expect(byYear.groups?.map(({ value }) => value)).toEqual([false, true, null]);
    });

    it('counts what the whole scope lets through, on the first page only', async () => {
      const { items, groups } = await list({ contains: 'blue', folder: 'men', limit: 1 });
      expect(items.map(({ key }) => key)).toEqual(['12']);
      expect(groups).toEqual([{ value: 'Blue', count: 2 }]);
      expect(await list({ offset: 1 })).not.toHaveProperty('groups');
      expect(await list({ groupBy: undefined })).not.toHaveProperty('groups');
    });

    it('takes upper and lower case as one, and a list by its smallest value', async () => {
      const { catalogId: other } = addCatalog(
        db,
        [
          { key: 'a', name: 'a', metadata: { tone: 'red', size: ['S', 'M'] } },
          { key: 'b', name: 'b', metadata: { tone: 'Red', size: ['M'] } },
          { key: 'c', name: 'c', metadata: { tone: 'Red', size: ['S'] } },
        ],
        { name: 'Tones' },
      );
      const groupsOf = async (groupBy: string) =>
        (await list({ catalogId: other, groupBy })).groups;
      expect(await groupsOf('tone')).toEqual([{ value: 'Red', count: 3 }]);
      expect(await groupsOf('size')).toEqual([
        { value: 'M', count: 2 },
        { value: 'S', count: 1 },
      ]);
    });

    it('refuses a field that is not there', async () => {
      await expect(list({ groupBy: 'price' })).rejects.toThrow(/no field "price"/);
    });
  });

  it('tells the place of an item in a list', async () => {
    const place = async (key: string, input: Partial<BrowseItemsInput> = {}) =>
      browse.place({
        catalogId,
        sort: { by: 'name', direction: 'asc' },
        itemId: ids[key]!,
        ...input,
      });
    expect(await place('8')).toEqual({ index: 5 });
    expect(await place('13')).toEqual({ index: 4 });
    expect(await place('13', { groupBy: 'colour' })).toEqual({ index: 2 });
    expect(await place('11', { folder: 'men/shirts' })).toEqual({ index: 0 });
    expect(await place('13', { folder: 'men' })).toEqual({ index: null });
  });

  it('says what is wrong with a sort, a filter or a catalog', async () => {
    await expect(keys({ sort: { by: 'price', direction: 'asc' } })).rejects.toThrow(/by "price"/);
    await expect(keys({ sort: { by: 'field:price', direction: 'asc' } })).rejects.toThrow(
      /no field "price"/,
    );
    await expect(keys({ filter: { price: 1 } })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(keys({ catalogId: 99 })).rejects.toMatchObject({ code: 'CATALOG_NOT_FOUND' });
  });

  it('sees what the next revision brings', async () => {
    expect(await keys({ contains: 'hat' })).toEqual([]);
    addItems(db, catalogId, [{ key: '20', name: 'Hat' }]);
    expect(await keys({ contains: 'hat' })).toEqual(['20']);
  });
});

describe('badges', () => {
  it('tell what stands in the way of finding an item, and that an index holds it', async () => {
    const embeddings = new EmbeddingRepository(db);
    const image = embeddings.refOf({ id: 'i', sha256: 'i', modality: 'image', dimension: 1 });
    const text = embeddings.refOf({ id: 't', sha256: 't', modality: 'text', dimension: 1 });
    const vector = new Float32Array([1]);
    const save = (key: string, ref: typeof image) =>
      embeddings.save([{ itemId: ids[key]!, ref, contentHash: 'h', vector }]);
    for (const key of ['10', '11', '8']) save(key, image);
    for (const key of ['10', '12', '9']) save(key, text);
    db.prepare('UPDATE item SET image_missing = 1 WHERE id = ?').run(ids['8']);
    const addProblem = db.prepare(
      `INSERT INTO problem (catalog_id, item_id, stage, kind, severity, reason, action, created_at)
       VALUES (?, ?, 'embed', 'picture-truncated', ?, 'r', 'a', 0)`,
    );
    addProblem.run(catalogId, ids['10'], 'problem');
    addProblem.run(catalogId, ids['11'], 'notice');
    db.exec(`
      INSERT INTO cloud_link (catalog_id, bucket, columns, is_creating, is_model_assumed, linked_at)
        VALUES (${catalogId}, 'b', '[]', 0, 0, 0);
      INSERT INTO cloud_index (id, catalog_id, modality, name, model_ref)
        VALUES (1, ${catalogId}, 'image', 'img-index', ${image.ref});
      INSERT INTO ledger (index_id, key, model_ref, content_hash, metadata_hash, acknowledged_at, refused)
        VALUES (1, '10', ${image.ref}, 'h', 'm', 5, NULL), (1, '11', ${image.ref}, 'h', 'm', NULL, 'why')`);
    const { items } = await browse.items({
      catalogId,
      sort: { by: 'key', direction: 'asc' },
      offset: 0,
      limit: 10,
    });
    expect(Object.fromEntries(items.map(({ key, badges }) => [key, badges]))).toEqual({
      10: ['problem', 'published'],
      11: ['not-embedded'],
      12: ['not-embedded'],
      13: ['not-embedded'],
      8: ['missing'],
      9: ['missing'],
    });
  });
});

describe('facets', () => {
  it('count the items of each value, commonest first', async () => {
    expect(await counts()).toEqual({
      colour: [
        ['Blue', 2],
        ['Red', 2],
        ['green', 1],
      ],
      year: [
        [2012, 3],
        [2010, 1],
        [2011, 1],
      ],
      sale: [
        [true, 2],
        [false, 1],
      ],
      size: [
        ['M', 2],
        ['L', 1],
        ['S', 1],
      ],
    });
  });

  it('leave out what the filter asks of their own field', async () => {
    const found = await counts({ colour: 'Blue', year: { $in: [2012, 2011] } });
    expect(found['colour']).toEqual([
      ['Blue', 2],
      ['Red', 1],
    ]);
    expect(found['year']).toEqual([[2012, 2]]);
    expect(found['sale']).toEqual([[false, 1]]);
  });

  it('apply what is nested or about several fields, and the folder', async () => {
    const either = { $or: [{ colour: 'green' }, { year: 2011 }] };
    expect((await counts(either))['colour']).toEqual([
      ['Red', 1],
      ['green', 1],
    ]);
    expect((await counts({ $and: [{ colour: 'Red' }] }))['colour']).toHaveLength(3);
    expect((await counts({}, 'men/shirts'))['year']).toEqual([
      [2011, 1],
      [2012, 1],
    ]);
  });

  it('are made only of fields that help to narrow down', async () => {
    const items = Array.from({ length: 60 }, (_, at) => ({
      key: `k${at}`,
      metadata: { code: `c${at}`, brand: `b${at % 25}`, same: 'x', price: at },
    }));
    const { catalogId: other } = addCatalog(db, items, { name: 'Codes' });
    const facets = await browse.facets({ catalogId: other, limit: 3 });
    expect(facets).toHaveLength(1);
    expect(facets[0]).toMatchObject({ field: 'brand', type: 'string', distinct: 25 });
    expect(facets[0]?.values).toHaveLength(3);
  });
});

describe('folders and item', () => {
  it('lists every folder with the pictures in it and below', async () => {
    expect(await browse.folders(catalogId)).toEqual([
      { path: '', items: 5 },
      { path: 'men', items: 3 },
      { path: 'men/jeans', items: 1 },
      { path: 'men/shirts', items: 2 },
      { path: 'women', items: 1 },
    ]);
  });

  it('tells everything of one item', () => {
    db.prepare(
      `INSERT INTO problem (catalog_id, item_id, stage, kind, severity, file, line, reason, action, created_at)
       VALUES (?, ?, 'scan', 'row-without-name', 'notice', 's.csv', 7, 'No name.', 'Give one.', 0)`,
    ).run(catalogId, ids['8']);
    expect(browse.item(ids['8']!)).toEqual({
      id: ids['8'],
      catalogId,
      key: '8',
      name: '',
      imagePath: '8.jpg',
      imageVersion: expect.stringMatching(/^[0-9a-f]{12}$/),
      imageBytes: 1000,
      metadata: { colour: 'Red' },
      badges: ['not-embedded'],
      rowFile: null,
      rowLine: null,
      embedded: { image: null, text: null },
      problems: [
        {
          id: expect.any(Number),
          kind: 'row-without-name',
          severity: 'notice',
          file: 's.csv',
          line: 7,
          field: null,
          reason: 'No name.',
          action: 'Give one.',
        },
      ],
    });
    expect(() => browse.item(9999)).toThrow(/no item 9999/);
  });
});
