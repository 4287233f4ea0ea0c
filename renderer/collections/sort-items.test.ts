import { expect, it } from 'vitest';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { sortItems } from './sort-items.ts';

const items = ['b', '10', '', '9', 'A'].map((name, at): ItemTile => ({
  id: at,
  key: `k${at}`,
  name,
  imagePath: null,
  imageVersion: '',
  metadata: {},
  badges: [],
}));
const columns = [{ id: 'name', title: 'Name', by: 'name', read: (item: ItemTile) => item.name }];
const names = (by: string, direction: 'asc' | 'desc') =>
  sortItems(items, { by, direction, columns }).map(({ name }) => name);

it('sorts numbers as numbers and letters in any case, what is empty last either way', () => {
  expect(names('name', 'asc')).toEqual(['9', '10', 'A', 'b', '']);
  expect(names('name', 'desc')).toEqual(['b', 'A', '10', '9', '']);
});

it('keeps the own order as it is, and turns it around', () => {
  expect(sortItems(items, { by: 'place', direction: 'asc', columns })).toBe(items);
  expect(names('place', 'desc')).toEqual(['A', '9', '', '10', 'b']);
});
