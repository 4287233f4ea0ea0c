import { describe, expect, it } from 'vitest';
import { changeBetween, repeatedRow, toRows } from './tag-rows.ts';

const BEFORE = {
  team: 'shop',
  'vitrine:model-sha256': 'f00',
  stage: 'test',
  'vitrine:model': 'vit',
};

describe('tags in rows', () => {
  it('begin with those that tell the model', () => {
    expect(toRows(BEFORE).map(({ key }) => key)).toEqual([
      'vitrine:model',
      'vitrine:model-sha256',
      'stage',
      'team',
    ]);
  });

  it('change only what differs: a new key of the same value is one removed and one added', () => {
    const rows = toRows(BEFORE);
    expect(changeBetween(BEFORE, rows)).toEqual({ set: {}, remove: [] });
    const edited = [
      ...rows
        .filter(({ key }) => key !== 'stage')
        .map((row) => (row.key === 'team' ? { ...row, key: 'owner' } : row)),
      { id: 9, key: 'cost', value: '' },
    ];
    expect(changeBetween(BEFORE, edited)).toEqual({
      set: { owner: 'shop', cost: '' },
      remove: ['team', 'stage'],
    });
  });

  it('name the second row of a key', () => {
    const rows = toRows(BEFORE);
    expect(repeatedRow(rows)).toBeNull();
    expect(repeatedRow([...rows, { id: 7, key: 'team', value: '' }])?.id).toBe(7);
  });
});
