import { describe, expect, it } from 'vitest';
import { fileNameOf } from './save-text.ts';

describe('fileNameOf', () => {
  it('takes out what a system refuses and keeps the ending', () => {
    expect(fileNameOf('Shop: red/blue "shoes"?.csv')).toBe('Shop red blue shoes.csv');
    expect(fileNameOf(' ../..\\etc\n.json')).toBe('.. .. etc.json');
    expect(fileNameOf('???.csv')).toBe('vitrine.csv');
  });

  it('keeps a long question to a length that fits anywhere', () => {
    expect(fileNameOf(`${'long '.repeat(100)}.csv`).length).toBeLessThanOrEqual(124);
  });
});
