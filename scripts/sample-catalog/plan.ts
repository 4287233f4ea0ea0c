import type { Cut, Kind } from './kinds.ts';
import type { Colour } from './palette.ts';
import { findColour, lightenColour, measureLightness, mixColours, PALETTE } from './palette.ts';
import type { PatternName } from './patterns.ts';
import { createRandom, hashText } from './random.ts';
import type { Random } from './random.ts';

/** One product of the catalog: its facts, and its picture as SVG. */
export interface Product {
  id: string;
  name: string;
  brand: string;
  kind: string;
  category: string;
  gender: string;
  colour: string;
  pattern: string;
  material: string;
  season: string;
  year: number;
  price: string;
  image: string;
  draw(): string;
}

const BRANDS = ['Alder & Finch', 'Maison Orrel', 'Northlight', 'Tamsin Vale', 'Quay Nine'] as const;

/** How a pattern is said in a name, and in the pattern column. */
const SAID: Record<PatternName, [inName: string, inColumn: string]> = {
  solid: ['', 'Solid'],
  breton: ['Breton Stripe', 'Horizontal stripe'],
  stripe: ['Striped', 'Vertical stripe'],
  pinstripe: ['Pinstripe', 'Vertical stripe'],
  'wide stripe': ['Rugby Stripe', 'Horizontal stripe'],
  gingham: ['Gingham', 'Check'],
  plaid: ['Plaid', 'Check'],
  windowpane: ['Windowpane', 'Check'],
  dots: ['Polka-Dot', 'Dots'],
  floral: ['Floral', 'Floral'],
  leaf: ['Leaf-Print', 'Floral'],
  'colour-block': ['Colour-Block', 'Colour-block'],
  denim: ['Denim', 'Denim'],
  rib: ['Ribbed', 'Knit'],
  cable: ['Cable-Knit', 'Knit'],
  knit: ['Knitted', 'Knit'],
  herringbone: ['Herringbone', 'Woven'],
  houndstooth: ['Houndstooth', 'Check'],
  ombre: ['Dip-Dyed', 'Gradient'],
  argyle: ['Argyle', 'Argyle'],
  'fair isle': ['Fair Isle', 'Fair Isle'],
  marl: ['Marl', 'Marl'],
  geometric: ['Geometric', 'Geometric'],
  corduroy: ['Corduroy', 'Corduroy'],
  quilted: ['Quilted', 'Quilted'],
  woven: ['Woven', 'Woven'],
};

const LINES = [
  'Harbour',
  'Sunday',
  'Atelier',
  'Weekend',
  'Heritage',
  'Studio',
  'Field',
  'Riviera',
] as const;

function shuffle<T>(list: readonly T[], random: Random): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = random.integer(0, i);
    const [a, b] = [copy[i], copy[j]];
    if (a !== undefined && b !== undefined) [copy[i], copy[j]] = [b, a];
  }
  return copy;
}

function chooseInk(base: Colour, random: Random): [string, string] {
  const light = measureLightness(base.hex);
  const friends = base.friends.map(findColour);
  const clear = friends.filter((friend) => Math.abs(measureLightness(friend.hex) - light) > 0.2);
  const ink = random.pick(clear.length > 0 ? clear : friends).hex;
  const rest = friends.filter((friend) => friend.hex !== ink);
  return [ink, rest.length > 0 ? random.pick(rest).hex : lightenColour(ink, 0.4)];
}

function sayName(
  colour: string,
  pattern: PatternName,
  cut: Cut,
  material: string,
  random: Random,
): string {
  const said = (cut.says ?? SAID[pattern])[0];
  const words = [colour];
  // A knitted cardigan is a cardigan; saying every word twice reads like a machine.
  if (said && !cut.noun.includes(said.split(' ')[0] ?? '') && pattern !== 'knit') words.push(said);
  if (cut.sayMaterial && !cut.noun.includes(material)) words.push(material);
  words.push(cut.noun);
  const name = words.join(' ').replace(/\b(\w+) \1\b/g, '$1');
  return words.join(' ').length < 26 && random.next() < 0.22
    ? `${random.pick(LINES)} ${name}`
    : name;
}

function sayPrice([low, high]: readonly [number, number], random: Random): string {
  const raw = Math.round(random.between(low, high));
  return (raw > 60 ? Math.round(raw / 5) * 5 - 0.05 : raw - 0.1).toFixed(2);
}

function planKind(kind: Kind): Omit<Product, 'id' | 'image'>[] {
  const random = createRandom(hashText(kind.kind));
  const seen = new Set<string>();
  const queues = new Map<string, Colour[]>();
  const products: Omit<Product, 'id' | 'image'>[] = [];
  for (let i = 0; products.length < kind.count && i < kind.count * 20; i += 1) {
    const cut = kind.cuts[i % kind.cuts.length];
    if (!cut) break;
    const pattern = cut.patterns[Math.floor(i / kind.cuts.length) % cut.patterns.length] ?? 'solid';
    const allowed = cut.colours ? cut.colours.map(findColour) : PALETTE;
    // Deal colours like cards, so that no shelf is all navy.
    const key = cut.colours ? cut.noun : 'any';
    let queue = queues.get(key) ?? [];
    if (queue.length === 0) queue = shuffle(allowed, random);
    const colour = queue.pop();
    queues.set(key, queue);
    if (!colour) continue;
    const look = `${cut.noun}|${colour.name}|${pattern}`;
    if (seen.has(look)) continue;
    seen.add(look);
    const [ink, second] = chooseInk(colour, random);
    const material = random.pick(cut.materials);
    const seed = hashText(`${kind.kind}|${look}`);
    const base = pattern === 'denim' ? mixColours(colour.hex, '#3d5375', 0.25) : colour.hex;
    products.push({
      name: sayName(colour.name, pattern, cut, material, random),
      brand: random.pick(BRANDS),
      kind: kind.kind,
      category: kind.category,
      gender: random.pick(cut.genders),
      colour: colour.name,
      pattern: (cut.says ?? SAID[pattern])[1],
      material,
      season: random.pick(cut.seasons),
      year: random.integer(2021, 2025),
      price: sayPrice(cut.price, random),
      draw: () =>
        cut.draw({
          fabric: { base, ink, second, pattern, scale: 1, seed },
          accent: ink,
          random: createRandom(seed),
          seed,
        }),
    });
  }
  return products;
}

/** Plans the whole catalog: every kind in turn, numbered as a shop would after mixing its deliveries. */
export function planCatalog(kinds: readonly Kind[]): Product[] {
  const all = shuffle(kinds.flatMap(planKind), createRandom(2026));
  return all.map((product, i) => {
    const id = String(10001 + i);
    return { ...product, id, image: `${id}.webp` };
  });
}
