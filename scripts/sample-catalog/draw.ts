import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { writeCatalog } from './csv.ts';
import { planCatalog } from './plan.ts';
import type { Product } from './plan.ts';
import { writeReadme } from './readme.ts';
import { KINDS } from './shelves.ts';

const TARGET = path.resolve(import.meta.dirname, '../../resources/sample-catalog');
const AT_ONCE = 4;

async function renderPicture(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg))
    .flatten({ background: '#ffffff' })
    .webp({ quality: 81, effort: 4, smartSubsample: true })
    .toBuffer();
}

async function clearPictures(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await rm(path.join(folder, name));
}

/** Draws every picture of the catalog and writes its CSV and its note. */
export async function drawCatalog(target: string, svgFolder?: string): Promise<void> {
  const products = planCatalog(KINDS);
  const catalog = writeCatalog(products);
  const images = path.join(target, 'images');
  await clearPictures(images);
  if (svgFolder) await mkdir(svgFolder, { recursive: true });
  const waiting: Product[] = products.filter((product) => !catalog.absent.has(product.id));
  const pictures = waiting.length;
  let bytes = 0;
  async function work(): Promise<void> {
    for (let product = waiting.pop(); product; product = waiting.pop()) {
      const svg = product.draw();
      if (svgFolder) await writeFile(path.join(svgFolder, `${product.id}.svg`), svg);
      const picture = await renderPicture(svg);
      const kept =
        product.id === catalog.torn ? picture.subarray(0, Math.floor(picture.length / 2)) : picture;
      bytes += kept.length;
      await writeFile(path.join(images, product.image), kept);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await writeFile(path.join(target, 'products.csv'), catalog.csv);
  await writeFile(path.join(target, 'README.md'), writeReadme(catalog, pictures, KINDS.length));
  process.stdout.write(
    `${pictures} pictures of ${KINDS.length} kinds, ${(bytes / 1e6).toFixed(2)} MB, in ${target}\n`,
  );
}

// `--svg <folder>` also keeps the drawings, to compare two runs.
const svgAt = process.argv.indexOf('--svg');
await drawCatalog(TARGET, svgAt > 0 ? process.argv[svgAt + 1] : undefined);
