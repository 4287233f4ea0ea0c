import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSharpDecoder, cropRectangle } from './decode-picture.ts';
import type { DecodeOptions, ImageDecoder } from './decode-picture.ts';

const SIDE = 8;
const OPTIONS: DecodeOptions = { width: SIDE, height: SIDE, fit: 'fill', kernel: 'linear' };

type Rgb = readonly [number, number, number];
const RED: Rgb = [200, 30, 40];
const BLUE: Rgb = [20, 40, 210];

let decoder: ImageDecoder;
beforeAll(async () => {
  decoder = await createSharpDecoder();
});

/** Red on the left half, blue on the right. */
function halves(width = 64, height = 48): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    pixels.set(at % width < width / 2 ? RED : BLUE, at * 3);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function pixelsOf(
  bytes: Uint8Array,
  options: Partial<DecodeOptions> = {},
): Promise<Uint8Array> {
  const outcome = await decoder.decode(bytes, { ...OPTIONS, ...options });
  if (outcome.status !== 'decoded') throw new Error(`${outcome.kind}: ${outcome.reason}`);
  expect(outcome.rgb).toHaveLength(SIDE * SIDE * 3);
  return outcome.rgb;
}

function expectColour(rgb: Uint8Array, at: { x: number; y: number }, colour: Rgb, off = 12): void {
  const start = (at.y * SIDE + at.x) * 3;
  for (const [channel, value] of colour.entries()) {
    expect(Math.abs((rgb[start + channel] ?? Number.NaN) - value)).toBeLessThanOrEqual(off);
  }
}

const LEFT = { x: 0, y: 4 };
const RIGHT = { x: SIDE - 1, y: 4 };

describe('kinds of pictures', () => {
  test.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)('%s', async (format) => {
    const rgb = await pixelsOf(await halves().toFormat(format, { quality: 95 }).toBuffer());
    expectColour(rgb, LEFT, RED);
    expectColour(rgb, RIGHT, BLUE);
  });

  test('EXIF orientation is applied', async () => {
    // 6: the camera was turned, the picture must be turned clockwise; left comes on top.
    const turned = await halves().jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer();
    const rgb = await pixelsOf(turned);
    expectColour(rgb, { x: 4, y: 0 }, RED);
    expectColour(rgb, { x: 4, y: SIDE - 1 }, BLUE);
  });

  test('transparency becomes white', async () => {
    const clear = await sharp({
      create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expectColour(await pixelsOf(clear), LEFT, [255, 255, 255], 0);
    const half = await sharp({
      create: {
        width: 20,
        height: 20,
        channels: 4,
        background: { r: 200, g: 0, b: 0, alpha: 0.5 },
      },
    })
      .png()
      .toBuffer();
    expectColour(await pixelsOf(half), LEFT, [227, 127, 127], 2);
  });

  test('CMYK, greyscale and 16 bit become 8-bit RGB', async () => {
    const cmyk = await halves().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    const colours = await pixelsOf(cmyk);
    // Inks cannot print these colours exactly.
    expectColour(colours, LEFT, RED, 45);
    expectColour(colours, RIGHT, BLUE, 90);

    const grey = await pixelsOf(await halves().greyscale().png().toBuffer());
    expect(grey[0]).toBe(grey[1]);
    expect(grey[0]).toBe(grey[2]);

    const deep = await halves().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expectColour(await pixelsOf(deep), LEFT, RED);
    const deepGrey = await halves().greyscale().toColourspace('grey16').png().toBuffer();
    expect(await pixelsOf(deepGrey)).toHaveLength(SIDE * SIDE * 3);
  });

  test('an animation is its first frame', async () => {
    const frames = await sharp(
      [await halves().png().toBuffer(), await halves().negate().png().toBuffer()],
      { join: { animated: true } },
    )
      .gif()
      .toBuffer();
    expect((await sharp(frames).metadata()).pages).toBe(2);
    expectColour(await pixelsOf(frames), LEFT, RED);
  });

  test('a crop is of the upright picture', async () => {
    const turned = await halves().jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer();
    const top = await pixelsOf(turned, { crop: { x: 0, y: 0, width: 1, height: 0.45 } });
    expectColour(top, { x: 4, y: 0 }, RED);
    expectColour(top, { x: 4, y: SIDE - 1 }, RED);
    const bottom = await pixelsOf(turned, { crop: { x: 0, y: 0.55, width: 1, height: 0.45 } });
    expectColour(bottom, { x: 4, y: 0 }, BLUE);
  });

  test('a crop always has a pixel, inside the picture', () => {
    const picture = { width: 10, height: 7 };
    expect(cropRectangle({ x: 0.999, y: 0.999, width: 1, height: 1 }, picture)).toEqual({
      left: 9,
      top: 6,
      width: 1,
      height: 1,
    });
    expect(cropRectangle({ x: 0, y: 0, width: 0.0001, height: 1 }, picture)).toEqual({
      left: 0,
      top: 0,
      width: 1,
      height: 7,
    });
  });
});

describe('what is refused', () => {
  async function refusalOf(
    bytes: Uint8Array,
  ): Promise<{ kind: string; reason: string; action: string }> {
    const outcome = await decoder.decode(bytes, OPTIONS);
    if (outcome.status !== 'refused') throw new Error('it was decoded');
    return outcome;
  }

  test.each([
    [
      'svg',
      '<?xml version="1.0"?>\n<!-- a drawing --><svg xmlns="http://www.w3.org/2000/svg"/>',
      'SVG',
    ],
    ['svg without a prologue', '\uFEFF  <svg width="1" height="1"/>', 'SVG'],
    ['pdf', '%PDF-1.7\n%âãÏÓ', 'PDF'],
    ['heic', '\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'HEIC'],
  ])('%s is not supported, with a way out', async (_name, text, word) => {
    const refusal = await refusalOf(Buffer.from(text));
    expect(refusal).toMatchObject({ kind: 'picture-unsupported' });
    expect(refusal.reason).toContain(word);
    expect(refusal.action).toMatch(/JPEG|PNG/);
  });

  test.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)(
    'half a %s is truncated',
    async (format) => {
      const noise = sharp({
        create: {
          width: 200,
          height: 200,
          channels: 3,
          background: '#000',
          noise: { type: 'gaussian', mean: 128, sigma: 60 },
        },
      });
      const whole = await noise.toFormat(format).toBuffer();
      expect(await refusalOf(whole.subarray(0, whole.length / 2))).toEqual({
        status: 'refused',
        kind: 'picture-truncated',
        reason: 'The picture ends too early.',
        action: 'Copy the file again.',
      });
    },
  );

  test('text under a picture name is not a picture', async () => {
    expect(await refusalOf(Buffer.from('<html><body>404 Not Found</body></html>'))).toMatchObject({
      kind: 'picture-unreadable',
      reason: 'The picture cannot be read: its content is not a picture.',
    });
  });

  test('a picture whose middle is overwritten is unreadable, not truncated', async () => {
    const png = await halves(300, 300).png().toBuffer();
    png.fill(0xaa, Math.floor(png.length * 0.4), Math.floor(png.length * 0.6));
    expect(await refusalOf(png)).toMatchObject({ kind: 'picture-unreadable' });
  });

  test('a bomb of 30,000 x 30,000 pixels is refused quickly', async () => {
    // The header of a real PNG, saying another size.
    const bomb = Buffer.from(await halves().png().toBuffer());
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    const { crc32 } = await import('node:zlib');
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    const started = performance.now();
    expect(await refusalOf(bomb)).toMatchObject({
      kind: 'picture-too-large',
      reason: 'The picture has more than the 100 million pixels allowed.',
    });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('thumbnails', () => {
  test('fit within the width, upright, on white, as WebP', async () => {
    const turned = await halves(640, 320).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const made = await decoder.thumbnail(turned, { width: 100, format: 'webp' });
    if (made.status !== 'made') throw new Error(made.reason);
    expect(made).toMatchObject({ width: 50, height: 100 });
    expect(await sharp(made.bytes).metadata()).toMatchObject({
      format: 'webp',
      width: 50,
      height: 100,
    });
  });

  test('small pictures are not enlarged', async () => {
    expect(
      await decoder.thumbnail(await halves(30, 20).png().toBuffer(), {
        width: 256,
        format: 'webp',
      }),
    ).toMatchObject({
      width: 30,
      height: 20,
    });
  });
});
