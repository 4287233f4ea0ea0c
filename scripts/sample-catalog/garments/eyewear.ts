import { joinSymmetric, placeBoth, placeLeft, placeRight } from '../path.ts';
import { deepenColour, lightenColour, mixColours } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { WARM } from '../kinds.ts';
import { createScene, cutPlain, drawGround, drawPiece, finishScene, nameDef } from '../scene.ts';

interface FramePlan {
  lens: string;
  /** Wire frames are drawn as metal; the others are cut from acetate. */
  wire?: boolean;
  rim: number;
  bridge: string;
  hinge: [number, number];
}

/** Acetate with the flecks of tortoiseshell. */
function drawTortoise(id: string, base: string): string {
  const spots = [
    [8, 10, 9, 5, 20],
    [30, 22, 11, 6, -25],
    [48, 6, 8, 5, 60],
    [16, 40, 10, 6, 45],
    [44, 44, 9, 7, 10],
    [2, 26, 5, 4, 0],
  ]
    .map(
      ([x, y, rx, ry, turn]) =>
        `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" transform="rotate(${turn} ${x} ${y})" fill="${deepenColour(base, 0.6)}" opacity=".75"/>`,
    )
    .join('');
  return `<pattern id="${id}" patternUnits="userSpaceOnUse" width="58" height="54">${spots}</pattern>`;
}

function drawGlasses({ fabric, accent, seed }: Brief, plan: FramePlan): string {
  const scene = createScene(seed, 0, 1.1);
  const tortoise = fabric.pattern === 'marl';
  const base = fabric.base;
  drawGround(scene, 240, 312, 168, 6);
  const tint = nameDef(scene);
  const glass = plan.wire
    ? mixColours(accent, '#4a4038', 0.45)
    : deepenColour(mixColours(base, '#3a332f', 0.6), 0.3);
  scene.defs.push(
    `<linearGradient id="${tint}" x2=".25" y2="1"><stop offset="0" stop-color="${deepenColour(glass, 0.4)}"/><stop offset=".55" stop-color="${glass}"/><stop offset="1" stop-color="${lightenColour(glass, 0.42)}"/></linearGradient>`,
  );
  const [hx, hy] = plan.hinge;
  const metal = ['#c9a65d', '#b9bdc2', '#d6a38c'][seed % 3] ?? '#c9a65d';
  const arm = plan.wire ? metal : base;
  for (const side of placeBoth(
    `M${hx} ${hy}C${hx + 8} ${hy - 8} ${hx + 6} ${hy - 30} ${hx - 10} ${hy - 46}C${hx - 18} ${hy - 53} ${hx - 28} ${hy - 56} ${hx - 38} ${hy - 56}`,
  )) {
    scene.cloth.push(
      `<path d="${side}" fill="none" stroke="${deepenColour(arm, 0.55)}" stroke-width="${plan.wire ? 4.4 : 11}" stroke-linecap="round"/><path d="${side}" fill="none" stroke="${deepenColour(arm, 0.18)}" stroke-width="${plan.wire ? 3 : 9}" stroke-linecap="round"/>`,
    );
  }
  if (plan.wire)
    for (const side of placeBoth(
      `M${hx - 38} ${hy - 56}C${hx - 32} ${hy - 56} ${hx - 27} ${hy - 55} ${hx - 22} ${hy - 53}`,
    ))
      scene.cloth.push(
        `<path d="${side}" fill="none" stroke="#3b322c" stroke-width="9" stroke-linecap="round"/>`,
      );
  const lenses = [placeRight(plan.lens), placeLeft(plan.lens)];
  for (const lens of lenses) {
    const clip = nameDef(scene);
    scene.defs.push(`<clipPath id="${clip}"><path d="${lens}"/></clipPath>`);
    scene.trim.push(
      `<path d="${lens}" fill="url(#${tint})"/><g clip-path="url(#${clip})"><path d="M40 150L120 150L60 350L-20 350ZM140 150L160 150L100 350L80 350Z" fill="#fff" opacity=".14" transform="translate(${lens === lenses[0] ? 220 : 60} 0)"/><path d="${lens}" fill="none" stroke="#17121c" stroke-width="14" opacity=".25"/></g>`,
    );
  }
  const shell = nameDef(scene);
  if (tortoise) scene.defs.push(drawTortoise(shell, base));
  const { bridge } = plan;
  const outline = [...lenses, bridge];
  const strokes = (stroke: string, extra: number, more = ''): string =>
    outline
      .map(
        (d, i) =>
          `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${(i === 2 ? plan.rim * (plan.wire ? 1 : 1.15) : plan.rim) + extra}" stroke-linejoin="round" stroke-linecap="round" ${more}/>`,
      )
      .join('');
  const frame = plan.wire ? metal : base;
  scene.trim.push(
    strokes(deepenColour(frame, 0.55), 2),
    strokes(frame, 0),
    tortoise ? strokes(`url(#${shell})`, 0) : '',
  );
  scene.trim.push(
    lenses
      .map(
        (d) =>
          `<path d="${d}" fill="none" stroke="#fff" stroke-width="${plan.rim * 0.24}" opacity=".38" transform="translate(-1 ${-plan.rim * 0.2})"/>`,
      )
      .join(''),
  );
  if (!plan.wire) {
    for (const side of placeBoth(
      `M${hx - 14} ${hy - 8}L${hx + 5} ${hy - 12}C${hx + 9} ${hy - 6} ${hx + 8} ${hy + 6} ${hx + 4} ${hy + 12}L${hx - 10} ${hy + 10}Z`,
    ))
      drawPiece(scene, side, cutPlain(base), { layer: 'trim', edge: 0.3, edgeWidth: 4 });
    for (const x of [hx - 4, -hx + 4])
      scene.trim.push(
        `<circle cx="${240 + x}" cy="${hy}" r="2.6" fill="#e6cf95" stroke="#7d6227" stroke-width=".6"/>`,
      );
  } else {
    for (const side of placeBoth('M17 240C10 246 8 256 12 266'))
      scene.trim.push(
        `<path d="${side}" fill="none" stroke="#e9dccb" stroke-width="6" stroke-linecap="round" opacity=".95"/>`,
      );
  }
  return finishScene(scene, 'stand');
}

const ROUND: FramePlan = {
  lens: 'M22 242C22 204 48 180 84 180C122 180 148 206 148 242C148 280 122 306 84 306C48 306 22 280 22 242Z',
  rim: 9,
  bridge: joinSymmetric('M24 226C16 212 8 208 0 208'),
  hinge: [152, 226],
};
const SQUARE: FramePlan = {
  lens: 'M18 206C18 194 26 188 40 188L140 182C156 182 162 190 160 206C158 250 148 292 116 298C90 302 58 302 42 290C24 276 18 240 18 206Z',
  rim: 13,
  bridge: joinSymmetric('M22 208C14 200 8 198 0 198'),
  hinge: [166, 198],
};
const AVIATOR: FramePlan = {
  lens: 'M18 200C18 190 26 186 40 186L120 186C150 186 162 200 158 226C152 270 124 308 88 308C50 306 20 256 18 200Z',
  wire: true,
  rim: 3.6,
  bridge: joinSymmetric('M20 214C14 204 8 202 0 202M34 186C22 182 10 182 0 182'),
  hinge: [160, 206],
};
const CAT_EYE: FramePlan = {
  lens: 'M18 218C20 202 34 196 54 194C96 188 138 172 172 166C176 190 168 240 148 266C130 286 96 294 66 286C36 276 16 250 18 218Z',
  rim: 12,
  bridge: joinSymmetric('M22 218C14 208 8 206 0 206'),
  hinge: [168, 178],
};
const OVAL: FramePlan = {
  lens: 'M20 240C20 214 48 198 88 198C128 198 152 216 152 240C152 266 128 284 88 284C48 284 20 266 20 240Z',
  wire: true,
  rim: 4,
  bridge: joinSymmetric('M21 230C14 218 8 216 0 216'),
  hinge: [153, 234],
};

const shadeBase = { genders: ['Unisex', 'Women', 'Men'], seasons: WARM, price: [59, 150] } as const;
const ACETATES = [
  'Black',
  'Cognac',
  'Forest',
  'Burgundy',
  'Ivory',
  'Navy',
  'Rose',
  'Olive',
  'Teal',
  'Lilac',
  'Mustard',
] as const;

const sunglasses: Cut[] = [
  {
    ...shadeBase,
    noun: 'Round Sunglasses',
    materials: ['Acetate'],
    colours: ACETATES,
    patterns: ['solid'],
    draw: (b) => drawGlasses(b, ROUND),
  },
  {
    ...shadeBase,
    noun: 'Square Sunglasses',
    materials: ['Acetate'],
    colours: ACETATES,
    patterns: ['solid'],
    draw: (b) => drawGlasses(b, SQUARE),
  },
  {
    ...shadeBase,
    noun: 'Aviator Sunglasses',
    materials: ['Steel'],
    colours: ['Camel', 'Grey', 'Olive', 'Navy', 'Cognac', 'Blush'],
    patterns: ['solid'],
    draw: (b) => drawGlasses({ ...b, accent: b.fabric.base }, AVIATOR),
  },
  {
    ...shadeBase,
    noun: 'Cat-Eye Sunglasses',
    genders: ['Women'],
    materials: ['Acetate'],
    colours: ACETATES,
    patterns: ['solid'],
    draw: (b) => drawGlasses(b, CAT_EYE),
  },
  {
    ...shadeBase,
    noun: 'Tortoiseshell Sunglasses',
    says: ['', 'Tortoiseshell'],
    materials: ['Acetate'],
    colours: ['Cognac', 'Camel', 'Rust', 'Mustard'],
    patterns: ['marl'],
    draw: (b) => drawGlasses(b, b.seed % 2 === 0 ? SQUARE : ROUND),
  },
  {
    ...shadeBase,
    noun: 'Oval Wire Sunglasses',
    materials: ['Steel'],
    colours: ['Rose', 'Sky', 'Mustard', 'Sage', 'Lilac', 'Charcoal'],
    patterns: ['solid'],
    draw: (b) => drawGlasses({ ...b, accent: b.fabric.base }, OVAL),
  },
];

export const SUNGLASSES: Kind = {
  kind: 'Sunglasses',
  category: 'Accessories',
  count: 20,
  cuts: sunglasses,
};
