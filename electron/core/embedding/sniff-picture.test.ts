import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readPictureSize } from './picture-size.ts';
import { endsTooEarly, sniffPicture } from './sniff-picture.ts';

async function picture(format: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif'): Promise<Buffer> {
  const create = { width: 123, height: 45, channels: 3, background: '#a05020' } as const;
  return sharp({ create }).toFormat(format).toBuffer();
}

describe('formats', () => {
  test.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)('%s', async (format) => {
    const bytes = await picture(format);
    expect(sniffPicture(bytes)).toBe(format);
    expect(endsTooEarly(bytes, format)).toBe(false);
    expect(endsTooEarly(bytes.subarray(0, bytes.length / 2), format)).toBe(true);
    // As it comes out of a larger buffer.
    const padded = Buffer.concat([Buffer.from('xxx'), bytes]).subarray(3);
    expect(sniffPicture(padded)).toBe(format);
  });

  test.each([
    ['svg', '<svg viewBox="0 0 1 1">'],
    ['svg', '\n<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "x">'],
    ['pdf', '%PDF-1.4'],
    ['heic', '\0\0\0\u001cftypmif1\0\0\0\0mif1heic'],
    ['avif', '\0\0\0\u001cftypmif1\0\0\0\0mif1avif'],
    ['psd', '8BPS\0\u0001'],
    ['unknown', '<?xml version="1.0"?><rss>'],
    ['unknown', 'GIF'],
    ['unknown', '\0\0\0\u0018ftypisom\0\0\0\0isommp42'],
    ['unknown', ''],
  ])('%s', (format, text) => {
    expect(sniffPicture(Buffer.from(text, 'latin1'))).toBe(format);
  });
});

describe('sizes from the header', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('%s', async (format) => {
    expect(readPictureSize(await picture(format), format)).toEqual({
      width: 123,
      height: 45,
      isAnimated: false,
    });
  });

  test('lossless and extended WebP', async () => {
    const create = { width: 300, height: 45, channels: 4, background: '#a0502080' } as const;
    const lossless = await sharp({ create }).webp({ lossless: true }).toBuffer();
    expect(readPictureSize(lossless, 'webp')).toMatchObject({ width: 300, height: 45 });
    const extended = await sharp({ create }).webp().withMetadata({ orientation: 1 }).toBuffer();
    expect(extended.toString('latin1', 12, 16)).toBe('VP8X');
    expect(readPictureSize(extended, 'webp')).toMatchObject({ width: 300, height: 45 });
  });

  test('a header that stops is no size', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      expect(readPictureSize((await picture(format)).subarray(0, 15), format)).toBeUndefined();
    }
    expect(readPictureSize(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), 'jpeg')).toBeUndefined();
  });
});
