import { createWriteStream } from 'node:fs';
import { link, mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';

export interface MakeCatalogOptions {
  readonly items: number;
  /** The same seed makes the same files. */
  readonly seed: number;
  /** Rows of the table: as many as items when left out; those beyond have no picture. */
  readonly rows?: number | undefined;
  /**
   * The pictures, of which the first items get a file each and the others links to those; one pixel
   * when left out.
   */
  readonly pictures?: readonly Uint8Array[] | undefined;
}

const FIRST_ID = 1000;
const COLOURS = ['Red', 'Blue', 'Navy Blue', 'Green', 'Black', 'White', 'Beige', 'Silver'];
const KINDS = ['Shirts', 'Tshirts', 'Heels', 'Watches', 'Handbags', 'Jeans', 'Sandals', 'Belts'];
const SEASONS = ['Spring', 'Summer', 'Fall', 'Winter'];

/** One white pixel: the smallest GIF that every decoder reads. */
const PIXEL = Buffer.from(
  '47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b',
  'hex',
);

/**
 * Makes a folder in the layout of Kaggle's fashion set (`images/`, styles.csv, images.csv), to measure
 * scanning, joining and looking at full size.
 */
export async function makeCatalog(dir: string, options: MakeCatalogOptions): Promise<void> {
  const { items, seed } = options;
  const random = mulberry32(seed);
  const pick = (values: readonly string[]) => values[Math.floor(random() * values.length)]!;
  await mkdir(path.join(dir, 'images'), { recursive: true });
  const styles = createWriteStream(path.join(dir, 'styles.csv'));
  const images = createWriteStream(path.join(dir, 'images.csv'));
  styles.write(
    'id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName\n',
  );
  images.write('filename,link\n');
  let writing: Promise<void>[] = [];
  const rows = options.rows ?? items;
  for (let n = 0; n < rows; n++) {
    const id = FIRST_ID + n;
    const colour = pick(COLOURS);
    const kind = pick(KINDS);
    const year = 2008 + Math.floor(random() * 12);
    const row =
      `${id},Unisex,Apparel,Topwear,${kind},${colour},${pick(SEASONS)},${year},Casual,` +
      `Maker ${Math.floor(random() * 900)} ${colour} ${kind} ${id}\n`;
    if (!styles.write(row)) await once(styles, 'drain');
    if (n >= items) continue;
    images.write(`${id}.jpg,https://pictures.example.invalid/${id}.jpg\n`);
    writing.push(addPicture(path.join(dir, 'images'), n, options));
    // The files that others are links to are complete before the first link is made.
    if (writing.length === 256 || n + 1 === options.pictures?.length) {
      await Promise.all(writing);
      writing = [];
    }
  }
  await Promise.all(writing);
  await Promise.all([finish(styles), finish(images)]);
}

async function addPicture(
  dir: string,
  n: number,
  { seed, pictures }: MakeCatalogOptions,
): Promise<void> {
  const nameOf = (at: number) => path.join(dir, `${FIRST_ID + at}.jpg`);
  if (pictures === undefined) {
    // A trailer after the picture's end, which decoders skip: no two files are the same.
    await writeFile(nameOf(n), Buffer.concat([PIXEL, Buffer.from(`${seed}:${n}`)]));
    return;
  }
  const picture = pictures[n];
  await (picture === undefined
    ? link(nameOf(n % pictures.length), nameOf(n))
    : writeFile(nameOf(n), picture));
}

async function finish(stream: ReturnType<typeof createWriteStream>): Promise<void> {
  stream.end();
  await once(stream, 'close');
}

/** Tommy Ettinger's mulberry32: a small seeded generator of numbers in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
