import { closeSymmetric, drawEllipse, joinSymmetric, placeBoth } from '../path.ts';
import { deepenColour } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, COLD, WARM } from '../kinds.ts';
import {
  createScene,
  cutPlain,
  drawGround,
  drawPiece,
  drawSeam,
  drawShade,
  drawStitch,
  finishScene,
} from '../scene.ts';

function drawCap({ fabric, accent, seed }: Brief): string {
  const scene = createScene(seed, 0.4, 1.1);
  const base = fabric.base;
  const peak = seed % 2 === 0 && fabric.pattern === 'solid' ? accent : base;
  drawGround(scene, 236, 326, 160);
  const crown = 'M92 300C84 220 116 142 206 136C290 134 336 196 336 286C270 262 180 274 92 300Z';
  drawPiece(
    scene,
    crown,
    { ...fabric, scale: 0.8 },
    { edge: 0.44, shine: ['M150 180C170 160 196 154 216 154'], foldWidth: 14 },
  );
  for (const d of [
    'M206 136C192 180 176 230 170 280',
    'M206 136C250 160 280 210 286 270',
    'M206 136C160 150 122 200 112 293',
  ]) {
    drawSeam(scene, d, base, 1.3);
    drawStitch(scene, d, base);
  }
  for (const [x, y] of [
    [150, 196],
    [226, 190],
    [288, 206],
  ] as const)
    scene.trim.push(
      `<circle cx="${x}" cy="${y}" r="4" fill="none" stroke="${deepenColour(base, 0.4)}" stroke-width="2.2"/>`,
    );
  drawPiece(scene, drawEllipse(206, 136, 9, 5), deepenColour(peak, 0.1), {
    edge: 0.3,
    edgeWidth: 4,
  });
  const visor =
    'M168 280C230 264 300 264 336 284C384 292 424 308 428 320C428 330 410 330 380 326C320 316 240 310 190 322C172 318 164 296 168 280Z';
  drawShade(scene, 'M170 282C230 266 300 266 336 286', 0.3, 8);
  drawPiece(scene, visor, fabric.pattern === 'solid' ? peak : { ...fabric, scale: 0.8 }, {
    light: 'down',
    edge: 0.36,
    edgeWidth: 12,
    shine: ['M250 286C310 282 370 298 400 314'],
  });
  for (const d of [
    'M186 312C244 302 330 306 412 326',
    'M180 302C244 290 340 294 416 318',
    'M176 292C244 278 340 282 404 308',
  ])
    drawStitch(scene, d, peak);
  return finishScene(scene, 'stand');
}

function drawBeanie({ fabric, accent, seed }: Brief, bobble: boolean): string {
  const scene = createScene(seed, 0.5, 1.12);
  const base = fabric.base;
  if (bobble) {
    let fur = '';
    for (let i = 0; i < 60; i += 1) {
      const angle = (i / 60) * Math.PI * 2;
      const r = 38 + ((i * 7) % 5) * 1.8;
      fur += `${i === 0 ? 'M' : 'L'}${(240 + Math.cos(angle) * r).toFixed(1)} ${(100 + Math.sin(angle) * r).toFixed(1)}`;
    }
    drawPiece(
      scene,
      `${fur}Z`,
      { ...cutPlain(accent), pattern: 'marl', seed: 5, scale: 0.8 },
      { edge: 0.5, edgeWidth: 18, light: 'down' },
    );
  }
  drawPiece(scene, closeSymmetric('M0 118C70 118 116 168 124 300L0 316'), fabric, {
    edge: 0.46,
    edgeWidth: 20,
    at: [240, 120],
    folds: placeBoth('M44 132C62 170 74 220 78 290'),
  });
  const cuff = closeSymmetric(
    'M0 288C60 288 106 282 126 274C132 290 132 334 126 348C106 360 60 366 0 366',
  );
  drawShade(scene, joinSymmetric('M126 272C106 280 60 286 0 286'), 0.32, 7);
  drawPiece(
    scene,
    cuff,
    {
      ...cutPlain(fabric.pattern === 'fair isle' || fabric.pattern === 'breton' ? accent : base),
      pattern: 'rib',
      scale: 1.3,
    },
    { edge: 0.4 },
  );
  return finishScene(scene);
}

function drawBrimmed(
  { fabric, accent, seed }: Brief,
  plan: { crown: 'fedora' | 'sun' | 'bucket' },
): string {
  const scene = createScene(
    seed,
    plan.crown === 'bucket' ? 0.6 : 0.25,
    plan.crown === 'bucket' ? 1.16 : 1.06,
  );
  const base = fabric.base;
  const { crown } = plan;
  if (crown === 'bucket') {
    drawPiece(
      scene,
      closeSymmetric('M0 330C80 332 140 346 160 330L150 318C100 300 40 300 0 300'),
      deepenColour(base, 0.4),
      { light: 'none', edge: 0.3 },
    );
    drawPiece(
      scene,
      closeSymmetric('M0 150C50 150 82 156 92 170C98 200 104 236 108 262C80 272 40 276 0 276'),
      { ...fabric, scale: 0.9 },
      { edge: 0.38, at: [240, 150] },
    );
    drawSeam(scene, joinSymmetric('M90 172C60 182 30 184 0 184'), base, 1.3);
    drawStitch(scene, joinSymmetric('M91 176C60 187 30 189 0 189'), base);
    const brim = closeSymmetric(
      'M0 268C46 268 86 264 107 256C128 280 152 306 164 330C120 352 60 358 0 358',
    );
    drawShade(scene, joinSymmetric('M107 256C86 266 46 270 0 270'), 0.3, 7);
    drawPiece(
      scene,
      brim,
      { ...fabric, scale: 0.9 },
      {
        edge: 0.36,
        light: 'down',
        folds: placeBoth('M84 270C96 296 104 316 110 340'),
        at: [240, 260],
      },
    );
    for (const [w, y] of [
      [118, 284],
      [130, 302],
      [143, 320],
      [156, 336],
    ] as const)
      drawStitch(
        scene,
        joinSymmetric(`M${w - 4} ${y - 8}C${w * 0.7} ${y + 6} ${w * 0.4} ${y + 10} 0 ${y + 10}`),
        base,
      );
    return finishScene(scene);
  }
  const wide = crown === 'sun' ? 196 : 176;
  drawGround(scene, 240, 330, wide * 0.9, 9);
  drawPiece(scene, drawEllipse(240, 300, wide, crown === 'sun' ? 44 : 34), fabric, {
    light: 'across',
    edge: 0.4,
    edgeWidth: 14,
    at: [240, 300],
  });
  drawShade(scene, joinSymmetric('M106 306C90 324 50 330 0 330'), 0.4, 12);
  const shape =
    crown === 'sun'
      ? 'M0 154C60 154 94 186 98 250L100 300C80 314 40 318 0 318'
      : 'M0 166C14 160 30 142 54 144C82 148 88 200 96 260L100 300C80 314 40 318 0 318';
  drawPiece(scene, closeSymmetric(shape), fabric, {
    edge: 0.46,
    edgeWidth: 18,
    at: [240, 160],
    folds:
      crown === 'fedora'
        ? ['M240 170C236 196 238 214 244 230', ...placeBoth('M66 176C60 200 56 214 58 230')]
        : [],
  });
  const band = closeSymmetric('M0 282C44 282 80 278 97 268L100 300C80 314 40 318 0 318');
  drawPiece(
    scene,
    band,
    { ...cutPlain(accent), pattern: 'rib', scale: 0.4 },
    { edge: 0.3, edgeWidth: 8, turn: 90 },
  );
  if (crown === 'fedora')
    drawPiece(scene, 'M152 276L168 282L172 308L150 302L146 290Z', deepenColour(accent, 0.12), {
      edge: 0.3,
      edgeWidth: 5,
    });
  else {
    drawPiece(scene, 'M320 288C344 300 352 330 366 352L350 354C336 334 326 312 314 300Z', accent, {
      edge: 0.3,
      edgeWidth: 6,
    });
    drawPiece(
      scene,
      'M316 292C330 300 330 330 334 350L320 346C314 330 308 314 308 300Z',
      deepenColour(accent, 0.08),
      { edge: 0.3, edgeWidth: 6 },
    );
  }
  drawSeam(
    scene,
    `M${240 - wide + 8} 302C${240 - wide + 30} ${crown === 'sun' ? 346 : 336} ${240 + wide - 30} ${crown === 'sun' ? 346 : 336} ${240 + wide - 8} 302`,
    base,
    1.2,
  );
  return finishScene(scene, 'stand');
}

const hatBase = { genders: ['Unisex'], price: [25, 75] } as const;

const hats: Cut[] = [
  {
    ...hatBase,
    noun: 'Baseball Cap',
    materials: ['Cotton Twill'],
    seasons: ALL_SEASONS,
    patterns: ['solid', 'solid', 'corduroy', 'denim', 'plaid'],
    draw: drawCap,
  },
  {
    ...hatBase,
    noun: 'Ribbed Beanie',
    materials: ['Merino Wool'],
    seasons: COLD,
    patterns: ['rib', 'breton'],
    draw: (b) => drawBeanie(b, false),
  },
  {
    ...hatBase,
    noun: 'Bobble Hat',
    materials: ['Lambswool'],
    seasons: COLD,
    patterns: ['fair isle', 'cable', 'knit'],
    draw: (b) => drawBeanie(b, true),
  },
  {
    ...hatBase,
    noun: 'Fedora',
    materials: ['Wool Felt'],
    price: [59, 120],
    seasons: ALL_SEASONS,
    colours: ['Camel', 'Charcoal', 'Burgundy', 'Sand', 'Black', 'Forest', 'Grey'],
    patterns: ['solid'],
    draw: (b) => drawBrimmed(b, { crown: 'fedora' }),
  },
  {
    ...hatBase,
    noun: 'Straw Sun Hat',
    materials: ['Straw'],
    genders: ['Women'],
    seasons: WARM,
    colours: ['Sand', 'Ivory', 'Camel', 'Blush'],
    patterns: ['woven'],
    draw: (b) => drawBrimmed({ ...b, fabric: { ...b.fabric, scale: 0.7 } }, { crown: 'sun' }),
  },
  {
    ...hatBase,
    noun: 'Bucket Hat',
    materials: ['Cotton Canvas'],
    seasons: WARM,
    patterns: ['solid', 'gingham', 'leaf', 'denim'],
    draw: (b) => drawBrimmed(b, { crown: 'bucket' }),
  },
];

export const HATS: Kind = { kind: 'Hats & Caps', category: 'Accessories', count: 22, cuts: hats };
