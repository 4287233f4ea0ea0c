import type { Sharp } from 'sharp';
import type { Crop } from '../../../../shared/contract/search.ts';
import { describeError } from '../../errors.ts';
import type { ImageModelSpec } from '../../models/manifest.ts';
import { DECODED_FORMATS, endsTooEarly, sniffPicture } from '../sniff-picture.ts';
import type { Refused } from '../embedder.ts';
import {
  MAX_PIXELS,
  tooManyPixels,
  truncatedPicture,
  unreadablePicture,
  unsupportedPicture,
} from '../refusals.ts';
import type { ThumbnailInput, ThumbnailOutcome } from './protocol.ts';

export interface Pixels {
  readonly status: 'decoded';
  /** Rows of RGB triples, 8 bits a channel. */
  readonly rgb: Uint8Array;
}

export interface DecodeOptions extends Pick<
  ImageModelSpec['preprocessing'],
  'width' | 'height' | 'fit' | 'kernel'
> {
  readonly crop?: Crop | undefined;
}

/** Makes pixels of a picture's bytes: upright, on white, sRGB. Refuses, never throws, for bad bytes. */
export interface ImageDecoder {
  decode(bytes: Uint8Array, options: DecodeOptions): Promise<Pixels | Refused>;
  /** Fits the picture within `width` x `width` without enlarging it. */
  thumbnail(
    bytes: Uint8Array,
    options: Pick<ThumbnailInput, 'width' | 'format'>,
  ): Promise<ThumbnailOutcome>;
}

/** No honest picture within the limits takes this long. */
const TIMEOUT_SECONDS = 60;
const THUMBNAIL_QUALITY = 82;

/** Loads sharp, with every reader shut off but those of the formats we decode. */
export async function createSharpDecoder(): Promise<ImageDecoder> {
  const { default: sharp } = await import('sharp');
  // A hostile file must not choose a reader for itself: content decides, and only among these.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadWebpBuffer',
      'VipsForeignLoadNsgifBuffer',
      'VipsForeignLoadTiffBuffer',
      'VipsForeignLoadHeifBuffer',
    ],
  });
  // Pictures are decoded side by side; more threads for one give nothing (measured), and no picture
  // is opened twice.
  sharp.concurrency(1);
  sharp.cache(false);

  function open(bytes: Uint8Array): Sharp {
    return (
      sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS })
        .timeout({ seconds: TIMEOUT_SECONDS })
        .autoOrient()
        .flatten({ background: '#ffffff' })
        // 8-bit sRGB from CMYK, greyscale, 16 bit and wide gamuts.
        .toColourspace('srgb')
    );
  }

  return {
    async decode(bytes, options) {
      return refusing(bytes, async () => {
        const upright = open(bytes);
        if (options.crop !== undefined) {
          const { autoOrient } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
          upright.extract(cropRectangle(options.crop, autoOrient));
        }
        const rgb = await upright
          .resize(options.width, options.height, { fit: options.fit, kernel: options.kernel })
          .removeAlpha()
          .raw()
          .toBuffer();
        return { status: 'decoded', rgb };
      });
    },
    async thumbnail(bytes, { width, format }) {
      return refusing(bytes, async () => {
        const fitted = open(bytes).resize(width, width, {
          fit: 'inside',
          withoutEnlargement: true,
        });
        const encoded =
          format === 'png' ? fitted.png() : fitted.webp({ quality: THUMBNAIL_QUALITY });
        const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
        return { status: 'made', bytes: data, width: info.width, height: info.height };
      });
    },
  };
}

/** Fractions to whole pixels: at least one, and inside the picture. */
export function cropRectangle(
  crop: Crop,
  picture: { readonly width: number; readonly height: number },
): { left: number; top: number; width: number; height: number } {
  const left = Math.min(Math.round(crop.x * picture.width), picture.width - 1);
  const top = Math.min(Math.round(crop.y * picture.height), picture.height - 1);
  const right = Math.min(Math.round((crop.x + crop.width) * picture.width), picture.width);
  const bottom = Math.min(Math.round((crop.y + crop.height) * picture.height), picture.height);
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

async function refusing<Result>(
  bytes: Uint8Array,
  decode: () => Promise<Result>,
): Promise<Result | Refused> {
  const format = sniffPicture(bytes);
  if (format === 'unknown') return unreadablePicture('its content is not a picture');
  if (!DECODED_FORMATS.has(format)) return unsupportedPicture(format);
  try {
    return await decode();
  } catch (error) {
    const message = describeError(error);
    if (/exceeds pixel limit|image dimensions/i.test(message)) return tooManyPixels();
    if (/premature end/i.test(message) || endsTooEarly(bytes, format)) return truncatedPicture();
    return unreadablePicture(firstLine(message));
  }
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).trim().replace(/[.:]+$/, '');
}
