export interface Colour {
  name: string;
  hex: string;
  /** Names of colours that sit well beside it, the quietest first. */
  friends: readonly string[];
}

function nameColour(name: string, hex: string, ...friends: string[]): Colour {
  return { name, hex, friends };
}

/** The house palette: a muted, warm wardrobe with a few clear notes. */
export const PALETTE: readonly Colour[] = [
  nameColour('White', '#f7f5f0', 'Navy', 'Black', 'Sky', 'Terracotta', 'Sage'),
  nameColour('Ivory', '#eee5d3', 'Navy', 'Camel', 'Rust', 'Forest', 'Chocolate'),
  nameColour('Sand', '#d6c19c', 'White', 'Chocolate', 'Navy', 'Rust'),
  nameColour('Camel', '#bd8d57', 'Ivory', 'Chocolate', 'Black', 'Navy'),
  nameColour('Cognac', '#9a5530', 'Ivory', 'Chocolate', 'Sand'),
  nameColour('Chocolate', '#523a2e', 'Sand', 'Blush', 'Camel', 'Sky'),
  nameColour('Black', '#29282b', 'White', 'Camel', 'Grey', 'Poppy'),
  nameColour('Charcoal', '#56585e', 'White', 'Sky', 'Mustard', 'Blush'),
  nameColour('Grey', '#aeaeac', 'White', 'Charcoal', 'Navy', 'Rose'),
  nameColour('Navy', '#27365a', 'White', 'Camel', 'Poppy', 'Sky', 'Mustard'),
  nameColour('Indigo', '#465e87', 'White', 'Camel', 'Sand'),
  nameColour('Sky', '#9fbfdc', 'White', 'Navy', 'Camel', 'Blush'),
  nameColour('Cobalt', '#3157b4', 'White', 'Black', 'Blush', 'Lemon'),
  nameColour('Teal', '#26767a', 'Ivory', 'Navy', 'Mustard', 'Blush'),
  nameColour('Forest', '#305744', 'Ivory', 'Camel', 'Burgundy', 'Sky'),
  nameColour('Sage', '#a3b49a', 'White', 'Forest', 'Terracotta', 'Chocolate'),
  nameColour('Olive', '#757547', 'Ivory', 'Black', 'Rust', 'Blush'),
  nameColour('Mustard', '#d6a43a', 'Ivory', 'Navy', 'Chocolate', 'Teal'),
  nameColour('Lemon', '#efdb82', 'White', 'Sky', 'Olive', 'Cobalt'),
  nameColour('Terracotta', '#c86a46', 'Ivory', 'Sand', 'Teal', 'Blush'),
  nameColour('Rust', '#a34a2c', 'Ivory', 'Mustard', 'Navy'),
  nameColour('Poppy', '#cb3d35', 'White', 'Navy', 'Blush', 'Black'),
  nameColour('Burgundy', '#74283a', 'Ivory', 'Blush', 'Navy', 'Camel'),
  nameColour('Blush', '#e8c2b8', 'White', 'Burgundy', 'Terracotta', 'Forest'),
  nameColour('Rose', '#cf7b8b', 'White', 'Burgundy', 'Navy', 'Ivory'),
  nameColour('Lilac', '#b9a9d3', 'White', 'Plum', 'Navy', 'Lemon'),
  nameColour('Plum', '#5e3a5c', 'Lilac', 'Ivory', 'Blush', 'Mustard'),
];

/** Finds a palette colour by its name. */
export function findColour(name: string): Colour {
  const found = PALETTE.find((colour) => colour.name === name);
  if (!found) throw new Error(`No such colour: ${name}`);
  return found;
}

function splitChannels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Mixes two colours; 0 is all of the first, 1 all of the second. */
export function mixColours(from: string, to: string, amount: number): string {
  const a = splitChannels(from);
  const b = splitChannels(to);
  const mixed = a.map((channel, i) => Math.round(channel + ((b[i] ?? 0) - channel) * amount));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Deepens a colour towards a cool dark, the way its own shadow would. */
export function deepenColour(hex: string, amount: number): string {
  return mixColours(hex, '#17121c', amount);
}

/** Lightens a colour towards warm white. */
export function lightenColour(hex: string, amount: number): string {
  return mixColours(hex, '#fffaf2', amount);
}

/** Measures how light a colour looks, 0 to 1. */
export function measureLightness(hex: string): number {
  const [r, g, b] = splitChannels(hex);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

/** Chooses a thread colour that shows on the cloth without shouting. */
export function chooseThread(hex: string): string {
  return measureLightness(hex) > 0.45 ? deepenColour(hex, 0.32) : lightenColour(hex, 0.3);
}
