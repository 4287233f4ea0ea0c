/** What the first bytes of a file say it is, whatever its name says. */
export type PictureFormat =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'tiff'
  | 'avif'
  | 'heic'
  | 'svg'
  | 'pdf'
  | 'bmp'
  | 'jxl'
  | 'psd'
  | 'unknown';

/** The formats that are decoded; the others are recognised to be refused with a helpful word. */
export const DECODED_FORMATS: ReadonlySet<PictureFormat> = new Set([
  'jpeg',
  'png',
  'webp',
  'gif',
  'tiff',
  'avif',
]);

/** Formats every browser shows, with their content types. */
export const WEB_CONTENT_TYPES: Partial<Record<PictureFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
};

const SNIFF_BYTES = 512;

/** Tells a picture's format from its first bytes (at least 512, or the whole file). */
export function sniffPicture(bytes: Uint8Array): PictureFormat {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SNIFF_BYTES));
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  const text = head.toString('latin1');
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  // Classic and BigTIFF, either byte order.
  if (/^(?:II[*+]\0|MM\0[*+])/.test(text)) return 'tiff';
  if (text.slice(4, 8) === 'ftyp') return sniffIsoMedia(head);
  if (text.startsWith('%PDF-')) return 'pdf';
  if (text.startsWith('BM') && head.length > 14 && head.readUInt32LE(6) === 0) return 'bmp';
  if (text.startsWith('8BPS')) return 'psd';
  if (startsWith(head, [0xff, 0x0a]) || text.slice(4, 8) === 'JXL ') return 'jxl';
  if (looksLikeSvg(head)) return 'svg';
  return 'unknown';
}

/**
 * Whether the bytes stop before the format says they should. Called only after decoding failed, to
 * tell a half-copied file from a broken one.
 */
export function endsTooEarly(bytes: Uint8Array, format: PictureFormat): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'jpeg':
      // Cameras append to pictures, so the end marker may stand anywhere in the last part.
      return data.lastIndexOf(Buffer.from([0xff, 0xd9])) < data.length / 2;
    case 'png':
      return data.lastIndexOf('IEND', undefined, 'latin1') === -1;
    case 'webp':
      return data.length < 12 || data.readUInt32LE(4) + 8 > data.length;
    case 'gif':
      return data.subarray(-16).indexOf(0x3b) === -1;
    case 'tiff':
      return tiffEndsTooEarly(data);
    case 'avif':
      return boxesEndTooEarly(data);
    default:
      return false;
  }
}

function startsWith(head: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}

/** AVIF and HEIC share a container; the brands tell them apart (ISO/IEC 23008-12, AV1 image file). */
function sniffIsoMedia(head: Buffer): PictureFormat {
  const boxEnd = Math.min(head.readUInt32BE(0), head.length);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= boxEnd; at += 4) {
    if (at !== 12) brands.push(head.toString('latin1', at, at + 4));
  }
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  const isHeic = brands.some((brand) => /^(?:he[ivc][a-z0-9]|mif1|msf1)$/.test(brand));
  return isHeic ? 'heic' : 'unknown';
}

function looksLikeSvg(head: Buffer): boolean {
  const isUtf16 = startsWith(head, [0xff, 0xfe]);
  const text = head
    .toString(isUtf16 ? 'utf16le' : 'utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  return (
    /^<svg[\s>]/i.test(text) ||
    (/^<(?:\?xml|!doctype|!--)/i.test(text) && /<svg[\s>]|<!doctype svg/i.test(text))
  );
}

/** Bytes of a value by TIFF field type (TIFF 6.0, section 2). */
const TIFF_TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const STRIP_OFFSETS = 273;
const TILE_OFFSETS = 324;

/** Looks whether the first directory, what it points to and the last strip or tile lie in the file. */
function tiffEndsTooEarly(data: Buffer): boolean {
  const isLittleEndian = data[0] === 0x49;
  const u16 = (at: number): number =>
    isLittleEndian ? data.readUInt16LE(at) : data.readUInt16BE(at);
  const u32 = (at: number): number =>
    isLittleEndian ? data.readUInt32LE(at) : data.readUInt32BE(at);
  try {
    const directory = u32(4);
    for (let entry = directory + 2; entry < directory + 2 + u16(directory) * 12; entry += 12) {
      const [tag, type, count] = [u16(entry), u16(entry + 2), u32(entry + 4)];
      const typeBytes = TIFF_TYPE_BYTES[type] ?? 0;
      const at = typeBytes * count > 4 ? u32(entry + 8) : entry + 8;
      if (at + typeBytes * count > data.length) return true;
      const isOffsets = tag === STRIP_OFFSETS || tag === TILE_OFFSETS;
      // A strip has at least a byte.
      if (isOffsets && typeBytes === 4 && u32(at + (count - 1) * 4) >= data.length) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}

function boxesEndTooEarly(data: Buffer): boolean {
  let at = 0;
  while (at + 8 <= data.length) {
    const size = data.readUInt32BE(at);
    // 0: to the end of the file. 1: a 64-bit size follows.
    if (size === 0) return false;
    const length =
      size === 1 && at + 16 <= data.length ? Number(data.readBigUInt64BE(at + 8)) : size;
    if (length < 8) return false;
    at += length;
  }
  return at !== data.length;
}
