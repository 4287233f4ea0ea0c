import { expect, test } from 'vitest';
import { MAX_FLOAT_LENGTH, writeFloat } from './write-float.ts';

const out = new Uint8Array(64);

function written(value: number): string {
  return Buffer.from(out.subarray(0, writeFloat(out, 0, value))).toString('latin1');
}

/** By definition: the fewest digits that read back. */
function shortest(value: number): string {
  for (let precision = 1; precision <= 9; precision++) {
    const text = value.toPrecision(precision);
    if (Math.fround(Number(text)) === value) return text;
  }
  throw new Error(`nine digits are not enough for ${value}`);
}

/** Numbers from 0 to 1, the same ones each time (Park and Miller's generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const significant = (text: string) =>
  text
    .replace(/e.*$/i, '')
    .replace(/^-?0*\.?0*/, '')
    .replace('.', '')
    .replace(/0+$/, '');

test('reads well, and back', () => {
  expect(
    [0, 1, -1, 0.5, -0.25, 100, 0.1, 0.0123].map((value) => written(Math.fround(value))),
  ).toEqual(['0', '1', '-1', '0.5', '-0.25', '100', '0.1', '0.0123']);
  expect(Object.is(JSON.parse(written(-0)), -0)).toBe(true);
});

test('subnormal, tiny and huge numbers', () => {
  const values = [
    2 ** -149,
    2 ** -126,
    2 ** -127,
    1.17549435e-38,
    3.4028234663852886e38,
    1e-5,
    1e20,
  ];
  for (const value of values.map(Math.fround)) {
    expect(Math.fround(JSON.parse(written(value)) as number)).toBe(value);
    expect(written(-value).length).toBeLessThanOrEqual(MAX_FLOAT_LENGTH);
  }
});

test('any bit pattern and any number of a unit vector: the same bits, the fewest digits, valid JSON', () => {
  const random = randomNumbers(7);
  const bits = new Uint32Array(1);
  const asFloat = new Float32Array(bits.buffer);
  const wrong: [number, string][] = [];
  for (let round = 0; round < 200_000; round++) {
    if (round % 2 === 0) bits[0] = Math.floor(random() * 2 ** 32);
    else asFloat[0] = (random() - 0.5) * 10 ** -Math.floor(random() * 5);
    const value = asFloat[0]!;
    if (!Number.isFinite(value)) continue;
    const text = written(value);
    const isSame = Object.is(Math.fround(JSON.parse(text) as number), value);
    const best = significant(shortest(value)).length;
    if (!isSame || significant(text).length > best) wrong.push([value, text]);
  }
  expect(wrong).toEqual([]);
});
