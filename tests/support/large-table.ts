import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Pictures of a large table: the other rows have none, as in a catalog with a sample of its files. */
export const LARGE_TABLE_PICTURES = 1000;

const HEADER = 'id,name,price,in_stock,description\n';
/** With everything a reader must look at: delimiters, doubled quotes, letters of several bytes. */
const DESCRIPTION = 'Knöchellang, mit ""Rüschen"" am Saum, waschbar bei 30 °C; '.repeat(16);
/** Rows joined before they are written. */
const CHUNK = 500;

/**
 * Writes `products.csv` of at least so many bytes in rows of about 1 kB, and a few small files that are
 * pictures to a scan. Nothing of it is held in memory. Returns how many rows it has.
 */
export async function writeLargeTable(dir: string, bytes: number): Promise<number> {
  await mkdir(dir, { recursive: true });
  for (let n = 0; n < LARGE_TABLE_PICTURES; n++) {
    await writeFile(path.join(dir, `${idOf(n)}.jpg`), `not decoded ${n}`);
  }
  const stream = createWriteStream(path.join(dir, 'products.csv'));
  stream.write(HEADER);
  let written = HEADER.length;
  let rows = 0;
  while (written < bytes) {
    const chunk = Buffer.from(
      Array.from({ length: CHUNK }, (_, n) => {
        const row = rows + n;
        return `${idOf(row)},Dress ${row},${row % 400}.90,yes,"${DESCRIPTION}${row}"\n`;
      }).join(''),
    );
    rows += CHUNK;
    written += chunk.length;
    if (!stream.write(chunk)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return rows;
}

function idOf(row: number): string {
  return `d${String(row).padStart(8, '0')}`;
}
