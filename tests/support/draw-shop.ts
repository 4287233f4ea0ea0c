import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { drawProducts } from './draw-products.ts';
import { drawNoise } from './hostile-pictures.ts';

/** Products that can be used, in two folders. */
export const SHOP_ITEMS = 48;
/** Each a kind of problem of its own. */
export const SHOP_PROBLEMS = ['Picture truncated', 'Picture empty', 'Row does not fit'] as const;

/**
 * Draws a small shop as it comes in life: products in two folders, a table, a cut-off and an empty
 * picture, a row with a field too many and one whose picture is missing.
 */
export async function drawShop(dir: string): Promise<void> {
  const keys = await drawProducts(dir, SHOP_ITEMS);
  await mkdir(path.join(dir, 'images', 'archive'), { recursive: true });
  for (const key of keys.slice(-12)) {
    const file = `${key}.jpg`;
    await rename(path.join(dir, 'images', file), path.join(dir, 'images', 'archive', file));
  }
  const picture = await drawNoise('jpeg');
  await writeFile(path.join(dir, 'images', '2001.jpg'), picture.subarray(0, picture.length / 2));
  await writeFile(path.join(dir, 'images', '2002.jpg'), '');
  await appendFile(
    path.join(dir, 'products.csv'),
    [
      '2001,A torn poster,poster,grey,20',
      '2002,A blank poster,poster,white,20',
      '2003,A hat, with a comma,hat,red,20',
      '2004,A product nobody photographed,hat,red,20',
      '',
    ].join('\n'),
  );
}
