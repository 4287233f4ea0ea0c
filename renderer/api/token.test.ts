import { describe, expect, it } from 'vitest';
import { readFragment } from './token.ts';

describe('readFragment', () => {
  it('finds the token in the fragment', () => {
    expect(readFragment('#token=abc-123')).toBe('abc-123');
    expect(readFragment('#/token=abc')).toBe('abc');
  });

  it('finds nothing in a route or an empty token', () => {
    expect(readFragment('#/search')).toBeNull();
    expect(readFragment('#token=')).toBeNull();
    expect(readFragment('')).toBeNull();
  });
});
