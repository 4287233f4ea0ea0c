import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ListingProgress } from './listing-progress.ts';
import { ListingRuns } from './listing-runs.ts';
import { together } from './together.ts';

describe('how far two indexes are read', () => {
  test('there are about as many as is known, and never fewer than were found', () => {
    const progress = new ListingProgress();
    progress.begin('image');
    progress.begin('text', 100);
    progress.note('image', { listed: 40, restored: 30, ms: 100 });
    progress.note('text', { listed: 120, ms: 100 });
    expect(progress.sides()).toMatchObject([
      { modality: 'image', listed: 40, restored: 30, about: null, isDone: false },
      { modality: 'text', listed: 120, restored: 0, about: 120, isDone: false },
    ]);
    // Nobody knows how much is left of either.
    expect(progress.etaSeconds()).toBeNull();
  });

  test('where one index has ended, the other holds about as many, and a time left is known', () => {
    const progress = new ListingProgress();
    progress.begin('image');
    progress.begin('text');
    progress.note('image', { listed: 50, ms: 1_000 });
    progress.note('text', { listed: 150, ms: 1_000 });
    progress.end('text');
    const [image, text] = progress.sides();
    expect(image).toMatchObject({ listed: 50, about: 150, isDone: false });
    expect(text).toMatchObject({ listed: 150, about: 150, ratePerSecond: null, isDone: true });
    expect(progress.etaSeconds()).toBeCloseTo(2, 0);
  });
});

describe('listings that go on whoever looks', () => {
  test('one a catalog; it is stopped between two pages, and what came of it is kept', async () => {
    let changes = 0;
    const runs = new ListingRuns<string>(() => (changes += 1));
    runs.start(1, async ({ signal }) => {
      const [result] = await together([(either) => untilStopped(either)], signal);
      return result!;
    });
    expect(() => runs.start(1, async () => 'second')).toThrow(
      expect.objectContaining({ code: 'BUSY' }),
    );
    runs.forget(1);
    expect(runs.states()).toMatchObject([{ catalogId: 1, state: 'running' }]);
    await runs.stopAll();
    expect(runs.states()).toMatchObject([{ state: 'stopped', failure: null, report: null }]);
    runs.start(1, async () => 'done');
    await expect.poll(() => runs.states()).toMatchObject([{ state: 'done', report: 'done' }]);
    runs.forget(1);
    expect(runs.states()).toEqual([]);
    expect(changes).toBeGreaterThan(3);
  });
});

test('one of several works that fails stops the others, and all have ended when that is told', async () => {
  const ended: string[] = [];
  const all = together(
    [
      async () => {
        await delay(5);
        throw new Error('no answer');
      },
      async (signal) => {
        await delay(1_000, undefined, { signal }).catch(() => undefined);
        await delay(20);
        ended.push('the other');
      },
    ],
    undefined,
  );
  await expect(all).rejects.toThrow('no answer');
  expect(ended).toEqual(['the other']);
});

/** Never ends by itself. */
function untilStopped(signal: AbortSignal): Promise<string> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error)),
  );
}
