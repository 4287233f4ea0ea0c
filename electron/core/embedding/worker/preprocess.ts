import type { ImageModelSpec } from '../../models/manifest.ts';

type Preprocessing = ImageModelSpec['preprocessing'];

/** Writes one picture's pixels (rows of RGB triples) into a batch tensor at `slot`. */
export type WritePixels = (rgb: Uint8Array, tensor: Float32Array, slot: number) => void;

/** Numbers in one picture's share of the tensor. */
export function pixelCount({ width, height }: Preprocessing): number {
  return 3 * width * height;
}

/** Shape of a batch tensor. */
export function tensorShape({ width, height, layout }: Preprocessing, batch: number): number[] {
  return layout === 'NCHW' ? [batch, 3, height, width] : [batch, height, width, 3];
}

/**
 * (x - mean) / std by a table of 256 values a channel: a third quicker than arithmetic, and the
 * divisions are done in double precision once.
 */
export function createPixelWriter(preprocessing: Preprocessing): WritePixels {
  const { mean, std, layout } = preprocessing;
  const red = table(mean[0], std[0]);
  const green = table(mean[1], std[1]);
  const blue = table(mean[2], std[2]);
  const size = pixelCount(preprocessing);
  const plane = size / 3;

  return (rgb, tensor, slot) => {
    if (rgb.length !== size) {
      throw new RangeError(`expected ${size} bytes of pixels, got ${rgb.length}`);
    }
    const start = slot * size;
    if (layout === 'NHWC') {
      for (let from = 0; from < size; from += 3) {
        tensor[start + from] = red[rgb[from]!]!;
        tensor[start + from + 1] = green[rgb[from + 1]!]!;
        tensor[start + from + 2] = blue[rgb[from + 2]!]!;
      }
      return;
    }
    const greenStart = start + plane;
    const blueStart = greenStart + plane;
    for (let pixel = 0, from = 0; pixel < plane; pixel++, from += 3) {
      tensor[start + pixel] = red[rgb[from]!]!;
      tensor[greenStart + pixel] = green[rgb[from + 1]!]!;
      tensor[blueStart + pixel] = blue[rgb[from + 2]!]!;
    }
  };
}

function table(mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => (value - mean) / std);
}
