import { describe, expect, it } from 'vitest';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { collectionCsv, collectionJson, collectionKeys } from './collection-file.ts';

const shoe: ItemTile = {
  id: 7,
  key: '7',
  name: 'Shoe, "red"',
  imagePath: 'images/7.jpg',
  imageVersion: '1',
  metadata: { colour: 'red', place: 'shelf 3', tags: ['a', 'b'] },
  badges: [],
};
const gone: ItemTile = {
  id: -9,
  key: '=9',
  name: '',
  imagePath: null,
  imageVersion: '',
  metadata: {},
  badges: ['gone'],
};

describe('what is saved of a collection', () => {
  it('is a line for each item, also those that have left the catalog', () => {
    const fields = (['colour', 'place', 'tags'] as const).map((name) => ({
      name,
      type: 'string' as const,
    }));
    expect(collectionCsv([gone, shoe], fields).split('\r\n')).toEqual([
      'place,key,name,picture,colour,place (field),tags',
      `1,'=9,,,,,`,
      '2,7,"Shoe, ""red""",images/7.jpg,red,shelf 3,a; b',
      '',
    ]);
  });

  it('tells in JSON which are in the catalog', () => {
    const names = { catalog: 'Corner shop', collection: 'Spring' };
    expect(JSON.parse(collectionJson([gone, shoe], names))).toEqual({
      ...names,
      items: [
        { key: '=9', name: '', picture: null, inCatalog: false, metadata: {} },
        {
          key: '7',
          name: 'Shoe, "red"',
          picture: 'images/7.jpg',
          inCatalog: true,
          metadata: shoe.metadata,
        },
      ],
    });
  });

  it('is a key a line when copied', () => {
    expect(collectionKeys([gone, shoe])).toBe('=9\n7');
  });
});
