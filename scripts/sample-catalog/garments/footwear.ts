import type { Fabric } from '../patterns.ts';
import { deepenColour, lightenColour, measureLightness } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS } from '../kinds.ts';
import type { Scene } from '../scene.ts';
import {
  createScene,
  drawCord,
  drawGround,
  drawPiece,
  drawSeam,
  drawShade,
  drawStitch,
  finishScene,
} from '../scene.ts';

const WHITE_RUBBER = '#f2efe8';

function chooseLining(base: string): string {
  return measureLightness(base) > 0.5 ? deepenColour(base, 0.42) : deepenColour(base, 0.3);
}

function shrink(fabric: Fabric, scale = 0.7): Fabric {
  return { ...fabric, scale };
}

/** Laces across a stay, from the throat up to the tongue. */
function drawLaces(
  scene: Scene,
  from: [number, number],
  to: [number, number],
  reach: [number, number],
  count: number,
  hex: string,
): void {
  for (let i = 0; i < count; i += 1) {
    const at = i / (count - 1);
    const x = from[0] + (to[0] - from[0]) * at;
    const y = from[1] + (to[1] - from[1]) * at;
    drawShade(scene, `M${x} ${y + 4}L${x + reach[0]} ${y + reach[1] + 4}`, 0.3, 4, 'trim');
    drawCord(
      scene,
      `M${x} ${y}C${x + reach[0] * 0.3} ${y + reach[1] * 0.2 - 4} ${x + reach[0] * 0.7} ${y + reach[1] * 0.8 - 4} ${x + reach[0]} ${y + reach[1]}`,
      hex,
      6,
    );
    scene.trim.push(
      `<circle cx="${x}" cy="${y}" r="2.6" fill="${deepenColour(hex, 0.7)}" opacity=".7"/>`,
    );
  }
}

function drawBow(scene: Scene, x: number, y: number, hex: string): void {
  for (const d of [
    `M${x} ${y}C${x + 18} ${y - 20} ${x + 40} ${y - 14} ${x + 30} ${y}C${x + 24} ${y + 8} ${x + 10} ${y + 4} ${x} ${y}`,
    `M${x} ${y}C${x - 14} ${y + 6} ${x - 22} ${y + 26} ${x - 10} ${y + 28}C${x} ${y + 28} ${x + 4} ${y + 12} ${x} ${y}`,
    `M${x} ${y}C${x + 14} ${y + 12} ${x + 18} ${y + 24} ${x + 16} ${y + 36}`,
  ])
    drawCord(scene, d, hex, 4.5);
}

function drawLowTop(brief: Brief, plan: { runner?: boolean; slip?: boolean }): string {
  const { fabric, accent, seed } = brief;
  const scene = createScene(seed, 0.25, 1.12);
  const base = fabric.base;
  drawGround(scene, 242, 336, 176);
  const lining = chooseLining(base);
  drawPiece(
    scene,
    plan.slip
      ? 'M88 224C120 206 190 200 246 208L230 236C180 250 120 250 96 236Z'
      : 'M88 222C110 206 170 206 226 178L206 228C160 250 120 244 96 230Z',
    lining,
    { edge: 0.5 },
  );
  if (!plan.slip)
    drawPiece(
      scene,
      'M190 224C196 192 204 164 222 154C238 150 250 160 254 178L262 214L226 236Z',
      plan.runner ? accent : base,
      { edge: 0.35, edgeWidth: 10 },
    );
  const upper = plan.slip
    ? 'M82 304C76 280 78 248 86 226C92 214 102 216 110 226C134 244 190 244 226 222C238 212 252 206 264 212C306 228 396 240 406 304Z'
    : 'M82 304C76 280 78 246 86 220C90 206 104 204 112 214C128 238 158 242 186 222C200 212 208 196 216 184C222 178 232 180 238 188C262 218 296 236 334 248C374 258 402 272 406 304Z';
  drawPiece(scene, upper, shrink(fabric), {
    light: 'down',
    edge: 0.34,
    shine: ['M270 226C310 244 360 256 384 276'],
    foldWidth: 8,
  });
  if (plan.slip) {
    const gore =
      'M176 236C196 234 212 230 226 222L236 214C242 232 250 248 262 262C240 276 212 276 190 268C182 258 178 248 176 236Z';
    drawPiece(
      scene,
      gore,
      { ...fabric, base: deepenColour(base, 0.42), pattern: 'rib', scale: 0.5 },
      { edge: 0.2, edgeWidth: 5, turn: -24 },
    );
    drawSeam(scene, 'M264 214C262 252 270 284 290 304', base, 1.6);
    drawStitch(scene, 'M269 216C267 252 275 284 295 304', base);
  } else {
    const toe = plan.runner
      ? 'M322 304C326 276 344 262 366 258C392 266 404 280 406 304Z'
      : 'M330 304C328 282 336 262 348 251C382 260 402 274 406 304Z';
    drawPiece(scene, toe, plan.runner ? accent : base, {
      light: 'down',
      edge: 0.3,
      edgeWidth: 10,
      shine: ['M356 268C374 272 386 280 392 290'],
    });
    drawStitch(
      scene,
      plan.runner ? 'M327 303C331 279 347 266 366 263' : 'M335 303C333 284 340 267 351 257',
      base,
    );
    const heel = 'M82 304C77 280 79 246 86 220C90 206 102 204 110 212C118 240 122 274 118 304Z';
    drawPiece(scene, heel, plan.runner ? accent : deepenColour(base, 0.12), {
      edge: 0.34,
      edgeWidth: 10,
    });
    drawStitch(scene, 'M106 218C113 244 117 276 113 303', base);
    const side = plan.runner
      ? 'M130 304C150 286 176 262 190 232L212 222C214 256 230 288 262 304Z'
      : 'M166 304C172 276 178 250 190 226L206 212C224 246 240 280 246 304Z';
    drawPiece(scene, side, plan.runner ? accent : lightenColour(base, 0.1), {
      edge: 0.2,
      edgeWidth: 6,
      light: 'down',
    });
    drawStitch(
      scene,
      plan.runner
        ? 'M136 304C156 286 180 264 194 235M208 226C210 258 226 288 256 304'
        : 'M171 304C177 278 183 252 194 229M204 219C220 250 235 282 241 304',
      plan.runner ? accent : base,
    );
    const stay =
      'M192 222C202 210 210 196 218 184C226 178 234 182 240 190C264 218 296 236 332 247C326 256 318 262 308 264C270 256 232 242 206 226Z';
    drawPiece(scene, stay, base, { edge: 0.22, edgeWidth: 6 });
    drawStitch(scene, 'M200 221C236 240 272 252 306 259C314 257 320 254 324 250', base);
    drawLaces(
      scene,
      [292, 248],
      [214, 210],
      [12, -16],
      6,
      plan.runner ? WHITE_RUBBER : lightenColour(accent, 0.75),
    );
    drawBow(scene, 228, 186, plan.runner ? WHITE_RUBBER : lightenColour(accent, 0.75));
  }
  const sole = plan.runner
    ? 'M66 292C58 310 62 334 82 338L392 338C416 336 426 318 414 298C392 306 360 298 330 296C270 292 220 306 170 300C130 296 96 284 66 292Z'
    : 'M74 300C70 314 72 332 86 336L394 336C412 334 416 316 411 300C380 305 330 306 280 306L130 306C108 306 92 303 74 300Z';
  drawPiece(scene, sole, WHITE_RUBBER, { light: 'down', edge: 0.22, edgeWidth: 8, layer: 'trim' });
  drawSeam(
    scene,
    plan.runner ? 'M66 320C140 306 200 326 280 318C340 312 390 316 418 314' : 'M76 316L412 316',
    WHITE_RUBBER,
    1.2,
    'trim',
  );
  drawPiece(
    scene,
    plan.runner
      ? 'M70 330C76 340 84 342 92 342L388 342C400 341 410 336 414 330C300 336 180 334 70 330Z'
      : 'M80 331C84 338 90 339 96 339L388 339C398 339 404 336 408 331Z',
    plan.runner ? accent : deepenColour('#d8cdb8', 0.1),
    { light: 'none', edge: 0.2, edgeWidth: 4, layer: 'trim' },
  );
  return finishScene(scene, 'stand');
}

function drawHighTop({ fabric, accent, seed }: Brief): string {
  const scene = createScene(seed, 0.4, 1.08);
  const base = fabric.base;
  drawGround(scene, 240, 366, 172);
  drawPiece(scene, 'M92 142C120 130 170 128 214 136L206 160L100 160Z', chooseLining(base), {
    edge: 0.4,
  });
  drawPiece(
    scene,
    'M178 150C180 128 190 112 206 108C222 108 232 120 234 140C240 200 262 236 292 256L250 270C210 240 184 200 178 150Z',
    lightenColour(base, 0.12),
    { edge: 0.4, edgeWidth: 10 },
  );
  drawPiece(
    scene,
    'M86 336C78 290 82 200 90 146C92 138 100 138 108 142C134 150 170 150 194 142C202 140 208 144 210 154C214 202 232 240 276 262C330 268 390 280 404 336Z',
    shrink(fabric, 0.8),
    { edge: 0.4, folds: ['M110 250C140 262 176 258 206 236'] },
  );
  drawPiece(
    scene,
    'M86 336C80 296 81 240 86 190L112 190C110 240 112 290 118 336Z',
    deepenColour(base, 0.12),
    { edge: 0.25, edgeWidth: 8 },
  );
  drawStitch(scene, 'M107 190C105 240 107 290 113 335', base);
  drawPiece(
    scene,
    'M172 148C184 146 198 140 206 146C210 200 234 242 282 264C278 274 268 280 256 280C204 254 176 206 172 148Z',
    fabric.pattern === 'solid' ? base : deepenColour(base, 0.05),
    { edge: 0.25, edgeWidth: 7 },
  );
  drawStitch(scene, 'M177 150C182 206 208 250 258 275', base);
  const lace = lightenColour(accent, 0.8);
  for (let i = 0; i < 7; i += 1) {
    const x = 184 + i * 3.4 + i * i * 1.5;
    const y = 160 + i * 17.5 - i * i * 0.2;
    drawShade(scene, `M${x} ${y + 4}L${x + 30} ${y - 3}`, 0.3, 4, 'trim');
    drawCord(scene, `M${x} ${y}C${x + 10} ${y - 7} ${x + 22} ${y - 9} ${x + 32} ${y - 7}`, lace, 6);
    scene.trim.push(
      `<circle cx="${x}" cy="${y}" r="3" fill="#cfc9bf" stroke="#6b655d" stroke-width=".8"/>`,
    );
  }
  drawBow(scene, 206, 146, lace);
  drawPiece(scene, 'M318 340C316 306 326 286 344 276C384 280 408 306 408 340Z', WHITE_RUBBER, {
    light: 'down',
    edge: 0.28,
    edgeWidth: 10,
    layer: 'trim',
    shine: ['M352 290C376 296 388 306 394 320'],
  });
  drawPiece(scene, 'M76 332C73 346 74 360 86 364L396 364C412 362 416 346 411 332Z', WHITE_RUBBER, {
    light: 'down',
    edge: 0.2,
    edgeWidth: 7,
    layer: 'trim',
  });
  scene.trim.push(`<path d="M76 340H412" stroke="${accent}" stroke-width="3" opacity=".9"/>`);
  drawPiece(scene, 'M80 359C84 367 90 368 96 368L390 368C400 368 406 365 410 359Z', '#c2ad8c', {
    light: 'none',
    edge: 0.2,
    edgeWidth: 4,
    layer: 'trim',
  });
  return finishScene(scene, 'stand');
}

function drawBoot(
  brief: Brief,
  plan: { shaft: 'chelsea' | 'lace' | 'tall'; heel: number },
): string {
  const { fabric, seed } = brief;
  const scene = createScene(seed, 0.3, plan.shaft === 'tall' ? 1 : 1.1);
  const base = fabric.base;
  const top = plan.shaft === 'tall' ? 44 : plan.shaft === 'lace' ? 104 : 118;
  const ground = plan.shaft === 'tall' ? 432 : 384;
  const seat = ground - plan.heel - 8;
  const y = ground - 384;
  drawGround(scene, 250, ground + 1, 160);
  const sole = plan.shaft === 'lace' ? '#3a332e' : deepenColour(base, 0.62);
  drawPiece(
    scene,
    `M118 ${top + 4}C150 ${top - 8} 196 ${top - 8} 226 ${top + 3}L216 ${top + 16}L126 ${top + 16}Z`,
    chooseLining(base),
    { edge: 0.4 },
  );
  if (plan.shaft === 'lace')
    drawPiece(
      scene,
      `M200 ${top + 16}C204 ${top - 12} 214 ${top - 22} 228 ${top - 18}C238 ${top - 12} 236 ${top + 10} 234 ${top + 60}L216 ${top + 120}Z`,
      deepenColour(base, 0.15),
      { edge: 0.4, edgeWidth: 10 },
    );
  const front = plan.shaft === 'tall' ? 224 : 228;
  const upper = `M118 ${top + 3}C150 ${top + 12} 196 ${top + 12} ${front} ${top + 2}C${front + 2} ${top + 90} ${front + 2} ${y + 230} 252 ${y + 268}C290 ${y + 292} 372 ${y + 286} 398 ${y + 336}C404 ${y + 350} 404 ${y + 362} 400 ${y + 370}L286 ${y + 372}C230 ${y + 372} 204 ${seat + 4} 172 ${seat}L104 ${seat}C98 ${seat - 26} 104 ${y + 270} 112 ${y + 240}C120 ${y + 200} 112 ${top + 80} 118 ${top + 3}Z`;
  drawPiece(scene, upper, shrink(fabric), {
    edge: 0.5,
    edgeWidth: 18,
    foldWidth: 8,
    folds: [
      `M232 ${y + 232}C212 ${y + 250} 180 ${y + 258} 150 ${y + 254}`,
      `M246 ${y + 262}C224 ${y + 280} 196 ${y + 286} 170 ${y + 282}`,
    ],
    shine: [
      `M152 ${top + 30}C150 ${top + 70} 150 ${y + 190} 150 ${y + 214}`,
      `M296 ${y + 300}C330 ${y + 304} 360 ${y + 312} 376 ${y + 330}`,
    ],
  });
  drawSeam(scene, `M104 ${seat - 40}C124 ${seat - 52} 150 ${seat - 40} 168 ${seat}`, base, 1.3);
  if (plan.shaft === 'chelsea') {
    drawPiece(
      scene,
      `M146 ${top + 10}C160 ${top + 12} 186 ${top + 12} 200 ${top + 9}C202 ${top + 50} 196 ${top + 90} 180 ${top + 116}C160 ${top + 96} 148 ${top + 60} 146 ${top + 10}Z`,
      { ...fabric, base: deepenColour(base, 0.5), pattern: 'rib', scale: 0.7 },
      { edge: 0.3, edgeWidth: 6 },
    );
    drawStitch(
      scene,
      `M141 ${top + 10}C143 ${top + 62} 156 ${top + 102} 180 ${top + 124}C202 ${top + 96} 207 ${top + 52} 205 ${top + 9}`,
      base,
    );
    drawPiece(
      scene,
      `M120 ${top + 26}L120 ${top - 14}C122 ${top - 20} 132 ${top - 20} 134 ${top - 14}L134 ${top + 26}L129 ${top + 26}L129 ${top - 10}L125 ${top - 10}L125 ${top + 26}Z`,
      deepenColour(base, 0.35),
      { light: 'none', edge: 0.2, edgeWidth: 3 },
    );
  } else if (plan.shaft === 'lace') {
    drawPiece(
      scene,
      `M188 ${top + 9}C204 ${top + 10} 218 ${top + 6} ${front + 1} ${top + 2}C${front + 3} ${top + 80} ${front + 4} ${y + 230} 258 ${y + 272}C252 ${y + 284} 238 ${y + 288} 226 ${y + 284}C196 ${y + 240} 190 ${top + 90} 188 ${top + 9}Z`,
      base,
      { edge: 0.24, edgeWidth: 7 },
    );
    drawStitch(scene, `M193 ${top + 10}C195 ${top + 92} 202 ${y + 238} 230 ${y + 278}`, base);
    for (let i = 0; i < 7; i += 1) {
      const x = 203 + i * i * 0.75;
      const ly = top + 22 + i * 22;
      drawCord(
        scene,
        `M${x} ${ly}C${x + 10} ${ly - 8} ${x + 24} ${ly - 8} ${x + 33} ${ly - 4}`,
        '#d9b676',
        5,
      );
      scene.trim.push(
        `<circle cx="${x}" cy="${ly}" r="3.4" fill="#b99a5f" stroke="#54452a" stroke-width="1"/>`,
      );
    }
    drawBow(scene, 232, top + 14, '#d9b676');
    drawPiece(
      scene,
      `M116 ${top + 4}C140 ${top + 12} 166 ${top + 12} 190 ${top + 10}L190 ${top + 30}C166 ${top + 34} 140 ${top + 34} 115 ${top + 28}Z`,
      deepenColour(base, 0.4),
      { edge: 0.3, edgeWidth: 7 },
    );
    drawStitch(scene, `M326 ${y + 372}C322 ${y + 340} 330 ${y + 312} 348 ${y + 300}`, base);
  } else {
    drawSeam(scene, `M120 ${top + 22}C150 ${top + 32} 196 ${top + 32} 225 ${top + 20}`, base, 1.4);
    drawSeam(scene, `M168 ${top + 14}C166 ${y + 120} 168 ${y + 220} 178 ${seat - 34}`, base, 1.2);
  }
  const heelWidth = plan.heel > 40 ? 56 : 74;
  drawPiece(
    scene,
    `M100 ${seat}L${104 + heelWidth} ${seat}C${100 + heelWidth} ${seat + 12} ${98 + heelWidth} ${ground - 16} ${98 + heelWidth} ${ground}L104 ${ground}C104 ${ground - 16} 100 ${seat + 12} 100 ${seat}Z`,
    sole,
    { layer: 'trim', edge: 0.2, edgeWidth: 6 },
  );
  drawPiece(
    scene,
    `M98 ${seat - 3}L174 ${seat - 3}C206 ${seat + 1} 232 ${y + 368} 286 ${y + 368}L402 ${y + 366}C410 ${y + 370} 408 ${y + 384} 398 ${y + 384}L284 ${y + 384}C226 ${y + 382} 204 ${seat + 10} 172 ${seat + 7}L98 ${seat + 7}Z`,
    sole,
    { layer: 'trim', light: 'down', edge: 0.2, edgeWidth: 5 },
  );
  if (plan.shaft === 'lace')
    drawStitch(
      scene,
      `M102 ${seat - 1}L174 ${seat - 1}C206 ${seat + 3} 232 ${y + 371} 286 ${y + 371}L400 ${y + 369}`,
      sole,
      '#d9b676',
      'trim',
    );
  return finishScene(scene, 'stand');
}

const sneakerBase = {
  genders: ['Men', 'Women', 'Unisex'],
  seasons: ALL_SEASONS,
  price: [65, 150],
} as const;

const sneakers: Cut[] = [
  {
    ...sneakerBase,
    noun: 'Court Sneakers',
    materials: ['Leather'],
    patterns: ['solid'],
    sayMaterial: true,
    draw: (b) => drawLowTop(b, {}),
  },
  {
    ...sneakerBase,
    noun: 'Running Shoes',
    materials: ['Recycled Mesh'],
    patterns: ['marl', 'solid', 'woven'],
    draw: (b) => drawLowTop(b, { runner: true }),
  },
  {
    ...sneakerBase,
    noun: 'High-Top Sneakers',
    materials: ['Canvas'],
    sayMaterial: true,
    patterns: ['solid', 'plaid', 'denim', 'solid'],
    draw: drawHighTop,
  },
  {
    ...sneakerBase,
    noun: 'Slip-On Sneakers',
    materials: ['Canvas'],
    patterns: ['solid', 'gingham', 'breton', 'floral'],
    draw: (b) => drawLowTop(b, { slip: true }),
  },
];

const HIDES = [
  'Black',
  'Chocolate',
  'Cognac',
  'Camel',
  'Sand',
  'Burgundy',
  'Navy',
  'Olive',
  'Forest',
] as const;
const bootBase = {
  genders: ['Men', 'Women'],
  seasons: ['Fall', 'Winter'],
  price: [110, 260],
} as const;

const boots: Cut[] = [
  {
    ...bootBase,
    noun: 'Chelsea Boots',
    materials: ['Leather', 'Suede'],
    sayMaterial: true,
    colours: HIDES,
    patterns: ['solid'],
    draw: (b) => drawBoot(b, { shaft: 'chelsea', heel: 22 }),
  },
  {
    ...bootBase,
    noun: 'Lace-Up Boots',
    materials: ['Leather', 'Nubuck'],
    sayMaterial: true,
    colours: HIDES,
    patterns: ['solid'],
    draw: (b) => drawBoot(b, { shaft: 'lace', heel: 24 }),
  },
  {
    ...bootBase,
    noun: 'Heeled Ankle Boots',
    genders: ['Women'],
    materials: ['Leather', 'Suede'],
    colours: ['Black', 'Ivory', 'Burgundy', 'Cognac', 'Grey', 'Forest', 'Poppy'],
    patterns: ['solid'],
    draw: (b) => drawBoot(b, { shaft: 'chelsea', heel: 52 }),
  },
  {
    ...bootBase,
    noun: 'Knee-High Boots',
    genders: ['Women'],
    materials: ['Leather', 'Suede'],
    sayMaterial: true,
    colours: HIDES,
    patterns: ['solid'],
    draw: (b) => drawBoot(b, { shaft: 'tall', heel: 44 }),
  },
];

export const SNEAKERS: Kind = { kind: 'Sneakers', category: 'Footwear', count: 20, cuts: sneakers };
export const BOOTS: Kind = { kind: 'Boots', category: 'Footwear', count: 16, cuts: boots };
