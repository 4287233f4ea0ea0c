import { describe, expect, it } from 'vitest';
import type { CatalogProgress } from '../../shared/contract/ingest.ts';
import { milestoneBetween } from './milestones.ts';

function progress(
  state: CatalogProgress['state'],
  done = 0,
  change: Partial<CatalogProgress> = {},
): CatalogProgress {
  const counts = { failed: 0, ratePerSecond: null, etaSeconds: null, seconds: null };
  return {
    catalogId: 1,
    state,
    stages: [
      { stage: 'scan', state: 'done', done: 900, total: 900, ...counts },
      { stage: 'image', state: 'running', done, total: 100, ...counts },
      { stage: 'text', state: 'waiting', done: 0, total: 100, ...counts },
    ],
    problems: 0,
    notices: 0,
    obstacle: null,
    ...change,
  };
}

describe('milestoneBetween', () => {
  it('says when work begins, pauses and ends', () => {
    expect(milestoneBetween(progress('idle'), progress('running'))).toEqual({ kind: 'started' });
    expect(milestoneBetween(progress('running'), progress('paused'))).toEqual({ kind: 'paused' });
    expect(
      milestoneBetween(progress('running', 100), progress('idle', 100, { problems: 3 })),
    ).toEqual({ kind: 'done', problems: 3 });
    expect(milestoneBetween(progress('paused'), progress('idle'))).toBeNull();
  });

  it('says each quarter once, of pictures and names together', () => {
    const at = (from: number, to: number) =>
      milestoneBetween(progress('running', from), progress('running', to));
    expect(at(49, 50)).toEqual({ kind: 'part', percent: 25 });
    expect(at(50, 60)).toBeNull();
    expect(at(10, 100)).toEqual({ kind: 'part', percent: 50 });
  });

  it('says what stands in the way, once', () => {
    const obstacle = { code: 'MODEL_MISSING', message: 'The model is missing.', action: '' };
    const stuck = progress('failed', 0, { obstacle });
    expect(milestoneBetween(progress('running'), stuck)).toEqual({
      kind: 'obstacle',
      message: 'The model is missing.',
    });
    expect(milestoneBetween(stuck, stuck)).toBeNull();
  });
});
