import type { PictureFormat } from './sniff-picture.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
}

/**
 * Width and height as the file's header states them, before any EXIF rotation; undefined when the
 * header is not understood. Reads JPEG (ITU-T T.81 B.2), PNG and WebP (RFC 9649): enough to decide
 * whether a picture is small already, without decoding it.
 */
export function readPictureSize(bytes: Uint8Array, format: PictureFormat): PictureSize | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (format) {
      case 'jpeg':
        return jpegSize(data);
      case 'png':
        return {
          width: data.readUInt32BE(16),
          height: data.readUInt32BE(20),
          isAnimated: data.subarray(0, 1024).includes('acTL'),
        };
      case 'webp':
        return webpSize(data);
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function jpegSize(data: Buffer): PictureSize | undefined {
  let at = 2;
  for (;;) {
    if (data.readUInt8(at) !== 0xff) return undefined;
    const marker = data.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // SOF0 to SOF15, without the tables (DHT, JPG, DAC) that share the range.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return {
        height: data.readUInt16BE(at + 5),
        width: data.readUInt16BE(at + 7),
        isAnimated: false,
      };
    }
    at += 2 + data.readUInt16BE(at + 2);
  }
}

function webpSize(data: Buffer): PictureSize | undefined {
  switch (data.toString('latin1', 12, 16)) {
    case 'VP8X':
      return {
        width: 1 + data.readUIntLE(24, 3),
        height: 1 + data.readUIntLE(27, 3),
        isAnimated: (data.readUInt8(20) & 0b10) !== 0,
      };
    case 'VP8 ':
      return {
        width: data.readUInt16LE(26) & 0x3fff,
        height: data.readUInt16LE(28) & 0x3fff,
        isAnimated: false,
      };
    case 'VP8L': {
      const bits = data.readUInt32LE(21);
      return {
        width: 1 + (bits & 0x3fff),
        height: 1 + ((bits >>> 14) & 0x3fff),
        isAnimated: false,
      };
    }
    default:
      return undefined;
  }
}
