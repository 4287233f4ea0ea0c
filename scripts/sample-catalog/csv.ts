import type { Product } from './plan.ts';

const COLUMNS = [
  'id',
  'name',
  'brand',
  'kind',
  'category',
  'gender',
  'colour',
  'pattern',
  'material',
  'season',
  'year',
  'price',
  'image',
] as const;

/** A deliberate error: where it is and what it teaches. */
export interface Lesson {
  where: string;
  what: string;
}

/** The catalog as it is written down, errors and all. */
export interface Catalog {
  csv: string;
  /** Ids whose picture is not drawn, though their row names one. */
  absent: Set<string>;
  /** The id whose picture is cut in half. */
  torn: string;
  lessons: Lesson[];
}

type Flaw = 'comma' | 'quote' | 'twin' | 'absent' | 'orphan' | 'torn' | 'nameless';

/** Which deliveries went wrong: by place in the catalog, far enough apart to be met one at a time. */
const FLAWS: readonly [place: number, flaw: Flaw][] = [
  [46, 'comma'],
  [97, 'torn'],
  [151, 'twin'],
  [204, 'absent'],
  [246, 'nameless'],
  [303, 'absent'],
  [352, 'orphan'],
];

function writeField(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function writeRow(product: Product, writeName = writeField): string {
  return COLUMNS.map((column) =>
    column === 'name' ? writeName(product.name) : writeField(String(product[column])),
  ).join(',');
}

/** Writes the CSV with its deliberate errors, and says where they are. */
export function writeCatalog(products: readonly Product[]): Catalog {
  const lines: string[] = [COLUMNS.join(',')];
  const lessons: Lesson[] = [];
  const absent = new Set<string>();
  let torn = '';
  const flaws = new Map(FLAWS);
  products.forEach((product, place) => {
    const { id, image } = product;
    const line = lines.length + 1;
    // An unclosed quote swallows all that follows it in a naive reader, so it comes last.
    const flaw = place === products.length - 1 ? 'quote' : flaws.get(place);
    const teach = (where: string, what: string): void => void lessons.push({ where, what });
    switch (flaw) {
      case undefined:
        lines.push(writeRow(product));
        break;
      case 'comma':
        lines.push(writeRow(product, (name) => `${name}, Relaxed Fit`));
        teach(
          `line ${line}`,
          `an unquoted comma in the name of ${id}, so the row has one field too many`,
        );
        break;
      case 'quote':
        lines.push(writeRow(product, (name) => `"${name}`));
        teach(`line ${line}`, `the name of ${id} opens a quote that nothing closes`);
        break;
      case 'twin':
        lines.push(
          writeRow(product),
          writeRow({ ...product, price: (Number(product.price) - 10).toFixed(2) }),
        );
        teach(`line ${line + 1}`, `the number ${id} again, as on line ${line}, at another price`);
        break;
      case 'absent':
        absent.add(id);
        lines.push(writeRow(product));
        teach(`line ${line}`, `the picture ${image} is not in the folder`);
        break;
      case 'torn':
        torn = id;
        lines.push(writeRow(product));
        teach(
          `line ${line}, images/${image}`,
          'the picture is cut off half-way and cannot be read',
        );
        break;
      case 'nameless':
        lines.push(writeRow({ ...product, name: '' }));
        teach(`line ${line}`, `${id} has no name`);
        break;
      case 'orphan':
        teach(`images/${image}`, 'a picture that no row mentions');
        break;
    }
  });
  return { csv: `${lines.join('\n')}\n`, absent, torn, lessons };
}
