import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const TARGET = path.resolve(import.meta.dirname, '../resources');

const INK = '#1d1b19';
const CANVAS = '#f5f4f2';

/** The V as an outline, so that no font is needed: a broad stroke down, a fine one up, bracketed serifs. */
function traceLetter(): string {
  return [
    'M210 286',
    'L506 286 L506 318',
    'C456 320 440 334 440 358 C440 370 443 383 449 399',
    'L566 690',
    'L668 412 C675 392 679 374 679 362 C679 334 660 321 606 318 L606 286',
    'L814 286 L814 318',
    'C768 324 744 346 724 398',
    'L566 806 L500 806',
    'L306 386 C282 336 258 322 210 318 Z',
  ].join(' ');
}

/** Draws the mark: a serif V, ink on the gallery wall, with the faintest of frames. */
export function drawIcon(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024" width="1024" height="1024"><defs><linearGradient id="wall" x2="0" y2="1"><stop offset="0" stop-color="#fbfaf8"/><stop offset="1" stop-color="${CANVAS}"/></linearGradient></defs><rect x="64" y="64" width="896" height="896" rx="204" fill="url(#wall)"/><rect x="66" y="66" width="892" height="892" rx="202" fill="none" stroke="#e4e0db" stroke-width="4"/><path d="${traceLetter()}" fill="${INK}"/></svg>\n`;
}

await mkdir(TARGET, { recursive: true });
const svg = drawIcon();
await writeFile(path.join(TARGET, 'icon.svg'), svg);
await sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toFile(path.join(TARGET, 'icon.png'));
