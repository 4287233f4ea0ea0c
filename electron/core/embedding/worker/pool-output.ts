import { assertNever } from '../../errors.ts';
import type { ModelSpec } from '../../models/manifest.ts';

/** A graph's output: `data` in row-major order. */
export interface GraphOutput {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

export interface PoolOptions {
  readonly pooling: ModelSpec['pooling'];
  readonly dimension: number;
  /** Tokens in each sequence of the batch; the rest is padding. For `mean`. */
  readonly lengths?: readonly number[];
}

/**
 * One unit vector an input: the output itself, its row 0 (CLS), or the mean of its rows that are no
 * padding, as sentence-transformers' Pooling and Normalize modules do. A vector that has no direction
 * (not finite, or zero) comes back undefined.
 *
 * @throws RangeError when the shape is not [batch, dimension] or [batch, rows, dimension].
 */
export function poolOutput(
  output: GraphOutput,
  options: PoolOptions,
): (Float32Array | undefined)[] {
  const { data, dims } = output;
  const [batch = 0, rows = 1] = dims;
  const isRight =
    dims.at(-1) === options.dimension && dims.length === (options.pooling === 'none' ? 2 : 3);
  if (!isRight) {
    throw new RangeError(
      `expected an output of ${options.dimension} numbers for pooling ${options.pooling}, got the shape [${dims.join(', ')}]`,
    );
  }
  return Array.from({ length: batch }, (_, item) => {
    switch (options.pooling) {
      case 'none':
        return unit(data.slice(item * options.dimension, (item + 1) * options.dimension));
      case 'cls': {
        const start = item * rows * options.dimension;
        return unit(data.slice(start, start + options.dimension));
      }
      case 'mean':
        return unit(
          sumOfRows(data, item * rows, options.lengths?.[item] ?? rows, options.dimension),
        );
      default:
        return assertNever(options.pooling);
    }
  });
}

/** The mean's direction is the sum's. */
function sumOfRows(
  data: Float32Array,
  firstRow: number,
  rows: number,
  dimension: number,
): Float32Array {
  const sum = new Float32Array(dimension);
  for (let row = firstRow; row < firstRow + rows; row++) {
    for (let column = 0; column < dimension; column++) {
      sum[column] = sum[column]! + data[row * dimension + column]!;
    }
  }
  return sum;
}

function unit(vector: Float32Array): Float32Array | undefined {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length) || length === 0) return undefined;
  for (let index = 0; index < vector.length; index++) {
    vector[index] = vector[index]! / length;
  }
  return vector;
}
