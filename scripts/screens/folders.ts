import { existsSync } from 'node:fs';
import { appendFile, copyFile, link, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { installation } from './stage.ts';

const SAMPLE = path.join(installation.resourcesDir, 'sample-catalog');
/** Cut off on purpose. */
const TORN = '10098.webp';
/** Side by side they tell the same product of many makers apart. */
const MAKERS = [
  'Abel',
  'Brook',
  'Calder',
  'Dune',
  'Ember',
  'Fern',
  'Grove',
  'Hale',
  'Iris',
  'Jade',
  'Kite',
];
const HOUSES = ['Bros', 'Craft', 'Design', 'Editions', 'Form', 'Goods', 'House', 'Studio', 'Works'];
const SEASONS = ['Spring', 'Summer', 'Fall', 'Winter'];

interface LinkOptions {
  readonly items: number;
  /** No two pictures have the same bytes, so that each must be embedded. */
  readonly unique?: boolean;
}

/** Makes a folder of any size from the sample's pictures, with a table of names and fields. */
export async function makeLargeFolder(dir: string, options: LinkOptions): Promise<void> {
  const products = await sampleProducts();
  const pictures = products.map(({ image }) => path.join(SAMPLE, 'images', image));
  const rows = ['id,name,kind,colour,gender,season,year,image'];
  for (let at = 0; at < options.items; at++) {
    const folder = SEASONS[Math.floor((at / options.items) * SEASONS.length)]!;
    const { name, kind, colour, gender, image } = products[at % products.length]!;
    const serial = Math.floor(at / products.length);
    const maker = `${MAKERS[serial % MAKERS.length]} ${HOUSES[Math.floor(serial / MAKERS.length) % HOUSES.length]}`;
    const id = `${path.parse(image).name}-${serial + 1}`;
    rows.push(
      [
        id,
        `${maker} ${name}`,
        kind,
        colour,
        gender,
        folder,
        2008 + (at % 15),
        `${folder}/${id}.webp`,
      ].join(','),
    );
  }
  for (const season of SEASONS) await mkdir(path.join(dir, season), { recursive: true });
  await writeFile(path.join(dir, 'products.csv'), `${rows.join('\n')}\n`);
  const files = rows.slice(1).map((row) => row.slice(row.lastIndexOf(',') + 1));
  for (let from = 0; from < files.length; from += 128) {
    await Promise.all(
      files.slice(from, from + 128).map(async (file, at) => {
        const picture = pictures[(from + at) % pictures.length]!;
        if (options.unique !== true) return link(picture, path.join(dir, file));
        await copyFile(picture, path.join(dir, file));
        // Decoders stop at the picture's end.
        await appendFile(path.join(dir, file), file);
      }),
    );
  }
}

/** Products with these names and the sample's pictures; a `null` picture is one that is missing. */
export async function makeNamedFolder(
  dir: string,
  products: readonly {
    readonly name: string;
    readonly fields?: Readonly<Record<string, string>>;
  }[],
  missing: ReadonlySet<number> = new Set(),
): Promise<void> {
  const pictures = await samplePictures();
  await mkdir(path.join(dir, 'images'), { recursive: true });
  const fields = Object.keys(products[0]?.fields ?? {});
  const rows = [['id', 'name', ...fields, 'image'].join(',')];
  for (const [at, product] of products.entries()) {
    const file = `images/${3001 + at}.webp`;
    const values = fields.map((field) => product.fields?.[field] ?? '');
    rows.push([String(3001 + at), product.name, ...values, file].map(quote).join(','));
    if (!missing.has(at))
      await copyFile(pictures[(at * 17 + 3) % pictures.length]!, path.join(dir, file));
  }
  await writeFile(path.join(dir, 'products.csv'), `${rows.join('\n')}\n`);
}

/** Pictures only, called as cameras call them. */
export async function makePictureFolder(dir: string, count: number): Promise<void> {
  const pictures = await samplePictures();
  await mkdir(dir, { recursive: true });
  for (let at = 0; at < count; at++) {
    await copyFile(pictures[(at * 11) % pictures.length]!, path.join(dir, `IMG_${4021 + at}.webp`));
  }
}

interface SampleProduct {
  readonly name: string;
  readonly kind: string;
  readonly colour: string;
  readonly gender: string;
  readonly image: string;
}

/** The rows of the sample's table that are whole: some are broken on purpose. */
async function sampleProducts(): Promise<SampleProduct[]> {
  const table = await readFile(path.join(SAMPLE, 'products.csv'));
  const rows = parse<SampleProduct>(table, {
    columns: true,
    skipRecordsWithError: true,
    relaxQuotes: true,
  });
  const seen = new Set<string>();
  return rows.filter(
    ({ name, kind, colour, gender, image }) =>
      [name, kind, colour, gender].every((value) => /^[\w &'-]+$/.test(value)) &&
      existsSync(path.join(SAMPLE, 'images', image)) &&
      image !== TORN &&
      !seen.has(image) &&
      seen.add(image),
  );
}

async function samplePictures(): Promise<string[]> {
  const dir = path.join(SAMPLE, 'images');
  const names = await readdir(dir);
  return names
    .filter((name) => name !== TORN)
    .toSorted()
    .map((name) => path.join(dir, name));
}

function quote(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
