import type { Fabric, PatternName } from './patterns.ts';
import type { Random } from './random.ts';

/** What a draughtsman is asked for: a cloth, its accent and a source of small differences. */
export interface Brief {
  fabric: Fabric;
  accent: string;
  random: Random;
  seed: number;
}

/** One silhouette of a kind, and what it may be made of. */
export interface Cut {
  noun: string;
  patterns: readonly PatternName[];
  materials: readonly string[];
  genders: readonly string[];
  seasons: readonly string[];
  /** Lowest and highest price. */
  price: readonly [number, number];
  /** Colour names it comes in; any of the palette when absent. */
  colours?: readonly string[];
  /** Whether the material is worth saying in the name. */
  sayMaterial?: boolean;
  /** What its pattern is called in the name and in the column, where its own words would mislead. */
  says?: readonly [inName: string, inColumn: string];
  /** Draws the finished picture as SVG. */
  draw(brief: Brief): string;
}

/** A kind of product, as a shop would shelve it. */
export interface Kind {
  kind: string;
  category: string;
  count: number;
  cuts: readonly Cut[];
}

export const ALL_SEASONS = ['Spring', 'Summer', 'Fall', 'Winter'] as const;
export const WARM = ['Spring', 'Summer'] as const;
export const COLD = ['Fall', 'Winter'] as const;
