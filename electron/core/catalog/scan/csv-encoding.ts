import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { CsvOptions } from '../../../../shared/contract/catalog.ts';
import type { Pacer } from '../../pacer.ts';

export type CsvEncoding = NonNullable<CsvOptions['encoding']>;

export interface DetectedEncoding {
  readonly encoding: CsvEncoding;
  /** UTF-8 by all appearances, but some lines are not: those are lost, the others are read. */
  readonly isDamaged: boolean;
}

const NEWLINE = 0x0a;

/**
 * Detects how a text file is encoded: by its byte order mark, by the zero bytes of UTF-16, and by
 * reading all of it to see whether it is UTF-8. A file that is not counts as Windows-1252, unless
 * more of its lines are proper UTF-8 with characters beyond ASCII than are broken.
 */
export async function detectEncoding(file: string, pacer: Pacer): Promise<DetectedEncoding> {
  let broken = 0;
  let proper = 0;
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  const stream: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: 256 * 1024 });
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (isFirst) {
      const utf16 = detectUtf16(bytes);
      if (utf16 !== undefined) return { encoding: utf16, isDamaged: false };
      isFirst = false;
    }
    const end = bytes.lastIndexOf(NEWLINE) + 1 || utf8Boundary(bytes);
    const whole = bytes.subarray(0, end);
    rest = bytes.subarray(end);
    if (isAscii(whole)) continue;
    const lines = countLines(whole);
    proper += lines.proper;
    broken += lines.broken;
    if (pacer.isDue) await pacer.breathe();
  }
  const last = countLines(rest);
  proper += last.proper;
  broken += last.broken;
  if (broken === 0) return { encoding: 'utf-8', isDamaged: false };
  if (proper > broken) return { encoding: 'utf-8', isDamaged: true };
  return { encoding: 'windows-1252', isDamaged: false };
}

function detectUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(bytes.length, 4096) & ~1;
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 1]!++;
  const half = length / 2;
  if (half < 4) return undefined;
  // The high byte of almost every character of a western table is zero; the low one never is.
  if (zeros[1]! > half * 0.7 && zeros[0]! < half * 0.1) return 'utf-16le';
  if (zeros[0]! > half * 0.7 && zeros[1]! < half * 0.1) return 'utf-16be';
  return undefined;
}

function countLines(bytes: Buffer): { proper: number; broken: number } {
  if (isAscii(bytes)) return { proper: 0, broken: 0 };
  // Good enough to weigh against broken lines, and a gigabyte of proper text costs no line splitting.
  if (isUtf8(bytes)) return { proper: 1, broken: 0 };
  let proper = 0;
  let broken = 0;
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, from);
    const to = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(from, to);
    if (!isUtf8(line)) broken++;
    else if (!isAscii(line)) proper++;
    from = to;
  }
  return { proper, broken };
}

/** Where the last whole UTF-8 character of a piece ends. */
function utf8Boundary(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
