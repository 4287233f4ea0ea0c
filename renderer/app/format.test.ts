import { describe, expect, it } from 'vitest';
import { formatBytes, formatClock, formatMs, formatRate, formatSeconds } from './format.ts';

describe('formats', () => {
  it('writes a time left as a clock, rounding up so that it never says 0:00 too early', () => {
    expect([28.2, 0.1, 60, 725, 3729].map(formatClock)).toEqual([
      '0:29',
      '0:01',
      '1:00',
      '12:05',
      '1:02:09',
    ]);
  });

  it('gives a time taken one digit below ten seconds', () => {
    expect([0.94, 9.6, 42.4, 200].map(formatSeconds)).toEqual(['0.9 s', '9.6 s', '42 s', '3:20']);
  });

  it('drops digits that mean nothing', () => {
    expect([130.7, 9.64].map(formatRate)).toEqual(['131', '9.6']);
    expect([0.42, 15.7].map(formatMs)).toEqual(['0.4', '16']);
  });

  it('writes sizes in decimal units', () => {
    expect([999, 7_900_000, 1_500, 2_000_000_000].map(formatBytes)).toEqual([
      '999 B',
      '7.9 MB',
      '1.5 kB',
      '2 GB',
    ]);
  });
});
