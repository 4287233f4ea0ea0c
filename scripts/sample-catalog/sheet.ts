import sharp from 'sharp';
import { KINDS } from './shelves.ts';
import { planCatalog } from './plan.ts';

/** Renders a contact sheet for the eye: `node sheet.ts out.png [kind] [columns] [cell] [limit]`. */
export async function renderSheet(
  out: string,
  kind: string,
  columns: number,
  cell: number,
  limit: number,
): Promise<void> {
  const products = planCatalog(KINDS)
    .filter((product) => kind === 'all' || kind.split(',').includes(product.kind))
    .toSorted(
      (a, b) =>
        a.kind.localeCompare(b.kind) ||
        Number(kind !== 'all') *
          (a.name.split(' ').at(-1) ?? '').localeCompare(b.name.split(' ').at(-1) ?? ''),
    )
    .slice(0, limit);
  const rows = Math.ceil(products.length / columns);
  const tiles = [];
  for (const [i, product] of products.entries()) {
    const input = await sharp(
      Buffer.from(
        product.draw().replace('width="560" height="560"', `width="${cell}" height="${cell}"`),
      ),
    )
      .png()
      .toBuffer();
    tiles.push({
      input,
      left: (i % columns) * (cell + 6) + 6,
      top: Math.floor(i / columns) * (cell + 6) + 6,
    });
  }
  await sharp({
    create: {
      width: columns * (cell + 6) + 6,
      height: rows * (cell + 6) + 6,
      channels: 3,
      background: '#f5f4f2',
    },
  })
    .composite(tiles)
    .png()
    .toFile(out);
  for (const product of products)
    process.stdout.write(`${product.id} ${product.kind}: ${product.name}\n`);
}

const [out = '/tmp/sheet.png', kind = 'all', columns = '8', cell = '180', limit = '400'] =
  process.argv.slice(2);
await renderSheet(out, kind, Number(columns), Number(cell), Number(limit));
