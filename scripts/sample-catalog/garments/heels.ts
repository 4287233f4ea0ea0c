import { deepenColour, lightenColour } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, WARM } from '../kinds.ts';
import {
  createScene,
  drawGround,
  drawPiece,
  drawSeam,
  drawShade,
  drawStitch,
  finishScene,
} from '../scene.ts';

const FOOTBED = '#d9bd97';

function drawPump({ fabric, seed }: Brief, heel: 'stiletto' | 'block' | 'kitten'): string {
  const scene = createScene(seed, 0.1, 1.14);
  const base = fabric.base;
  const cloth = { ...fabric, scale: 0.6 };
  drawGround(scene, 344, 364, 76, 5);
  drawGround(scene, 128, 364, heel === 'block' ? 40 : 18, 5);
  drawPiece(
    scene,
    'M104 188C122 176 146 186 166 214C206 266 256 286 324 292L288 308C228 306 176 258 140 210Z',
    FOOTBED,
    { edge: 0.45 },
  );
  const heels = {
    stiletto:
      'M102 244C106 290 116 330 119 364L130 364C132 334 140 304 164 286C150 268 130 260 102 244Z',
    kitten:
      'M102 240C108 290 120 330 116 364L142 364C142 334 146 306 176 290C150 268 130 260 102 240Z',
    block:
      'M101 244C106 290 104 330 100 364L160 364C160 330 166 308 182 302C156 268 130 260 101 244Z',
  };
  drawPiece(scene, heels[heel], deepenColour(base, 0.18), {
    edge: 0.4,
    edgeWidth: 10,
    shine: heel === 'block' ? ['M122 290L122 350'] : [],
  });
  drawPiece(
    scene,
    `M${heel === 'stiletto' ? '118 359L131 359L130.5 366L119.5 366' : heel === 'kitten' ? '116 359L142 359L142 366L116 366' : '100 358L160 358L160 366L100 366'}Z`,
    '#2a2523',
    { light: 'none', edge: 0 },
  );
  const upper =
    'M104 187C97 210 98 238 106 260C150 268 180 302 226 338C250 354 280 361 320 361L402 361C416 359 418 351 406 343C384 329 354 310 324 293C308 286 296 292 286 299C240 300 190 262 150 213C138 198 124 186 104 187Z';
  drawPiece(scene, upper, cloth, {
    light: 'down',
    edge: 0.42,
    edgeWidth: 16,
    foldWidth: 8,
    shine: ['M316 306C346 322 370 334 388 346', 'M116 208C118 226 122 238 134 250'],
  });
  drawPiece(
    scene,
    'M106 258C150 268 180 304 226 341C250 357 280 364 320 364L404 364C412 363 416 358 412 355C380 360 300 362 262 350C216 334 176 272 106 258Z',
    deepenColour(base, 0.6),
    { light: 'none', edge: 0 },
  );
  drawStitch(
    scene,
    'M107 194C126 192 138 204 150 220C190 268 242 306 288 305C298 298 308 292 322 298',
    base,
  );
  return finishScene(scene, 'stand');
}

function drawSandal({ fabric, seed }: Brief, plan: { block: boolean; cross: boolean }): string {
  const scene = createScene(seed, 0.1, 1.12);
  const base = fabric.base;
  drawGround(scene, 330, 372, 90, 5);
  drawGround(scene, 132, 372, plan.block ? 44 : 60, 5);
  const far = deepenColour(base, 0.35);
  drawPiece(scene, 'M104 150C130 132 190 132 206 150L206 164C186 148 130 148 104 166Z', far, {
    edge: 0.2,
    edgeWidth: 5,
  });
  if (plan.block)
    drawPiece(
      scene,
      'M98 262C100 300 102 340 100 372L164 372C164 340 172 318 190 308C160 284 130 272 98 262Z',
      deepenColour(base, 0.12),
      { edge: 0.35, edgeWidth: 10, shine: ['M122 300L122 356'] },
    );
  else
    drawPiece(
      scene,
      'M96 262C92 310 88 350 92 372L250 372C300 372 350 374 404 368L410 352C300 356 250 352 226 332C190 300 150 272 96 262Z',
      '#c9a36c',
      { edge: 0.3, edgeWidth: 12, light: 'down' },
    );
  if (!plan.block) {
    for (const y of [290, 308, 326, 344, 360])
      drawSeam(
        scene,
        `M94 ${y}C160 ${y + 6} 240 ${Math.max(y + 10, 356)} 404 ${Math.max(y + 6, 362)}`,
        '#a98250',
        1.6,
      );
  }
  drawPiece(
    scene,
    'M94 252C150 258 190 296 230 332C256 350 300 356 404 348C414 350 414 362 404 364C300 370 250 366 222 346C184 310 150 274 96 266Z',
    FOOTBED,
    { light: 'down', edge: 0.3, edgeWidth: 6 },
  );
  const toe = plan.cross
    ? [
        'M262 354C270 318 320 286 372 300C384 306 392 318 394 330C350 318 310 330 296 358Z',
        'M310 358C316 330 316 306 300 292C316 284 336 286 346 296C366 316 380 334 386 352Z',
      ]
    : ['M288 358C292 312 326 290 350 292C374 298 388 324 392 352C370 346 320 348 288 358Z'];
  for (const strap of toe) {
    drawShade(scene, strap, 0.25, 5);
    drawPiece(
      scene,
      strap,
      { ...fabric, scale: 0.6 },
      { light: 'down', edge: 0.35, edgeWidth: 10, shine: ['M322 304C346 300 362 312 372 326'] },
    );
  }
  drawPiece(scene, 'M96 256C88 220 90 176 98 148L118 148C112 186 116 226 140 268Z', base, {
    edge: 0.35,
    edgeWidth: 8,
  });
  drawPiece(
    scene,
    'M97 150C130 176 190 178 208 150C212 156 212 168 208 172C190 196 128 194 97 170Z',
    { ...fabric, scale: 0.6 },
    { edge: 0.35, edgeWidth: 7 },
  );
  drawStitch(scene, 'M102 158C132 180 186 181 204 158', base);
  scene.trim.push(
    '<rect x="146" y="168" width="22" height="22" rx="4" fill="none" stroke="#8a6a2f" stroke-width="5"/><rect x="146" y="168" width="22" height="22" rx="4" fill="none" stroke="#e2c27c" stroke-width="3"/><path d="M150 179H170" stroke="#c9a356" stroke-width="2.4"/>',
  );
  return finishScene(scene, 'stand');
}

function drawFlat({ fabric, accent, seed }: Brief, loafer: boolean): string {
  const scene = createScene(seed, 0.15, 1.14);
  const base = fabric.base;
  drawGround(scene, 242, 322, 172);
  drawPiece(
    scene,
    loafer
      ? 'M88 232C130 214 200 214 262 226L250 250C190 260 120 254 94 244Z'
      : 'M90 240C130 226 250 232 316 256L290 280C230 296 140 284 100 256Z',
    FOOTBED,
    { edge: 0.5 },
  );
  const upper = loafer
    ? 'M84 300C76 276 80 248 88 232C94 224 104 230 112 236C150 254 200 252 232 228C244 218 262 214 274 220C316 236 396 250 408 300Z'
    : 'M84 306C78 282 82 256 90 240C96 234 104 238 112 246C150 276 220 282 270 262C286 254 300 252 316 256C350 264 402 278 408 306Z';
  drawPiece(
    scene,
    upper,
    { ...fabric, scale: 0.6 },
    {
      light: 'down',
      edge: 0.42,
      foldWidth: 8,
      shine: [
        loafer ? 'M300 246C340 254 372 264 388 282' : 'M320 268C350 274 380 284 394 296',
        'M100 248C104 262 106 274 106 286',
      ],
    },
  );
  if (loafer) {
    drawSeam(scene, 'M300 231C330 246 372 256 392 292', base, 2);
    drawStitch(scene, 'M298 236C328 250 368 261 387 294', base);
    const strap =
      'M222 235C230 226 246 217 262 217C276 219 288 224 298 229C286 250 276 276 272 304L204 304C212 280 220 258 222 235Z';
    drawShade(scene, strap, 0.25, 5);
    drawPiece(scene, strap, deepenColour(base, 0.14), { light: 'down', edge: 0.3, edgeWidth: 7 });
    if (seed % 2 === 0)
      scene.trim.push(
        '<path d="M222 264C236 254 256 252 274 258" fill="none" stroke="#7d5f27" stroke-width="8" stroke-linecap="round"/><path d="M222 264C236 254 256 252 274 258" fill="none" stroke="#dfbf78" stroke-width="5" stroke-linecap="round"/><circle cx="222" cy="265" r="6" fill="none" stroke="#c8a55c" stroke-width="3"/><circle cx="274" cy="259" r="6" fill="none" stroke="#c8a55c" stroke-width="3"/>',
      );
    else
      drawPiece(
        scene,
        'M232 262C244 256 258 254 270 256L266 270C254 268 242 270 230 274Z',
        deepenColour(base, 0.5),
        { light: 'none', edge: 0.2, edgeWidth: 3 },
      );
  } else {
    scene.cloth.push(
      `<path d="M90 240C96 234 104 238 112 246C150 276 220 282 270 262C286 254 300 252 316 256" fill="none" stroke="${deepenColour(base, 0.3)}" stroke-width="5"/>`,
    );
    const bow = lightenColour(accent, 0.1);
    for (const d of [
      'M306 258C290 240 276 244 276 256C278 268 294 268 306 258Z',
      'M306 258C322 244 336 250 334 262C330 272 316 270 306 258Z',
      'M302 254L310 254L310 264L302 264Z',
    ])
      drawPiece(scene, d, seed % 2 ? base : bow, { edge: 0.3, edgeWidth: 5, layer: 'trim' });
  }
  const sole = deepenColour(base, 0.62);
  drawPiece(
    scene,
    'M80 298C78 304 78 312 84 314L180 314C184 318 190 318 198 318L398 318C412 316 414 306 408 298Z',
    sole,
    { layer: 'trim', light: 'down', edge: 0.1, edgeWidth: 4 },
  );
  drawPiece(scene, 'M82 312L170 312L166 324L84 324Z', deepenColour(sole, 0.3), {
    layer: 'trim',
    light: 'none',
    edge: 0,
  });
  return finishScene(scene, 'stand');
}

const heelBase = { genders: ['Women'], seasons: ALL_SEASONS, price: [79, 210] } as const;

const heels: Cut[] = [
  {
    ...heelBase,
    noun: 'Stiletto Pumps',
    materials: ['Patent Leather', 'Suede'],
    sayMaterial: true,
    patterns: ['solid'],
    draw: (b) => drawPump(b, 'stiletto'),
  },
  {
    ...heelBase,
    noun: 'Block-Heel Pumps',
    materials: ['Leather', 'Suede'],
    sayMaterial: true,
    patterns: ['solid', 'houndstooth', 'floral'],
    draw: (b) => drawPump(b, 'block'),
  },
  {
    ...heelBase,
    noun: 'Kitten Heels',
    materials: ['Satin', 'Leather'],
    patterns: ['solid', 'dots', 'gingham'],
    draw: (b) => drawPump(b, 'kitten'),
  },
  {
    ...heelBase,
    noun: 'Block-Heel Sandals',
    materials: ['Leather'],
    seasons: WARM,
    patterns: ['solid'],
    draw: (b) => drawSandal(b, { block: true, cross: b.seed % 2 === 0 }),
  },
  {
    ...heelBase,
    noun: 'Espadrille Wedges',
    materials: ['Canvas'],
    seasons: WARM,
    patterns: ['solid', 'stripe', 'dots'],
    draw: (b) => drawSandal(b, { block: false, cross: false }),
  },
];

const flatBase = { seasons: ALL_SEASONS, price: [69, 160] } as const;

const flats: Cut[] = [
  {
    ...flatBase,
    noun: 'Penny Loafers',
    genders: ['Men', 'Women'],
    materials: ['Leather', 'Suede'],
    sayMaterial: true,
    colours: ['Black', 'Chocolate', 'Cognac', 'Burgundy', 'Navy', 'Forest', 'Sand'],
    patterns: ['solid'],
    draw: (b) => drawFlat(b, true),
  },
  {
    ...flatBase,
    noun: 'Ballet Flats',
    genders: ['Women'],
    materials: ['Nappa Leather', 'Satin'],
    patterns: ['solid', 'gingham', 'dots'],
    draw: (b) => drawFlat(b, false),
  },
];

export const HEELS: Kind = { kind: 'Heels', category: 'Footwear', count: 19, cuts: heels };
export const FLATS: Kind = {
  kind: 'Flats & Loafers',
  category: 'Footwear',
  count: 12,
  cuts: flats,
};
