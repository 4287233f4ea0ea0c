import { describe, expect, it } from 'vitest';
import { effectiveMode, missingSide, weightsOf } from './query-mode.ts';

describe('effectiveMode', () => {
  it('follows what is given', () => {
    expect(effectiveMode({ picture: true, words: true }, null)).toBe('fused');
    expect(effectiveMode({ picture: true, words: false }, null)).toBe('image');
    expect(effectiveMode({ picture: false, words: true }, null)).toBe('text');
    expect(effectiveMode({ picture: false, words: false }, null)).toBe('text');
  });

  it('keeps what the user chose', () => {
    expect(effectiveMode({ picture: true, words: true }, 'image')).toBe('image');
    expect(effectiveMode({ picture: false, words: true }, 'fused')).toBe('fused');
  });
});

describe('missingSide', () => {
  it('names what a mode lacks', () => {
    expect(missingSide('fused', { picture: false, words: true })).toBe('picture');
    expect(missingSide('fused', { picture: true, words: false })).toBe('words');
    expect(missingSide('fused', { picture: false, words: false })).toBe('both');
    expect(missingSide('image', { picture: false, words: true })).toBe('picture');
    expect(missingSide('text', { picture: true, words: false })).toBe('words');
    expect(missingSide('text', { picture: false, words: true })).toBeNull();
  });
});

describe('weightsOf', () => {
  it('is plain RRF in the middle and one-sided at the ends', () => {
    expect([0, 0.5, 1, 0.25].map(weightsOf)).toEqual([
      { image: 2, text: 0 },
      { image: 1, text: 1 },
      { image: 0, text: 2 },
      { image: 1.5, text: 0.5 },
    ]);
  });
});
