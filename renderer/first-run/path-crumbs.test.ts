import { describe, expect, it } from 'vitest';
import { crumbsOf } from './path-crumbs.ts';

describe('crumbsOf', () => {
  it('names the folders on the way', () => {
    expect(crumbsOf('/home/ada/shop')).toEqual([
      { name: 'home', path: '/home' },
      { name: 'ada', path: '/home/ada' },
      { name: 'shop', path: '/home/ada/shop' },
    ]);
    expect(crumbsOf('/')).toEqual([]);
  });

  it('knows drives', () => {
    expect(crumbsOf('C:\\Users\\Ada')).toEqual([
      { name: 'C:', path: 'C:\\' },
      { name: 'Users', path: 'C:\\Users' },
      { name: 'Ada', path: 'C:\\Users\\Ada' },
    ]);
  });
});
