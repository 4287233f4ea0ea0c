import {
  closeSymmetric,
  drawBox,
  drawEllipse,
  joinSymmetric,
  placeBoth,
  placeLeft,
  placeRight,
} from '../path.ts';
import { deepenColour } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, WARM } from '../kinds.ts';
import type { Scene } from '../scene.ts';
import {
  createScene,
  drawGround,
  drawPiece,
  drawSeam,
  drawShade,
  drawStitch,
  finishScene,
} from '../scene.ts';

const GOLD = ['#7d5f27', '#dfbf78', '#fff3cf'] as const;

/** Draws a strap as a band with stitched edges. */
function drawStrap(
  scene: Scene,
  d: string,
  base: string,
  width: number,
  layer: 'cloth' | 'trim' = 'cloth',
): void {
  scene.outlines.push(d);
  scene[layer].push(
    `<path d="${d}" fill="none" stroke="${deepenColour(base, 0.5)}" stroke-width="${width + 1.6}" stroke-linecap="round"/><path d="${d}" fill="none" stroke="${base}" stroke-width="${width}" stroke-linecap="round"/><path d="${d}" fill="none" stroke="#fff" stroke-width="${width * 0.3}" opacity=".2" transform="translate(-1 -1)"/><path d="${d}" fill="none" stroke="${deepenColour(base, 0.3)}" stroke-width="${width * 0.66}" stroke-dasharray="0" opacity=".12"/>`,
  );
}

function drawBuckle(scene: Scene, x: number, y: number, w: number, h: number): void {
  scene.trim.push(
    `<rect x="${x - w / 2}" y="${y - h / 2 + 1.5}" width="${w}" height="${h}" rx="3" fill="none" stroke="#17121c" stroke-width="4" opacity=".3"/><rect x="${x - w / 2}" y="${y - h / 2}" width="${w}" height="${h}" rx="3" fill="none" stroke="${GOLD[0]}" stroke-width="4.6"/><rect x="${x - w / 2}" y="${y - h / 2}" width="${w}" height="${h}" rx="3" fill="none" stroke="${GOLD[1]}" stroke-width="3.2"/><path d="M${x - w / 2 + 1} ${y - h / 2}H${x + w / 4}" stroke="${GOLD[2]}" stroke-width="1.2"/>`,
  );
}

function drawRing(scene: Scene, x: number, y: number, r: number): void {
  scene.trim.push(
    `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${GOLD[0]}" stroke-width="4.4"/><circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${GOLD[1]}" stroke-width="3"/><path d="M${x - r * 0.7} ${y - r * 0.7}A${r} ${r} 0 0 1 ${x + r * 0.3} ${y - r * 0.95}" fill="none" stroke="${GOLD[2]}" stroke-width="1.2"/>`,
  );
}

function drawLock(scene: Scene, x: number, y: number): void {
  scene.trim.push(
    `<rect x="${x - 13}" y="${y - 9}" width="26" height="20" rx="4" fill="#17121c" opacity=".3"/><rect x="${x - 13}" y="${y - 11}" width="26" height="20" rx="4" fill="${GOLD[1]}" stroke="${GOLD[0]}"/><rect x="${x - 10}" y="${y - 9}" width="20" height="4" rx="2" fill="${GOLD[2]}" opacity=".7"/><circle cx="${x}" cy="${y + 1}" r="3" fill="${GOLD[0]}"/>`,
  );
}

function drawTote({ fabric, accent, seed }: Brief, canvas: boolean): string {
  const scene = createScene(seed, canvas ? 0.7 : 0.25, 1.06);
  const leather = canvas ? deepenColour(accent, 0.1) : fabric.base;
  drawGround(scene, 240, 418, 140);
  drawStrap(scene, joinSymmetric('M66 196C68 110 46 62 0 62'), deepenColour(leather, 0.3), 12);
  drawPiece(
    scene,
    closeSymmetric('M0 176C60 176 110 174 138 170L134 198C90 206 40 206 0 206'),
    deepenColour(fabric.base, 0.45),
    { light: 'none' },
  );
  drawPiece(
    scene,
    closeSymmetric(
      'M0 190C60 190 112 186 146 178C142 250 132 340 126 404C122 414 110 416 96 416L0 416',
    ),
    fabric,
    { edge: 0.36, folds: placeBoth('M128 200C116 240 112 280 114 330'), at: [240, 190] },
  );
  drawSeam(scene, joinSymmetric('M143 204C110 212 60 214 0 214'), fabric.base, 1.1);
  drawStitch(scene, joinSymmetric('M142 208C110 216 60 218 0 218'), fabric.base);
  if (canvas)
    drawPiece(
      scene,
      closeSymmetric('M0 372L129 368L126 404C122 414 110 416 96 416L0 416'),
      leather,
      { edge: 0.3, edgeWidth: 10 },
    );
  drawStrap(scene, joinSymmetric('M72 238C78 130 54 82 0 82'), leather, 13);
  for (const side of placeBoth('M62 214L82 214L82 262L72 270L62 262Z')) {
    drawShade(scene, side, 0.25, 4);
    drawPiece(scene, side, leather, { edge: 0.2, edgeWidth: 4 });
  }
  for (const side of placeBoth('M65 218L79 218L79 260L72 265L65 260Z'))
    drawStitch(scene, side, leather);
  return finishScene(scene, 'stand');
}

function drawSatchel({ fabric, seed }: Brief): string {
  const scene = createScene(seed, 0.2, 1.1);
  const base = fabric.base;
  drawGround(scene, 240, 390, 148);
  drawStrap(scene, joinSymmetric('M40 186C42 138 30 122 0 122'), base, 13);
  drawPiece(
    scene,
    closeSymmetric('M0 176L132 176C146 176 150 184 150 198L152 372C152 384 146 388 134 388L0 388'),
    fabric,
    { edge: 0.4 },
  );
  drawStitch(
    scene,
    closeSymmetric('M0 182L130 182C142 182 144 188 144 200L146 370C146 380 140 382 132 382L0 382'),
    base,
  );
  const flap = closeSymmetric(
    'M0 172L136 172C152 172 156 182 156 198L154 282C152 304 140 312 120 312L0 312',
  );
  drawShade(scene, flap, 0.36, 9);
  drawPiece(scene, flap, fabric, {
    edge: 0.3,
    light: 'down',
    shine: [joinSymmetric('M110 196L0 196')],
    foldWidth: 12,
  });
  drawStitch(scene, joinSymmetric('M148 190L148 280C146 298 136 304 118 304L0 304'), base);
  for (const side of placeBoth('M62 176L84 176L84 348L73 358L62 348Z')) {
    drawShade(scene, side, 0.28, 5);
    drawPiece(scene, side, deepenColour(base, 0.08), { edge: 0.25, edgeWidth: 5 });
  }
  for (const side of placeBoth('M66 180L66 346L73 353L80 346L80 180'))
    drawStitch(scene, side, base);
  for (const x of [167, 313]) drawBuckle(scene, x, 318, 30, 22);
  for (const x of [200, 280]) drawRing(scene, x, 182, 7);
  return finishScene(scene, 'stand');
}

function drawShoulderBag({ fabric, seed }: Brief, chain: boolean): string {
  const scene = createScene(seed, 0.15, 1.1);
  const base = fabric.base;
  drawGround(scene, 240, 372, 140);
  const strap = joinSymmetric('M128 244C112 130 66 84 0 84');
  if (chain) {
    scene.outlines.push(strap);
    scene.cloth.push(
      `<path d="${strap}" fill="none" stroke="${GOLD[0]}" stroke-width="8" stroke-dasharray="10 5" stroke-linecap="round"/><path d="${strap}" fill="none" stroke="${GOLD[1]}" stroke-width="5.4" stroke-dasharray="10 5" stroke-linecap="round"/><path d="${strap}" fill="none" stroke="${GOLD[2]}" stroke-width="1.4" stroke-dasharray="10 5"/>`,
    );
  } else drawStrap(scene, strap, base, 15);
  drawPiece(
    scene,
    closeSymmetric('M0 232C60 232 120 230 148 226C158 262 156 320 140 352C128 366 60 372 0 372'),
    fabric,
    { edge: 0.42, at: [240, 230] },
  );
  const flap = closeSymmetric(
    'M0 226C60 226 122 224 152 219C158 250 150 290 116 304C80 314 40 318 0 318',
  );
  drawShade(scene, flap, 0.36, 9);
  drawPiece(scene, flap, fabric, {
    light: 'down',
    edge: 0.32,
    at: [240, 230],
    shine: [joinSymmetric('M122 242C80 250 40 250 0 250')],
    foldWidth: 10,
  });
  drawStitch(scene, joinSymmetric('M146 227C150 254 142 284 112 297C78 306 40 311 0 311'), base);
  drawLock(scene, 240, 312);
  for (const x of [112, 368]) drawRing(scene, x, 240, 8);
  return finishScene(scene, 'stand');
}

function drawBucketBag({ fabric, accent, seed }: Brief): string {
  const scene = createScene(seed, 0.3, 1.06);
  const base = fabric.base;
  drawGround(scene, 240, 420, 112);
  drawStrap(scene, joinSymmetric('M84 214C92 110 56 46 0 46'), base, 12);
  drawPiece(scene, drawEllipse(240, 200, 102, 20), deepenColour(base, 0.5), {
    light: 'none',
    edge: 0.4,
  });
  drawPiece(
    scene,
    closeSymmetric('M0 218C60 218 94 208 104 196C112 260 122 340 118 398C112 414 60 420 0 420'),
    fabric,
    {
      edge: 0.42,
      at: [240, 200],
      folds: [
        ...placeBoth('M84 226C88 262 84 290 90 330'),
        ...placeBoth('M40 232C42 262 34 290 38 312'),
        'M240 234C242 262 238 280 240 300',
      ],
      foldWidth: 8,
    },
  );
  drawPiece(
    scene,
    closeSymmetric('M0 388C60 388 108 382 120 374L118 400C112 414 60 420 0 420'),
    deepenColour(base, 0.14),
    { edge: 0.3, edgeWidth: 8 },
  );
  drawStitch(scene, joinSymmetric('M119 380C106 388 60 393 0 393'), base);
  for (const x of [-76, -46, -16, 16, 46, 76]) {
    const y = 236 - Math.abs(x) * 0.08;
    scene.trim.push(
      `<circle cx="${240 + x}" cy="${y}" r="4.4" fill="${GOLD[1]}" stroke="${GOLD[0]}"/><circle cx="${240 + x}" cy="${y}" r="1.8" fill="#3a2f20"/>`,
    );
  }
  const cord = deepenColour(accent, 0.1);
  for (const d of [
    joinSymmetric('M76 230C46 240 16 236 0 238'),
    'M240 238C226 262 222 286 228 316',
    'M240 238C256 262 258 286 250 322',
  ])
    scene.trim.push(
      `<path d="${d}" fill="none" stroke="${deepenColour(cord, 0.4)}" stroke-width="5.6" stroke-linecap="round"/><path d="${d}" fill="none" stroke="${cord}" stroke-width="4.2" stroke-linecap="round"/>`,
    );
  for (const [x, y] of [
    [228, 320],
    [250, 326],
  ] as const)
    scene.trim.push(
      `<path d="M${x - 5} ${y - 6}H${x + 5}L${x + 7} ${y + 22}H${x - 7}Z" fill="${cord}" stroke="${deepenColour(cord, 0.5)}"/><path d="M${x - 3} ${y}V${y + 20}M${x + 1} ${y}V${y + 20}" stroke="${deepenColour(cord, 0.4)}" stroke-width=".8"/>`,
    );
  return finishScene(scene, 'stand');
}

function drawTopHandle({ fabric, seed }: Brief): string {
  const scene = createScene(seed, 0.15, 1.06);
  const base = fabric.base;
  drawGround(scene, 240, 402, 140);
  drawStrap(scene, joinSymmetric('M56 196C56 120 36 98 0 98'), base, 14);
  drawPiece(
    scene,
    closeSymmetric('M0 184L104 184C116 184 120 190 124 202L148 386C148 396 142 400 130 400L0 400'),
    fabric,
    { edge: 0.4, shine: [placeLeft('M88 214L104 360')], foldWidth: 12 },
  );
  for (const side of placeBoth('M104 184L124 202L148 390L132 400L112 260Z'))
    drawPiece(scene, side, deepenColour(base, 0.14), { edge: 0.25, edgeWidth: 8 });
  drawStitch(scene, joinSymmetric('M110 196L108 246C90 258 40 260 0 260'), base);
  const flap = closeSymmetric(
    'M0 180L108 180C114 182 116 190 114 204L110 244C106 256 90 262 70 262L26 262L20 276L0 276',
  );
  drawShade(scene, flap, 0.34, 8);
  drawPiece(scene, flap, fabric, { light: 'down', edge: 0.28 });
  drawLock(scene, 240, 266);
  for (const x of [184, 296]) drawRing(scene, x, 190, 8);
  for (const x of [150, 330])
    scene.trim.push(`<circle cx="${x}" cy="392" r="4" fill="${GOLD[1]}" stroke="${GOLD[0]}"/>`);
  return finishScene(scene, 'stand');
}

function drawBackpack(
  { fabric, accent, seed }: Brief,
  plan: { top: 'dome' | 'roll' | 'flap' },
): string {
  const scene = createScene(seed, 0.45, 1.06);
  const base = fabric.base;
  const trim = plan.top === 'dome' ? accent : '#9a6a3f';
  drawGround(scene, 240, 420, 122);
  for (const side of placeBoth('M44 110C80 128 128 210 134 330'))
    drawStrap(scene, side, deepenColour(base, 0.35), 20);
  drawStrap(
    scene,
    joinSymmetric('M24 96C24 62 16 52 0 52'),
    plan.top === 'dome' ? deepenColour(base, 0.2) : trim,
    10,
  );
  const body =
    plan.top === 'dome'
      ? 'M0 74C66 74 108 106 116 170C122 250 122 340 118 398C114 414 96 420 70 420L0 420'
      : 'M0 118L104 118C116 122 120 160 122 200C124 270 124 350 120 400C114 416 96 420 70 420L0 420';
  for (const side of placeBoth('M108 300C132 304 140 320 140 344L138 396C136 410 122 414 108 412Z'))
    drawPiece(scene, side, deepenColour(base, 0.12), { edge: 0.3, edgeWidth: 8 });
  drawPiece(scene, closeSymmetric(body), fabric, {
    edge: 0.42,
    at: [240, 80],
    folds: placeBoth('M104 210C92 230 84 240 66 250'),
  });
  if (plan.top === 'dome') {
    scene.trim.push(
      `<path d="${joinSymmetric('M104 236C106 150 72 98 0 98')}" fill="none" stroke="${deepenColour(base, 0.65)}" stroke-width="6"/><path d="${joinSymmetric('M104 236C106 150 72 98 0 98')}" fill="none" stroke="#b9b4ab" stroke-width="2.6" stroke-dasharray="1.8 1.4"/>`,
    );
    scene.trim.push(
      `<rect x="338" y="228" width="12" height="26" rx="4" fill="${trim}" stroke="${deepenColour(trim, 0.5)}"/>`,
    );
    drawPiece(scene, drawBox(214, 140, 52, 44, 6), trim, { edge: 0.2, edgeWidth: 5 });
    drawStitch(scene, drawBox(218, 144, 44, 36, 4), trim);
  }
  const pocket = closeSymmetric(
    'M0 268L74 268C88 268 92 278 92 292L94 382C94 396 84 402 70 402L0 402',
  );
  drawShade(scene, pocket, 0.32, 8);
  drawPiece(scene, pocket, fabric, { edge: 0.28, edgeWidth: 10, at: [240, 80] });
  drawStitch(
    scene,
    closeSymmetric('M0 274L72 274C82 274 86 280 86 292L88 380C88 392 80 396 70 396L0 396'),
    base,
  );
  if (plan.top === 'dome') {
    scene.trim.push(
      `<path d="M160 296H320" stroke="${deepenColour(base, 0.65)}" stroke-width="6"/><path d="M160 296H320" stroke="#b9b4ab" stroke-width="2.6" stroke-dasharray="1.8 1.4"/><rect x="308" y="296" width="10" height="24" rx="4" fill="${trim}" stroke="${deepenColour(trim, 0.5)}"/>`,
    );
  } else if (plan.top === 'roll') {
    const roll = closeSymmetric('M0 84L112 84C124 88 124 122 112 128L0 128');
    drawPiece(scene, closeSymmetric('M0 108L108 108L116 180L0 188'), fabric, {
      light: 'down',
      edge: 0.3,
      at: [240, 80],
    });
    drawShade(scene, roll, 0.35, 8);
    drawPiece(scene, roll, fabric, { light: 'down', edge: 0.4, edgeWidth: 12, at: [240, 80] });
    drawSeam(scene, joinSymmetric('M112 106L0 106'), base, 1.4);
    drawPiece(scene, drawBox(228, 80, 24, 200, 3), trim, { edge: 0.25, edgeWidth: 5 });
    drawStitch(scene, drawBox(231, 83, 18, 194, 2), trim);
    drawBuckle(scene, 240, 236, 36, 24);
  } else {
    const flap = closeSymmetric(
      'M0 88C60 88 108 94 118 118C128 160 126 206 112 224C90 236 40 240 0 240',
    );
    drawShade(scene, flap, 0.36, 9);
    drawPiece(scene, flap, fabric, { light: 'down', edge: 0.34, at: [240, 80] });
    drawStitch(scene, joinSymmetric('M116 130C122 166 120 200 106 216C86 228 40 232 0 232'), base);
    for (const place of [placeLeft, placeRight]) {
      const strap = place('M40 186L60 186L60 316L50 326L40 316Z');
      drawShade(scene, strap, 0.28, 5);
      drawPiece(scene, strap, trim, { edge: 0.25, edgeWidth: 4 });
      drawStitch(scene, place('M43 190L43 314L50 321L57 314L57 190'), trim);
    }
    for (const x of [190, 290]) drawBuckle(scene, x, 284, 28, 22);
  }
  return finishScene(scene, 'stand');
}

const HANDBAG_COLOURS = [
  'Black',
  'Cognac',
  'Camel',
  'Burgundy',
  'Forest',
  'Ivory',
  'Navy',
  'Blush',
  'Mustard',
  'Poppy',
  'Sky',
  'Plum',
  'Terracotta',
] as const;
const bagBase = {
  genders: ['Women'],
  seasons: ALL_SEASONS,
  price: [89, 290],
  colours: HANDBAG_COLOURS,
} as const;

const handbags: Cut[] = [
  {
    ...bagBase,
    noun: 'Satchel',
    materials: ['Leather', 'Pebbled Leather'],
    sayMaterial: true,
    patterns: ['solid'],
    draw: drawSatchel,
  },
  {
    ...bagBase,
    noun: 'Canvas Tote',
    materials: ['Canvas'],
    price: [35, 80],
    seasons: WARM,
    patterns: ['breton', 'solid', 'floral', 'leaf', 'gingham'],
    draw: (b) => drawTote(b, true),
  },
  {
    ...bagBase,
    noun: 'Shoulder Bag',
    materials: ['Leather', 'Suede'],
    sayMaterial: true,
    patterns: ['solid', 'solid', 'houndstooth'],
    draw: (b) => drawShoulderBag(b, false),
  },
  {
    ...bagBase,
    noun: 'Bucket Bag',
    materials: ['Leather', 'Straw'],
    patterns: ['solid', 'woven', 'solid'],
    draw: drawBucketBag,
  },
  {
    ...bagBase,
    noun: 'Chain-Strap Bag',
    materials: ['Nappa Leather'],
    patterns: ['quilted'],
    draw: (b) => drawShoulderBag(b, true),
  },
  {
    ...bagBase,
    noun: 'Top-Handle Bag',
    materials: ['Box Leather'],
    patterns: ['solid'],
    draw: drawTopHandle,
  },
  {
    ...bagBase,
    noun: 'Leather Tote',
    materials: ['Leather'],
    patterns: ['solid', 'woven'],
    draw: (b) => drawTote(b, false),
  },
];

const packBase = { genders: ['Unisex'], seasons: ALL_SEASONS, price: [59, 160] } as const;

const backpacks: Cut[] = [
  {
    ...packBase,
    noun: 'Day Backpack',
    materials: ['Recycled Nylon', 'Canvas'],
    patterns: ['solid', 'leaf', 'colour-block', 'floral'],
    draw: (b) => drawBackpack(b, { top: 'dome' }),
  },
  {
    ...packBase,
    noun: 'Roll-Top Backpack',
    materials: ['Waxed Canvas'],
    patterns: ['solid', 'herringbone'],
    colours: ['Olive', 'Navy', 'Charcoal', 'Mustard', 'Rust', 'Teal', 'Sage'],
    draw: (b) => drawBackpack(b, { top: 'roll' }),
  },
  {
    ...packBase,
    noun: 'Buckled Rucksack',
    materials: ['Canvas', 'Leather'],
    patterns: ['solid', 'plaid', 'denim'],
    colours: ['Forest', 'Indigo', 'Burgundy', 'Sand', 'Black', 'Camel', 'Sky'],
    draw: (b) => drawBackpack(b, { top: 'flap' }),
  },
];

export const HANDBAGS: Kind = { kind: 'Handbags', category: 'Bags', count: 24, cuts: handbags };
export const BACKPACKS: Kind = { kind: 'Backpacks', category: 'Bags', count: 16, cuts: backpacks };
