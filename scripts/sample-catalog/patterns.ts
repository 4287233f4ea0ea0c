import { createRandom } from './random.ts';
import { deepenColour, lightenColour, mixColours } from './palette.ts';

export type PatternName =
  | 'solid'
  | 'breton'
  | 'stripe'
  | 'pinstripe'
  | 'wide stripe'
  | 'gingham'
  | 'plaid'
  | 'windowpane'
  | 'dots'
  | 'floral'
  | 'leaf'
  | 'colour-block'
  | 'denim'
  | 'rib'
  | 'cable'
  | 'knit'
  | 'herringbone'
  | 'houndstooth'
  | 'ombre'
  | 'argyle'
  | 'fair isle'
  | 'marl'
  | 'geometric'
  | 'corduroy'
  | 'quilted'
  | 'woven';

/** What a piece is cut from. */
export interface Fabric {
  base: string;
  ink: string;
  second: string;
  pattern: PatternName;
  /** Pattern size: 1 is right for a shirt, less for small things. */
  scale: number;
  seed: number;
}

interface Tile {
  w: number;
  h: number;
  content: string;
}

function fillRect(x: number, y: number, w: number, h: number, fill: string, opacity = 1): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" opacity="${opacity}"/>`;
}

function drawStripes({ ink }: Fabric, period: number, width: number, down: boolean): Tile {
  return down
    ? { w: period, h: 40, content: fillRect(period / 2 - width / 2, 0, width, 40, ink) }
    : { w: 40, h: period, content: fillRect(0, period / 2 - width / 2, 40, width, ink) };
}

function drawPlaid({ base, ink, second }: Fabric): Tile {
  const dark = mixColours(base, ink, 0.75);
  const bands = (down: boolean): string =>
    [
      [4, 18, dark, 0.55],
      [26, 5, dark, 0.6],
      [40, 2.2, second, 0.95],
      [46, 2.2, second, 0.55],
    ]
      .map(([at, width, fill, opacity]) =>
        down
          ? fillRect(Number(at), 0, Number(width), 60, String(fill), Number(opacity))
          : fillRect(0, Number(at), 60, Number(width), String(fill), Number(opacity)),
      )
      .join('');
  return { w: 60, h: 60, content: bands(true) + bands(false) };
}

function drawFlower(
  x: number,
  y: number,
  r: number,
  petal: string,
  heart: string,
  turn: number,
): string {
  const petals = [0, 72, 144, 216, 288]
    .map(
      (angle) =>
        `<ellipse cx="0" cy="${-r * 0.62}" rx="${r * 0.42}" ry="${r * 0.56}" fill="${petal}" transform="rotate(${angle + turn})"/>`,
    )
    .join('');
  return `<g transform="translate(${x} ${y})">${petals}<circle r="${r * 0.3}" fill="${heart}"/></g>`;
}

function drawFloral(fabric: Fabric): Tile {
  const { base, ink, second, seed } = fabric;
  const random = createRandom(seed);
  const heart = mixColours(lightenColour(ink, 0.5), '#d9a441', 0.6);
  const stem = mixColours(mixColours(base, '#4f6b4a', 0.65), ink, 0.15);
  const flowers: [number, number, number, string][] = [
    [16, 18, 12, ink],
    [52, 44, 13, second],
    [60, 8, 8, lightenColour(ink, 0.35)],
    [22, 58, 9, lightenColour(ink, 0.2)],
    [38, 24, 5, second],
    [4, 42, 5, ink],
  ];
  let content = '';
  for (const [x, y, r, fill] of flowers) {
    const turn = random.integer(0, 70);
    for (const dx of [-72, 0, 72]) {
      for (const dy of [-72, 0, 72]) {
        const [px, py] = [x + dx, y + dy];
        if (px < -22 || px > 94 || py < -22 || py > 94) continue;
        content += `<path d="M${px} ${py}q${r * 0.9} ${r * 0.5} ${r * 1.5} ${-r * 0.3}q${-r * 0.5} ${r * 0.9} ${-r * 1.5} ${r * 0.3}M${px} ${py}q${-r * 0.3} ${r * 1.1} ${-r * 1.3} ${r}q${r * 0.1} ${-r} ${r * 1.3} ${-r}" fill="${stem}"/>`;
        content += drawFlower(px, py, r, fill, heart, turn);
      }
    }
  }
  return { w: 72, h: 72, content };
}

function drawLeaves({ base, ink, second }: Fabric): Tile {
  const leaf = (x: number, y: number, turn: number, fill: string): string =>
    `<g transform="translate(${x} ${y}) rotate(${turn})"><path d="M0 14C-11 4 -9 -10 0 -18C9 -10 11 4 0 14Z" fill="${fill}"/><path d="M0 20L0 -12" stroke="${mixColours(base, fill, 0.35)}" stroke-width="1.2" fill="none"/></g>`;
  return {
    w: 64,
    h: 64,
    content:
      leaf(16, 22, 35, ink) +
      leaf(48, 18, -28, second) +
      leaf(32, 48, 80, mixColours(base, ink, 0.6)),
  };
}

function drawHerringbone({ base, ink }: Fabric): Tile {
  const tone = mixColours(base, ink, 0.45);
  let content = '';
  for (let y = -12; y < 24; y += 4) {
    content += `<path d="M0 ${y}L8 ${y + 8}M16 ${y}L8 ${y + 8}" stroke="${tone}" stroke-width="1.5" opacity=".7"/>`;
  }
  return { w: 16, h: 12, content };
}

function drawCable({ base }: Fabric): Tile {
  const dark = deepenColour(base, 0.32);
  const light = lightenColour(base, 0.3);
  const twist = `<path d="M10 -4C10 10 26 14 26 28M26 -4C26 4 22 8 19 11M17 15C13 18 10 22 10 28" fill="none" stroke="${dark}" stroke-width="9" opacity=".4" stroke-linecap="round"/><path d="M10 -4C10 10 26 14 26 28M26 -4C26 4 22 8 19 11M17 15C13 18 10 22 10 28" fill="none" stroke="${light}" stroke-width="4.5" opacity=".55" stroke-linecap="round" transform="translate(-1 0)"/>`;
  const ribs = [38, 44, 50]
    .map((x) => fillRect(x, 0, 1.6, 24, dark, 0.4) + fillRect(x + 2, 0, 1.8, 24, light, 0.35))
    .join('');
  return {
    w: 54,
    h: 24,
    content:
      fillRect(3, 0, 1.6, 24, dark, 0.4) + fillRect(32, 0, 1.6, 24, dark, 0.4) + twist + ribs,
  };
}

function drawKnit({ base }: Fabric, mark?: string): string {
  const dark = deepenColour(base, 0.3);
  const light = lightenColour(base, 0.25);
  return `${mark ?? ''}<path d="M0.4 0L4 4L7.6 0" fill="none" stroke="${dark}" stroke-width="1.3" opacity=".38"/><path d="M0.4 2.4L4 6.4L7.6 2.4" fill="none" stroke="${light}" stroke-width="1" opacity=".3"/>`;
}

function drawFairIsle(fabric: Fabric): Tile {
  const { base, ink, second } = fabric;
  const rows = [
    '000010000000',
    '000111000010',
    '001101100111',
    '011000110010',
    '001101100111',
    '000111000010',
    '000010000000',
    '',
    '101010101010',
    '010101010101',
    '',
    '222222222222',
    '020202020202',
    '',
    '',
  ];
  let content = fillRect(0, 0, 72, 90, base);
  rows.forEach((row, y) => {
    row.split('').forEach((mark, x) => {
      if (mark !== '0') content += fillRect(x * 6, y * 6, 6, 6, mark === '1' ? ink : second);
    });
  });
  for (let y = 0; y < 15; y += 1) {
    for (let x = 0; x < 12; x += 1)
      content += `<path d="M${x * 6} ${y * 6}l3 3l3 -3" fill="none" stroke="${deepenColour(base, 0.5)}" stroke-width=".9" opacity=".25"/>`;
  }
  return { w: 72, h: 90, content };
}

function drawArgyle({ base, ink, second }: Fabric): Tile {
  return {
    w: 44,
    h: 64,
    content: `<path d="M22 0L44 32L22 64L0 32Z" fill="${ink}" opacity=".9"/><path d="M0 0L44 64M44 0L0 64" stroke="${second}" stroke-width="1.3" stroke-dasharray="3 2.2"/><path d="M0 -32L22 0L0 32L-22 0Z" fill="${mixColours(base, ink, 0.25)}"/>`,
  };
}

function drawMarl({ base, seed }: Fabric): Tile {
  const random = createRandom(seed);
  let content = '';
  for (let i = 0; i < 130; i += 1) {
    const x = random.between(0, 60).toFixed(1);
    const y = random.between(0, 60).toFixed(1);
    const tone = random.next() < 0.5 ? deepenColour(base, 0.4) : lightenColour(base, 0.55);
    content += `<path d="M${x} ${y}l${random.between(2, 6).toFixed(1)} ${random.between(-0.6, 0.6).toFixed(1)}" stroke="${tone}" stroke-width=".9" opacity=".5"/>`;
  }
  return { w: 60, h: 60, content };
}

function drawDenim({ base }: Fabric): Tile {
  const light = lightenColour(base, 0.45);
  const dark = deepenColour(base, 0.35);
  return {
    w: 5,
    h: 5,
    content: `<path d="M-1 6L6 -1" stroke="${light}" stroke-width=".9" opacity=".4"/><path d="M-1 3.5L3.5 -1M1.5 6L6 1.5" stroke="${dark}" stroke-width=".8" opacity=".3"/>`,
  };
}

function drawHoundstooth({ ink }: Fabric): Tile {
  return {
    w: 16,
    h: 16,
    content: `<path d="M0 0H8V4L12 0H16L8 8V8H16V12L12 16H8V8H0L0 4L4 0Z M8 8H16V16H12L8 12Z" fill="${ink}" opacity=".85"/>`,
  };
}

function drawGeometric({ base, ink, second }: Fabric): Tile {
  return {
    w: 48,
    h: 48,
    content: `<path d="M0 24A24 24 0 0 1 24 0V24Z" fill="${ink}"/><path d="M24 24H48A24 24 0 0 1 24 48Z" fill="${second}"/><path d="M24 0H48V24A24 24 0 0 1 24 0Z" fill="${mixColours(base, ink, 0.35)}"/><circle cx="12" cy="36" r="6" fill="${ink}"/>`,
  };
}

function drawTile(fabric: Fabric): Tile | null {
  const { base, ink, second } = fabric;
  const dark = deepenColour(base, 0.3);
  const light = lightenColour(base, 0.3);
  switch (fabric.pattern) {
    case 'solid':
    case 'ombre':
    case 'colour-block':
      return null;
    case 'breton':
      return drawStripes(fabric, 19, 6.5, false);
    case 'wide stripe':
      return drawStripes(fabric, 52, 26, false);
    case 'stripe':
      return drawStripes(fabric, 17, 6, true);
    case 'pinstripe':
      return drawStripes({ ...fabric, ink: mixColours(base, ink, 0.7) }, 13, 1.5, true);
    case 'gingham':
      return {
        w: 20,
        h: 20,
        content: fillRect(0, 0, 10, 20, ink, 0.5) + fillRect(0, 0, 20, 10, ink, 0.5),
      };
    case 'plaid':
      return drawPlaid(fabric);
    case 'windowpane':
      return {
        w: 42,
        h: 42,
        content: fillRect(20, 0, 2, 42, ink, 0.8) + fillRect(0, 20, 42, 2, ink, 0.8),
      };
    case 'dots':
      return {
        w: 24,
        h: 24,
        content: `<circle cx="6" cy="6" r="4" fill="${ink}"/><circle cx="18" cy="18" r="4" fill="${ink}"/>`,
      };
    case 'floral':
      return drawFloral(fabric);
    case 'leaf':
      return drawLeaves(fabric);
    case 'denim':
      return drawDenim(fabric);
    case 'rib':
      return {
        w: 7,
        h: 20,
        content: fillRect(0, 0, 2.2, 20, dark, 0.45) + fillRect(3.4, 0, 2, 20, light, 0.4),
      };
    case 'corduroy':
      return {
        w: 6,
        h: 20,
        content: fillRect(0, 0, 1.8, 20, dark, 0.6) + fillRect(3, 0, 1.6, 20, light, 0.35),
      };
    case 'cable':
      return drawCable(fabric);
    case 'knit':
      return { w: 8, h: 5, content: drawKnit(fabric) };
    case 'herringbone':
      return drawHerringbone(fabric);
    case 'houndstooth':
      return drawHoundstooth(fabric);
    case 'argyle':
      return drawArgyle(fabric);
    case 'fair isle':
      return drawFairIsle(fabric);
    case 'marl':
      return drawMarl(fabric);
    case 'geometric':
      return drawGeometric(fabric);
    case 'quilted':
      return {
        w: 34,
        h: 34,
        content: `<path d="M0 0L34 34M34 0L0 34" stroke="${dark}" stroke-width="2" opacity=".5"/><path d="M0 2L34 36M34 2L0 36M0 -32L34 2M34 -32L0 2" stroke="${light}" stroke-width="1.4" opacity=".4"/>`,
      };
    case 'woven':
      return {
        w: 12,
        h: 12,
        content:
          fillRect(0, 0, 6, 6, dark, 0.3) +
          fillRect(6, 6, 6, 6, dark, 0.3) +
          fillRect(0, 5, 6, 1, dark, 0.4) +
          fillRect(6, 11, 6, 1, dark, 0.4) +
          fillRect(1, 1.5, 4, 1, light, 0.5) +
          fillRect(7, 7.5, 4, 1, light, 0.5) +
          `<path d="M0 0V6M6 6V12" stroke="${second === ink ? dark : dark}" opacity=".35"/>`,
      };
  }
}

/** Defines how a fabric fills a piece; null when its base colour says it all. */
export function definePattern(
  fabric: Fabric,
  id: string,
  turn: number,
  x: number,
  y: number,
): string | null {
  if (fabric.pattern === 'ombre') {
    return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" y1="90" x2="0" y2="410"><stop offset="0" stop-color="${fabric.base}"/><stop offset=".3" stop-color="${fabric.base}"/><stop offset="1" stop-color="${fabric.ink}"/></linearGradient>`;
  }
  if (fabric.pattern === 'colour-block') {
    const [a, b, c] = [fabric.base, fabric.second, fabric.ink];
    return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" y1="80" x2="0" y2="420"><stop offset="0" stop-color="${a}"/><stop offset=".4" stop-color="${a}"/><stop offset=".4" stop-color="${b}"/><stop offset=".57" stop-color="${b}"/><stop offset=".57" stop-color="${c}"/><stop offset="1" stop-color="${c}"/></linearGradient>`;
  }
  const tile = drawTile(fabric);
  if (!tile) return null;
  return `<pattern id="${id}" patternUnits="userSpaceOnUse" width="${tile.w}" height="${tile.h}" patternTransform="translate(${x} ${y}) rotate(${turn}) scale(${fabric.scale})">${tile.content}</pattern>`;
}
