import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { Shot } from './shot.ts';
import { SIZES } from './shot.ts';
import { THEMES } from './take-shots.ts';

const WIDTH = 640;
const HEIGHT = 400;
const LABEL = 34;
const GAP = 16;
/** Shots side by side, each in both themes. */
const COLUMNS = 2;

/** Writes index.html with every picture in full, and contact-sheet.png with all of them small. */
export async function writeContactSheet(outDir: string, shots: readonly Shot[]): Promise<void> {
  const taken = shots.filter(({ name }) =>
    THEMES.every((theme) => existsSync(path.join(outDir, `${name}-${theme}.png`))),
  );
  await writeFile(path.join(outDir, 'index.html'), toHtml(taken));
  await writeMontage(outDir, taken);
}

async function writeMontage(outDir: string, shots: readonly Shot[]): Promise<void> {
  const across = COLUMNS * THEMES.length;
  const rows = Math.ceil(shots.length / COLUMNS);
  const width = across * (WIDTH + GAP) + GAP;
  const height = rows * (HEIGHT + LABEL + GAP) + GAP;
  const pieces = await Promise.all(
    shots.flatMap((shot, at) =>
      THEMES.map(async (theme, side) => {
        const left = GAP + ((at % COLUMNS) * THEMES.length + side) * (WIDTH + GAP);
        const top = GAP + Math.floor(at / COLUMNS) * (HEIGHT + LABEL + GAP);
        const picture = await sharp(path.join(outDir, `${shot.name}-${theme}.png`))
          .resize(WIDTH, HEIGHT, { fit: 'contain', background: '#8a857e' })
          .toBuffer();
        const label = Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${LABEL}"><text x="2" y="22" font-family="sans-serif" font-size="17" fill="#ffffff">${escape(shot.says)}</text></svg>`,
        );
        return [
          { input: label, left, top },
          { input: picture, left, top: top + LABEL },
        ];
      }),
    ),
  );
  await sharp({ create: { width, height, channels: 3, background: '#5f5b56' } })
    .composite(pieces.flat())
    .png({ palette: true, quality: 80, effort: 4 })
    .toFile(path.join(outDir, 'contact-sheet.png'));
}

function toHtml(shots: readonly Shot[]): string {
  const figures = shots.map(({ name, says, size }) => {
    const { width, height } = SIZES[size ?? 'usual'];
    const pictures = THEMES.map(
      (theme) =>
        `<a href="${name}-${theme}.png"><img src="${name}-${theme}.png" width="${width}" height="${height}" alt="${escape(says)}, ${theme}" loading="lazy"></a>`,
    ).join('');
    return `<figure id="${name}"><figcaption>${escape(says)} <code>${name}</code></figcaption><div>${pictures}</div></figure>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Vitrine: every screen and state</title>
<style>
  body { margin: 24px; background: #5f5b56; color: #fff; font: 15px/1.4 system-ui, sans-serif; }
  figure { margin: 0 0 32px; }
  figcaption { margin-bottom: 8px; font-size: 18px; }
  code { font-size: 13px; opacity: 0.8; }
  div { display: flex; gap: 16px; }
  a { flex: 1; min-width: 0; }
  img { display: block; width: 100%; height: auto; }
</style>
${figures.join('\n')}
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
