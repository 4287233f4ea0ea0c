import { describe, expect, test } from 'vitest';
import type { ImageModelSpec } from '../../models/manifest.ts';
import { poolOutput } from './pool-output.ts';
import { createPixelWriter, tensorShape } from './preprocess.ts';

function preprocessing(layout: 'NCHW' | 'NHWC'): ImageModelSpec['preprocessing'] {
  return {
    width: 2,
    height: 1,
    fit: 'fill',
    kernel: 'linear',
    mean: [10, 20, 30],
    std: [1, 2, 5],
    layout,
  };
}

/** Two pixels. */
const RGB = Uint8Array.of(11, 22, 35, 10, 30, 130);

describe('pixels to numbers', () => {
  test.each([
    ['NCHW', [1, 0, 1, 5, 1, 20], [2, 3, 1, 2]],
    ['NHWC', [1, 1, 1, 0, 5, 20], [2, 1, 2, 3]],
  ] as const)(
    '%s, in its slot, each channel by its own mean and deviation',
    (layout, numbers, shape) => {
      const tensor = new Float32Array(12);
      createPixelWriter(preprocessing(layout))(RGB, tensor, 1);
      expect([...tensor]).toEqual([0, 0, 0, 0, 0, 0, ...numbers]);
      expect(tensorShape(preprocessing(layout), 2)).toEqual(shape);
    },
  );

  test('pixels of another size are an error, not a shifted picture', () => {
    const write = createPixelWriter(preprocessing('NCHW'));
    expect(() => write(RGB.subarray(3), new Float32Array(6), 0)).toThrow('expected 6 bytes');
  });
});

describe('output to vectors', () => {
  // Two inputs of two rows of two numbers.
  const output = { data: Float32Array.of(3, 4, 1, 0, 0, 2, 2, 0), dims: [2, 2, 2] };

  test('none: the output, made a unit vector', () => {
    const flat = { data: Float32Array.of(3, 4, 0, -2), dims: [2, 2] };
    expect(poolOutput(flat, { pooling: 'none', dimension: 2 })).toEqual([
      Float32Array.of(0.6, 0.8),
      Float32Array.of(0, -1),
    ]);
  });

  test('cls: the first row', () => {
    expect(poolOutput(output, { pooling: 'cls', dimension: 2 })).toEqual([
      Float32Array.of(0.6, 0.8),
      Float32Array.of(0, 1),
    ]);
  });

  test('mean: of the rows that are no padding', () => {
    const half = Math.fround(Math.SQRT1_2);
    expect(poolOutput(output, { pooling: 'mean', dimension: 2, lengths: [1, 2] })).toEqual([
      Float32Array.of(0.6, 0.8),
      Float32Array.of(half, half),
    ]);
  });

  test('what has no direction is no vector', () => {
    const bad = { data: Float32Array.of(0, 0, Number.NaN, 1), dims: [2, 2] };
    expect(poolOutput(bad, { pooling: 'none', dimension: 2 })).toEqual([undefined, undefined]);
  });

  test('another dimension than the manifest says is an error', () => {
    expect(() => poolOutput(output, { pooling: 'cls', dimension: 3 })).toThrow(
      'got the shape [2, 2, 2]',
    );
    expect(() => poolOutput(output, { pooling: 'none', dimension: 2 })).toThrow('pooling none');
  });
});
