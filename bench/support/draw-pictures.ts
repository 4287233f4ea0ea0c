import sharp from 'sharp';
import { mulberry32 } from './make-catalog.ts';

/** As tall and wide as a shop shows its products in lists. */
const SIZE = { width: 450, height: 600 };
/** Drawn whole; the others are cut from these, which is twenty times as quick. */
const SCENES = 24;
const SHAPES = 60;

/** Drawn pictures of about 10 KB each, no two alike, the same for the same seed. */
export async function drawPictures(count: number, seed: number): Promise<Uint8Array[]> {
  const random = mulberry32(seed);
  const scenes = await Promise.all(Array.from({ length: SCENES }, () => drawScene(random)));
  const pictures: Uint8Array[] = [];
  for (let n = 0; n < count; n += 1) {
    const { data, info } = scenes[n % SCENES]!;
    const left = Math.floor(random() * (info.width - SIZE.width));
    const top = Math.floor(random() * (info.height - SIZE.height));
    pictures.push(
      await sharp(data, { raw: info })
        .extract({ left, top, ...SIZE })
        .jpeg({ quality: 62 })
        .toBuffer(),
    );
  }
  return pictures;
}

/** A wall of overlapping shapes, three times as wide and twice as high as a picture. */
async function drawScene(random: () => number) {
  const width = SIZE.width * 3;
  const height = SIZE.height * 2;
  const colour = () =>
    `hsl(${Math.floor(random() * 360)} ${30 + random() * 50}% ${random() * 80 + 10}%)`;
  const shapes = Array.from({ length: SHAPES }, () => {
    const x = random() * width;
    const y = random() * height;
    const size = 40 + random() * 200;
    const turn = `transform="rotate(${random() * 360} ${x} ${y})"`;
    return random() < 0.5
      ? `<rect x="${x}" y="${y}" width="${size}" height="${size / 2}" rx="12" fill="${colour()}" stroke="${colour()}" stroke-width="6" ${turn}/>`
      : `<ellipse cx="${x}" cy="${y}" rx="${size / 2}" ry="${size / 3}" fill="${colour()}" stroke="${colour()}" stroke-width="6" ${turn}/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colour()}"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
}
