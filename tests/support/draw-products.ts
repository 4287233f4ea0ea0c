import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const SHAPES = ['circle', 'square', 'stripe'] as const;
const COLOURS = { red: '#c62f2f', green: '#2f9e44', blue: '#2f5fc6', yellow: '#e0b021' } as const;

/**
 * Draws `count` small products (a shape in a colour) and a CSV with their names, so that a test has
 * pictures which differ and names some of which are the same. Returns the keys.
 */
export async function drawProducts(dir: string, count: number): Promise<string[]> {
  await mkdir(path.join(dir, 'images'), { recursive: true });
  const rows = ['id,name,shape,colour,size'];
  const keys: string[] = [];
  for (let index = 0; index < count; index++) {
    const shape = SHAPES[index % SHAPES.length] ?? 'circle';
    const [colour, fill] = Object.entries(COLOURS)[Math.floor(index / SHAPES.length) % 4] ?? [
      'red',
      '#c62f2f',
    ];
    const size = 20 + ((index * 7) % 60);
    const key = String(1000 + index);
    keys.push(key);
    rows.push(`${key},A ${colour} ${shape},${shape},${colour},${size}`);
    await drawPicture(path.join(dir, 'images', `${key}.jpg`), { shape, fill, size });
  }
  await writeFile(path.join(dir, 'products.csv'), `${rows.join('\n')}\n`);
  return keys;
}

interface Drawing {
  readonly shape: (typeof SHAPES)[number];
  readonly fill: string;
  readonly size: number;
}

/** Draws one picture, in the format that the file's extension names. */
export async function drawPicture(file: string, drawing: Drawing): Promise<void> {
  await sharp(Buffer.from(drawShape(drawing))).toFile(file);
}

function drawShape({ shape, fill, size }: Drawing): string {
  const body = {
    circle: `<circle cx="60" cy="60" r="${size / 2 + 8}" fill="${fill}"/>`,
    square: `<rect x="${60 - size / 2}" y="${60 - size / 2}" width="${size}" height="${size}" fill="${fill}"/>`,
    stripe: `<path d="M0 ${size}h120M0 ${size + 16}h120" stroke="${fill}" stroke-width="9"/>`,
  }[shape];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120"><rect width="120" height="120" fill="#fff"/>${body}</svg>`;
}
