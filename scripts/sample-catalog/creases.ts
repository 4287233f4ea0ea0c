import { crc32, deflateSync } from 'node:zlib';
import { createRandom } from './random.ts';

// SVG can make noise itself, but slowly: a few small maps, stretched over the picture, look the same.
const SIDE = 128;
const MAPS = 8;
const CELLS = 6;

type Field = Float64Array;

function makeField(seed: number): Field {
  const random = createRandom(seed);
  const field = new Float64Array(SIDE * SIDE);
  for (const [cellsX, cellsY, weight] of [
    [CELLS, CELLS * 0.8, 1],
    [CELLS * 2.2, CELLS * 1.7, 0.45],
  ] as const) {
    const columns = Math.ceil(cellsX) + 2;
    const rows = Math.ceil(cellsY) + 2;
    const angles = Float64Array.from({ length: columns * rows }, () => random.next() * Math.PI * 2);
    for (let y = 0; y < SIDE; y += 1) {
      for (let x = 0; x < SIDE; x += 1) {
        field[y * SIDE + x] =
          (field[y * SIDE + x] ?? 0) +
          weight * sampleGradient(angles, columns, (x / SIDE) * cellsX, (y / SIDE) * cellsY);
      }
    }
  }
  return field;
}

function sampleGradient(angles: Float64Array, columns: number, x: number, y: number): number {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - ix, y - iy];
  const corner = (dx: number, dy: number): number => {
    const angle = angles[(iy + dy) * columns + ix + dx] ?? 0;
    return Math.cos(angle) * (fx - dx) + Math.sin(angle) * (fy - dy);
  };
  const ease = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);
  const top = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * ease(fx);
  const bottom = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * ease(fx);
  return top + (bottom - top) * ease(fy);
}

function encodePng(pixels: Uint8Array): string {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(SIDE * (SIDE * 3 + 1));
  for (let y = 0; y < SIDE; y += 1)
    rows.set(pixels.subarray(y * SIDE * 3, (y + 1) * SIDE * 3), y * (SIDE * 3 + 1) + 1);
  const file = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${file.toString('base64')}`;
}

function clampByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

/** How cloth number `seed` hangs: red and green push the picture, blue holds the light on its folds. */
function makeMaps(seed: number): { push: string; light: string } {
  const [across, down] = [makeField(seed * 3 + 1), makeField(seed * 3 + 2)];
  const push = new Uint8Array(SIDE * SIDE * 3);
  const light = new Uint8Array(SIDE * SIDE * 3);
  const height = (x: number, y: number): number =>
    across[Math.max(0, Math.min(SIDE - 1, y)) * SIDE + Math.max(0, Math.min(SIDE - 1, x))] ?? 0;
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const at = y * SIDE + x;
      push.set(
        [clampByte(128 + 150 * (across[at] ?? 0)), clampByte(128 + 150 * (down[at] ?? 0)), 128],
        at * 3,
      );
      const slope =
        (height(x + 1, y) - height(x - 1, y)) * 0.8 + (height(x, y + 1) - height(x, y - 1)) * 0.5;
      light.fill(clampByte(128 + 190 * slope), at * 3, at * 3 + 3);
    }
  }
  return { push: encodePng(push), light: encodePng(light) };
}

const made = new Map<number, { push: string; light: string }>();

/** The two maps by which a piece of cloth creases, one of a few hands of cloth chosen by the seed. */
export function chooseCreases(seed: number): { push: string; light: string } {
  const hand = seed % MAPS;
  const known = made.get(hand) ?? makeMaps(hand + 11);
  made.set(hand, known);
  return known;
}
