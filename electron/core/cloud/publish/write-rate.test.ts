import { expect, test } from 'vitest';
import { SendWindow } from './send-window.ts';
import { WriteRate } from './write-rate.ts';

const signal = new AbortController().signal;

test('a full second waits until a second after the first answer, and no longer than that', async () => {
  let now = 0;
  const rate = new WriteRate({ now: () => now });
  const answers: (() => void)[] = [];
  for (let request = 0; request < 5; request++) {
    answers.push((await rate.admit(500, signal))!);
  }
  expect(rate.waitMs(500)).toBe(1_100); // not answered yet: as late as it may have arrived
  now = 40;
  answers[0]!();
  expect(rate.waitMs(500)).toBe(1_000);
  expect(rate.waitMs(501)).toBe(1_060); // needs the second one's room too
  now = 1_040;
  expect(rate.waitMs(500)).toBe(0);
});

test('many small requests are held to the number a second', async () => {
  let now = 0;
  const rate = new WriteRate({ requestsPerSecond: 3, now: () => now });
  for (let request = 0; request < 3; request++) (await rate.admit(1, signal))!();
  expect(rate.waitMs(1)).toBe(1_000);
  now = 1_000;
  expect(rate.waitMs(1)).toBe(0);
});

test('a stop ends the waiting', async () => {
  const stop = new AbortController();
  const rate = new WriteRate({ vectorsPerSecond: 1 });
  await rate.admit(1, signal);
  const waiting = rate.admit(1, stop.signal);
  stop.abort();
  expect(await waiting).toBeNull();
});

test('one request at a time where answers are quick, as many as needed where they are slow', () => {
  const quick = new SendWindow();
  quick.noteSuccess(500, 90);
  expect(quick.requests).toBe(1);
  const slow = new SendWindow();
  slow.noteSuccess(500, 700);
  expect(slow.requests).toBe(4);
  slow.noteThrottled();
  slow.noteThrottled();
  expect(slow.requests).toBe(2);
  slow.noteOverloaded();
  expect(slow.vectors).toBe(250);
  for (let success = 0; success < 20; success++) slow.noteSuccess(250, 100);
  expect(slow.vectors).toBe(500);
});
