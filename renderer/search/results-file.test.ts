import { describe, expect, it } from 'vitest';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import type { SearchOutput } from '../../shared/contract/search.ts';
import { resultsCsv, resultsJson } from './results-file.ts';

const item = (key: string, name: string, metadata: ItemTile['metadata']): ItemTile => ({
  id: Number(key),
  key,
  name,
  imagePath: `images/${key}.jpg`,
  imageVersion: '1',
  metadata,
  badges: [],
});

const output: SearchOutput = {
  mode: 'fused',
  engine: 'local',
  catalogId: 1,
  k: 60,
  weights: { image: 1, text: 1 },
  models: { image: { id: 'looks', dimension: 384 }, text: { id: 'words', dimension: 384 } },
  timing: { embedMs: 9, searchMs: 4, fuseMs: 0.1, totalMs: 14 },
  sides: {
    image: { state: 'ok', ms: 2, count: 100 },
    text: { state: 'ok', ms: 3, count: 100 },
  },
  candidates: { image: 100, text: 100 },
  searched: 50,
  results: [
    {
      rank: 1,
      score: 0.0318,
      image: { rank: 2, distance: 0.25 },
      text: { rank: 4, distance: 0.5 },
      item: item('7', 'Shoe, "red"', { colour: 'red', rank: 3, tags: ['a', 'b'] }),
    },
    {
      rank: 2,
      score: 0.016,
      image: null,
      text: { rank: 1, distance: 0.125 },
      item: item('8', '=HYPERLINK("x")', { colour: '-1.5', tags: [] }),
    },
  ],
};

describe('resultsCsv', () => {
  it('writes place, sides and fields, one line a result', () => {
    const fields = [
      { name: 'colour', type: 'string' },
      { name: 'rank', type: 'number' },
      { name: 'tags', type: 'string' },
    ] as const;
    expect(resultsCsv(output, [...fields]).split('\r\n')).toEqual([
      'rank,key,name,score,image_rank,image_distance,text_rank,text_distance,picture,colour,rank (field),tags',
      '1,7,"Shoe, ""red""",0.0318,2,0.25,4,0.5,images/7.jpg,red,3,a; b',
      // What a spreadsheet would run as a formula is kept from it; a number is none.
      `2,8,"'=HYPERLINK(""x"")",0.016,,,1,0.125,images/8.jpg,-1.5,,`,
      '',
    ]);
  });
});

describe('resultsJson', () => {
  it('keeps the question and the models beside the answers', () => {
    const input = {
      catalogId: 1,
      engine: 'local',
      mode: 'fused',
      text: 'red shoe',
      picture: { kind: 'item', itemId: 9 },
      filter: { colour: 'red' },
      top: 20,
      candidates: 100,
      k: 60,
      weights: { image: 1, text: 1 },
    } as const;
    const read: unknown = JSON.parse(resultsJson(output, input, 'Corner shop'));
    expect(read).toMatchObject({
      catalog: 'Corner shop',
      query: { mode: 'fused', text: 'red shoe', picture: { itemId: 9 }, filter: { colour: 'red' } },
      models: { image: { id: 'looks' } },
      searched: 50,
      results: [
        { rank: 1, key: '7', image: { rank: 2, distance: 0.25 }, metadata: { tags: ['a', 'b'] } },
        { rank: 2, key: '8', image: null, text: { rank: 1 } },
      ],
    });
  });
});
