import { expect, test } from 'vitest';
import { LruMap } from './lru-map.ts';

test('forgets what was not used for longest', () => {
  const map = new LruMap<string, number>({ entries: 2 });
  map.set('a', 1);
  map.set('b', 2);
  map.get('a');
  map.set('c', 3);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
});

test('keeps within a total size, but always the newest', () => {
  const map = new LruMap<string, string>({ entries: 9, size: 5, sizeOf: (text) => text.length });
  map.set('a', 'xxx');
  map.set('b', 'xx');
  map.set('a', 'xxxx');
  expect([map.get('a'), map.get('b')]).toEqual(['xxxx', undefined]);
  map.set('c', 'xxxxxxxxx');
  expect([map.get('a'), map.get('c')]).toEqual([undefined, 'xxxxxxxxx']);
});
