import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture that compresses badly, so that half of its bytes are half of the picture. */
export async function drawNoise(format: 'jpeg' | 'png'): Promise<Buffer> {
  const side = 96;
  const pixels = Buffer.from(
    Array.from({ length: side * side * 3 }, (_, index) => (index * index * 7919) % 251),
  );
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** A true PNG of a few kilobytes that takes `side` x `side` pixels when it is decoded. */
export function makeBomb(side: number): Buffer {
  const rowBytes = 1 + Math.ceil(side / 8);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1; // one bit a pixel, greyscale
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    makeChunk('IHDR', header),
    makeChunk('IDAT', deflateSync(Buffer.alloc(rowBytes * side))),
    makeChunk('IEND', Buffer.alloc(0)),
  ]);
}

function makeChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** The first bytes of a HEIC file; nobody here may decode the rest. */
export const HEIC = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
  Buffer.alloc(64),
]);

/** Links out of the folder and in circles, and a pipe that would wait for ever. */
export async function makeTraps(dir: string, outside: string): Promise<void> {
  await mkdir(outside, { recursive: true });
  await writeFile(path.join(outside, 'secret.jpg'), await drawNoise('jpeg'));
  await symlink(path.join(outside, 'secret.jpg'), path.join(dir, 'link-out.jpg'));
  await symlink(outside, path.join(dir, 'folder-out'));
  await symlink('circle-b.jpg', path.join(dir, 'circle-a.jpg'));
  await symlink('circle-a.jpg', path.join(dir, 'circle-b.jpg'));
  await symlink('nowhere.jpg', path.join(dir, 'link-to-nothing.jpg'));
  await symlink(dir, path.join(dir, 'round-and-round'));
  execFileSync('mkfifo', [path.join(dir, 'pipe.jpg')]);
}
