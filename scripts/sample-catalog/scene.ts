import type { Fabric, PatternName } from './patterns.ts';
import { definePattern } from './patterns.ts';
import { chooseCreases } from './creases.ts';
import { chooseThread, deepenColour, measureLightness } from './palette.ts';
import { measureBox, SIZE } from './path.ts';

/** One picture being drawn: soft things that crease, and hard things that lie on top of them. */
export interface Scene {
  seed: number;
  next: number;
  defs: string[];
  cloth: string[];
  trim: string[];
  ground: string[];
  /** How much the cloth creases: 0 for leather and steel, 1 for linen. */
  creases: number;
  /** Enlarges small things about the centre, so that they fill their tile. */
  zoom: number;
  /** Outlines of the cloth, to know how much of the picture creases. */
  outlines: string[];
  /** Whether the cloth has a pattern bold enough to show that it hangs. */
  bold: boolean;
}

export type Layer = 'cloth' | 'trim';

export interface PieceOptions {
  layer?: Layer;
  /** Turns the pattern with the piece, as a sleeve turns its stripes. */
  turn?: number;
  at?: [number, number];
  /** Where light comes from: across a cylinder, from above, or nowhere. */
  light?: 'across' | 'down' | 'none';
  /** How strongly the piece rounds away at its edge. */
  edge?: number;
  edgeWidth?: number;
  /** Lines along which the cloth folds. */
  folds?: string[];
  foldWidth?: number;
  shine?: string[];
  outline?: number;
}

/** Patterns too fine for anyone to see whether they hang straight. */
const FINE_PATTERNS: ReadonlySet<PatternName> = new Set([
  'rib',
  'knit',
  'denim',
  'corduroy',
  'marl',
  'quilted',
  'woven',
  'ombre',
  'cable',
  'herringbone',
]);

/** Starts an empty picture. */
export function createScene(seed: number, creases = 0.6, zoom = 1.04): Scene {
  return {
    seed,
    next: 0,
    defs: [],
    cloth: [],
    trim: [],
    ground: [],
    creases,
    zoom,
    outlines: [],
    bold: false,
  };
}

/** Reserves an identifier that is unique in the picture. */
export function nameDef(scene: Scene): string {
  scene.next += 1;
  return `d${scene.next}`;
}

/** Cuts plain cloth of one colour. */
export function cutPlain(hex: string): Fabric {
  return { base: hex, ink: hex, second: hex, pattern: 'solid', scale: 1, seed: 1 };
}

function defineBlur(scene: Scene, paths: string[], deviation: number, margin = 2): string {
  const id = nameDef(scene);
  const { x, y, w, h } = measureBox(paths, margin);
  scene.defs.push(
    `<filter id="${id}" filterUnits="userSpaceOnUse" x="${x}" y="${y}" width="${w}" height="${h}"><feGaussianBlur stdDeviation="${deviation.toFixed(2)}"/></filter>`,
  );
  return id;
}

/** Draws one piece of cloth or leather with its pattern, volume, folds and edge. */
export function drawPiece(
  scene: Scene,
  d: string,
  cut: Fabric | string,
  options: PieceOptions = {},
): void {
  const fabric = typeof cut === 'string' ? cutPlain(cut) : cut;
  const { light = 'across', edge = 0.34, edgeWidth = 16, foldWidth = 7 } = options;
  const clip = nameDef(scene);
  scene.defs.push(`<clipPath id="${clip}"><path d="${d}"/></clipPath>`);
  const lightness = measureLightness(fabric.base);
  const parts = [`<path d="${d}" fill="${fabric.base}"/>`];
  const pattern = nameDef(scene);
  const [x, y] = options.at ?? [240, 80];
  const definition = definePattern(fabric, pattern, options.turn ?? 0, x, y);
  scene.outlines.push(d);
  if (definition) {
    scene.bold ||= !FINE_PATTERNS.has(fabric.pattern);
    scene.defs.push(definition);
    parts.push(`<path d="${d}" fill="url(#${pattern})"/>`);
  }
  if (light !== 'none') parts.push(`<path d="${d}" fill="url(#${light})"/>`);
  const shade = deepenColour(fabric.base, 0.75);
  // Dark cloth shows its folds by what catches the light, pale cloth by what does not.
  const darkness = lightness > 0.8 ? 0.2 : 0.34;
  const gleam = lightness < 0.3 ? 0.14 : 0.2;
  const soft: string[] = [];
  for (const fold of options.folds ?? []) {
    soft.push(
      `<path d="${fold}" stroke="#fff" stroke-width="${foldWidth * 1.1}" opacity="${gleam}" transform="translate(${-foldWidth * 0.9} 0)"/><path d="${fold}" stroke="${shade}" stroke-width="${foldWidth}" opacity="${darkness}"/>`,
    );
  }
  for (const shine of options.shine ?? []) {
    soft.push(`<path d="${shine}" stroke="#fff" stroke-width="${foldWidth}" opacity=".5"/>`);
  }
  if (edge > 0) {
    const strength = edge * (lightness > 0.8 ? 0.6 : 0.8);
    soft.push(
      `<path d="${d}" stroke="${shade}" stroke-width="${edgeWidth}" opacity="${strength.toFixed(2)}"/>`,
    );
  }
  if (soft.length > 0) {
    // One blur for all that is soft on the piece, over no more of the picture than it covers.
    const blur = defineBlur(scene, [d], Math.min(5, edgeWidth * 0.32));
    parts.push(`<g fill="none" stroke-linecap="round" filter="url(#${blur})">${soft.join('')}</g>`);
  }
  const line = deepenColour(fabric.base, lightness > 0.75 ? 0.34 : 0.55);
  scene[options.layer ?? 'cloth'].push(
    `<g clip-path="url(#${clip})">${parts.join('')}</g><path d="${d}" fill="none" stroke="${line}" stroke-width="${options.outline ?? 1}" stroke-linejoin="round" opacity=".75"/>`,
  );
}

/** Draws a seam: a fine shadow line with a thread of light beside it. */
export function drawSeam(
  scene: Scene,
  d: string,
  base: string,
  width = 1.1,
  layer: Layer = 'cloth',
): void {
  scene[layer].push(
    `<path d="${d}" fill="none" stroke="#fff" stroke-width="${width}" opacity=".22" transform="translate(1 1)" stroke-linecap="round"/><path d="${d}" fill="none" stroke="${deepenColour(base, 0.55)}" stroke-width="${width}" opacity=".6" stroke-linecap="round"/>`,
  );
}

/** Draws a row of stitches. */
export function drawStitch(
  scene: Scene,
  d: string,
  base: string,
  thread = chooseThread(base),
  layer: Layer = 'cloth',
): void {
  scene[layer].push(
    `<path d="${d}" fill="none" stroke="${thread}" stroke-width="1.1" stroke-dasharray="3.6 2.4" opacity=".8"/>`,
  );
}

/** Draws a soft shadow that one piece throws on those beneath it. */
export function drawShade(
  scene: Scene,
  d: string,
  opacity = 0.3,
  width = 8,
  layer: Layer = 'cloth',
): void {
  const blur = defineBlur(scene, [d], 3, width + 8);
  scene[layer].push(
    `<path d="${d}" fill="none" stroke="#1b1420" stroke-width="${width}" opacity="${opacity}" stroke-linecap="round" filter="url(#${blur})"/>`,
  );
}

/** Draws a line of one colour with a highlight, such as a cord or a lace. */
export function drawCord(
  scene: Scene,
  d: string,
  base: string,
  width: number,
  layer: Layer = 'trim',
): void {
  if (layer === 'cloth') scene.outlines.push(d);
  scene[layer].push(
    `<path d="${d}" fill="none" stroke="${deepenColour(base, 0.45)}" stroke-width="${width + 1.4}" stroke-linecap="round" stroke-linejoin="round"/><path d="${d}" fill="none" stroke="${base}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/><path d="${d}" fill="none" stroke="#fff" stroke-width="${width * 0.3}" opacity=".3" stroke-linecap="round" stroke-linejoin="round" transform="translate(${-width * 0.16} ${-width * 0.16})"/>`,
  );
}

/** Draws a sewn-on button. */
export function drawButton(scene: Scene, x: number, y: number, r: number, hex: string): void {
  const dark = deepenColour(hex, 0.5);
  scene.trim.push(
    `<circle cx="${x + 0.6}" cy="${y + 1.4}" r="${r}" fill="#17121c" opacity=".35"/><circle cx="${x}" cy="${y}" r="${r}" fill="${hex}" stroke="${dark}" stroke-width=".6"/><circle cx="${x}" cy="${y}" r="${r * 0.66}" fill="none" stroke="${dark}" stroke-width=".5" opacity=".6"/><path d="M${x - r * 0.6} ${y - r * 0.5}A${r * 0.8} ${r * 0.8} 0 0 1 ${x + r * 0.4} ${y - r * 0.7}" fill="none" stroke="#fff" stroke-width=".8" opacity=".6"/>${[
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ]
      .map(
        ([dx, dy]) =>
          `<circle cx="${x + (dx ?? 0) * r * 0.24}" cy="${y + (dy ?? 0) * r * 0.24}" r="${Math.max(0.5, r * 0.13)}" fill="${dark}"/>`,
      )
      .join('')}`,
  );
}

/** Puts a soft contact shadow on the ground under a thing that stands. */
export function drawGround(scene: Scene, cx: number, y: number, rx: number, ry = 7): void {
  scene.ground.push(
    `<ellipse cx="${cx}" cy="${y + 2}" rx="${rx * 1.04}" ry="${ry * 1.7}" fill="#1b1420" opacity=".13" filter="url(#far)"/><ellipse cx="${cx}" cy="${y}" rx="${rx * 0.95}" ry="${ry * 0.55}" fill="#1b1420" opacity=".34" filter="url(#near)"/>`,
  );
}

function describeCreases(scene: Scene): string {
  const { push, light } = chooseCreases(scene.seed);
  const { x, y, w, h } = measureBox(scene.outlines, 12);
  const stretch = `x="0" y="0" width="${SIZE}" height="${SIZE}" preserveAspectRatio="none"`;
  // Pushing pixels about is by far the slowest step, so plain cloth goes without.
  const hung = scene.bold
    ? `<feImage href="${push}" ${stretch} result="push"/><feDisplacementMap in="SourceGraphic" in2="push" scale="${(8 * scene.creases).toFixed(1)}" xChannelSelector="R" yChannelSelector="G" result="hung"/>`
    : '<feOffset in="SourceGraphic" result="hung"/>';
  const levels = ['R', 'G', 'B']
    .map(
      (channel) =>
        `<feFunc${channel} type="linear" slope="${scene.creases.toFixed(2)}" intercept="${((1 - scene.creases) / 2).toFixed(3)}"/>`,
    )
    .join('');
  return `<filter id="creases" filterUnits="userSpaceOnUse" x="${x}" y="${y}" width="${w}" height="${h}" color-interpolation-filters="sRGB">${hung}<feImage href="${light}" ${stretch} result="light"/><feComponentTransfer in="light" result="level">${levels}</feComponentTransfer><feBlend in="level" in2="hung" mode="soft-light" result="creased"/><feComposite in="creased" in2="hung" operator="in"/></filter>`;
}

const SHARED_DEFS = `<linearGradient id="across"><stop offset="0" stop-color="#17121c" stop-opacity=".2"/><stop offset=".16" stop-color="#17121c" stop-opacity=".03"/><stop offset=".36" stop-color="#fff" stop-opacity=".17"/><stop offset=".62" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#17121c" stop-opacity=".26"/></linearGradient><linearGradient id="down" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".24"/><stop offset=".4" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#17121c" stop-opacity=".26"/></linearGradient>`;

/** Writes the finished picture as SVG. */
export function finishScene(
  scene: Scene,
  shadow: 'lay' | 'stand' | 'none' = 'lay',
  pixels = 560,
): string {
  const region = `filterUnits="userSpaceOnUse" x="0" y="0" width="${SIZE}" height="${SIZE}"`;
  const blur = (id: string, deviation: string): string =>
    `<filter id="${id}" ${region}><feGaussianBlur stdDeviation="${deviation}"/></filter>`;
  const fall = { lay: [7, 8, 0.2], stand: [3, 4, 0.1], none: [0, 0, 0] }[shadow];
  const drop = `<filter id="drop" ${region} color-interpolation-filters="sRGB"><feGaussianBlur in="SourceAlpha" stdDeviation="${fall[1]}" result="b"/><feOffset in="b" dx="1" dy="${fall[0]}" result="o"/><feFlood flood-color="#2a2024" flood-opacity="${fall[2]}"/><feComposite in2="o" operator="in" result="s"/><feMerge><feMergeNode in="s"/><feMergeNode in="SourceGraphic"/></feMerge></filter>`;
  const creases = scene.creases > 0 ? describeCreases(scene) : '';
  const cloth = `<g${scene.creases > 0 ? ' filter="url(#creases)"' : ''}>${scene.cloth.join('')}</g>`;
  const garment = `${cloth}${scene.trim.join('')}`;
  const dropped = shadow === 'none' ? garment : `<g filter="url(#drop)">${garment}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${pixels}" height="${pixels}"><defs>${SHARED_DEFS}${blur('far', '9 4')}${blur('near', '4 2')}${drop}${creases}${scene.defs.join('')}</defs><rect width="${SIZE}" height="${SIZE}" fill="#fff"/><g transform="translate(240 240) scale(${scene.zoom}) translate(-240 -240)">${scene.ground.join('')}${dropped}</g></svg>\n`;
}
