import { describe, expect, it } from 'vitest';
import { folderRows, shownFolders } from './folder-tree.ts';

describe('folderRows', () => {
  it('counts what lies below, and puts in folders that hold only folders', () => {
    expect(
      folderRows([
        { path: 'images/shoes/10', items: 1 },
        { path: 'images/shoes/2', items: 4 },
        { path: 'images-old', items: 2 },
        { path: 'images', items: 3 },
        { path: '', items: 7 },
      ]),
    ).toEqual([
      { path: 'images', name: 'images', depth: 0, items: 8 },
      { path: 'images/shoes', name: 'shoes', depth: 1, items: 5 },
      { path: 'images/shoes/2', name: '2', depth: 2, items: 4 },
      { path: 'images/shoes/10', name: '10', depth: 2, items: 1 },
      { path: 'images-old', name: 'images-old', depth: 0, items: 2 },
    ]);
  });
});

describe('shownFolders', () => {
  const rows = folderRows([
    { path: 'a/b/c', items: 1 },
    { path: 'd', items: 1 },
  ]);
  const shown = (open: readonly string[]) =>
    shownFolders(rows, (row) => open.includes(row.path)).map((row) => [row.path, row.open]);

  it('leaves out what lies in a closed folder, at any depth', () => {
    expect(shown([])).toEqual([
      ['a', false],
      ['d', null],
    ]);
    expect(shown(['a/b'])).toEqual(shown([]));
    expect(shown(['a'])).toEqual([
      ['a', true],
      ['a/b', false],
      ['d', null],
    ]);
    expect(shown(['a', 'a/b'])).toEqual([
      ['a', true],
      ['a/b', true],
      ['a/b/c', null],
      ['d', null],
    ]);
  });
});
