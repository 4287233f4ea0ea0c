import { expect, test } from 'vitest';
import { MAX_FLOAT_LENGTH, writeFloat, writeFloats } from './write-float.ts';

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

test('at powers of two and of ten, where gaps and digits change, and right beside them', () => {
  const edges = Array.from({ length: 60 }, (_, at) => 2 ** (at - 40)).concat(
    Array.from({ length: 20 }, (_, at) => Number(`1e${at - 12}`)),
  );
  const around = Float32Array.from(edges.flatMap((edge) => [edge, edge, edge, edge, edge]));
  const bits = new Int32Array(around.buffer);
  for (let at = 0; at < bits.length; at++) bits[at]! += (at % 5) - 2;
  const wrong = [...around].filter(
    (value) => significant(written(value)) !== significant(shortest(value)),
  );
  expect(wrong).toEqual([]);
});

test('a list of numbers of every kind, each behind the one before', () => {
  const numbers = Float32Array.of(0.5, -0, 0.1, -0.012345679, 3, 2 ** -149, 0.99999994, -1e-6, 0);
  const bytes = Buffer.alloc(numbers.length * (MAX_FLOAT_LENGTH + 1));
  const end = writeFloats(new DataView(bytes.buffer, bytes.byteOffset), 0, numbers);
  expect(bytes.toString('latin1', 0, end)).toBe(
    '0.5,-0.0,0.1,-0.012345679,3,1e-45,0.99999994,-0.000001,0',
  );
});
