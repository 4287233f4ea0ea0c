import {
  closeSymmetric,
  drawBox,
  joinSymmetric,
  placeBoth,
  placeLeft,
  placeRight,
} from '../path.ts';
import { deepenColour, mixColours } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, COLD } from '../kinds.ts';
import type { Scene } from '../scene.ts';
import {
  createScene,
  cutPlain,
  drawButton,
  drawPiece,
  drawSeam,
  drawShade,
  drawStitch,
  finishScene,
  nameDef,
} from '../scene.ts';
import type { Torso } from './torso.ts';
import {
  drawBody,
  drawCuffs,
  drawInside,
  drawSleeves,
  measureTorso,
  traceSleeve,
} from './torso.ts';
import { drawCollar } from './tops.ts';

function drawZip(scene: Scene, y1: number, y2: number, base: string): void {
  drawShade(scene, `M244 ${y1}L244 ${y2}`, 0.3, 5);
  scene.trim.push(
    `<path d="M240 ${y1}V${y2}" stroke="${deepenColour(base, 0.6)}" stroke-width="6"/><path d="M240 ${y1}V${y2}" stroke="#cfcac0" stroke-width="3" stroke-dasharray="1.7 1.3"/><rect x="237" y="${y1 + 6}" width="6" height="20" rx="2.4" fill="#dcd7cc" stroke="#6d6962" stroke-width=".8"/>`,
  );
}

function drawBomber({ fabric, accent, seed }: Brief): string {
  const scene = createScene(seed, 1.1);
  const t = measureTorso({
    neck: 38,
    neckDrop: 18,
    hemY: 366,
    hem: 100,
    shoulder: 116,
    chest: 110,
    waist: 110,
  });
  const rib = {
    ...cutPlain(mixColours(fabric.base, deepenColour(fabric.base, 0.5), 0.6)),
    pattern: 'rib' as const,
    scale: 0.9,
  };
  drawInside(scene, t, accent);
  drawSleeves(scene, t, fabric, 'long', 8);
  drawBody(scene, t, fabric);
  drawCuffs(scene, t, rib.base, 8, 26);
  drawPiece(scene, closeSymmetric(`M0 362C50 362 80 360 101 356L94 392C60 398 30 399 0 399`), rib, {
    edgeWidth: 8,
  });
  drawPiece(scene, closeSymmetric(`M0 90C24 90 34 82 36 72L50 82C48 104 28 114 0 114`), rib, {
    edgeWidth: 7,
  });
  for (const side of placeBoth('M46 268L72 318L82 314L56 262Z')) {
    drawShade(scene, side, 0.2, 4);
    drawPiece(scene, side, fabric, { edge: 0.2, edgeWidth: 4 });
  }
  drawZip(scene, 96, 396, fabric.base);
  return finishScene(scene);
}

function drawTrucker({ fabric, seed }: Brief): string {
  const scene = createScene(seed, 1);
  const t = measureTorso({ neck: 36, neckDrop: 26, hemY: 376, hem: 102, waist: 102, hemDip: 4 });
  drawInside(scene, t, fabric.base);
  drawSleeves(scene, t, fabric, 'long', 6);
  drawBody(scene, t, fabric);
  drawCuffs(scene, t, fabric.base, 6, 20, false);
  const base = fabric.base;
  drawPiece(
    scene,
    closeSymmetric('M0 366C50 366 80 364 103 360L102 388C70 392 40 393 0 393'),
    fabric,
    { edgeWidth: 7 },
  );
  for (const side of placeBoth('M14 166C50 166 80 164 98 160')) {
    drawSeam(scene, side, base, 1.6);
    drawStitch(scene, side.replace(/166/g, '169'), base, '#d39a4c');
  }
  for (const side of placeBoth('M34 168L26 362M82 166L60 362')) {
    drawSeam(scene, side, base, 1.2);
  }
  for (const side of placeBoth('M37 168L29 362M79 166L57 362M14 371L100 366M14 388L100 384'))
    drawStitch(scene, side, base, '#d39a4c');
  for (const side of placeBoth('M34 166L84 164L84 186L59 198L34 188Z')) {
    drawShade(scene, side, 0.25, 4);
    drawPiece(scene, side, fabric, { light: 'none', edge: 0.15, edgeWidth: 5 });
  }
  drawPiece(scene, drawBox(229, 106, 22, 286, 1), fabric, {
    light: 'none',
    edge: 0.15,
    edgeWidth: 5,
  });
  drawStitch(scene, 'M232 118L232 388M248 118L248 388', base, '#d39a4c');
  drawCollar(scene, t, fabric, 44, 22);
  for (let y = 132; y < 390; y += 50) drawButton(scene, 240, y, 4.6, '#b98b55');
  for (const x of [181, 299]) drawButton(scene, x, 190, 4, '#b98b55');
  return finishScene(scene);
}

function drawLapels(scene: Scene, t: Torso, brief: Brief, breakY: number, width: number): void {
  const { fabric } = brief;
  for (const place of [placeLeft, placeRight]) {
    const lapel = place(
      `M${t.neck - 2} ${t.top - 6}C${t.neck + 10} ${t.top} ${t.neck + 14} ${t.top + 10} ${t.neck + 14} ${t.top + 18}L${t.neck + width} ${t.top + 50}L${t.neck + width - 10} ${t.top + 68}C${t.neck + 10} ${breakY - 60} 24 ${breakY - 20} 0 ${breakY}C14 ${breakY - 70} 34 ${t.top + 40} ${t.neck - 2} ${t.top - 6}Z`,
    );
    drawShade(scene, lapel, 0.3, 6);
    drawPiece(scene, lapel, fabric, {
      edge: 0.16,
      edgeWidth: 7,
      turn: place === placeRight ? 14 : -14,
    });
    drawSeam(
      scene,
      place(`M${t.neck - 12} ${t.top + 50}L${t.neck + width - 12} ${t.top + 44}`),
      fabric.base,
      1.2,
    );
  }
}

function drawTailored(
  brief: Brief,
  plan: { coat: boolean; belt: boolean; double: boolean },
): string {
  const { fabric, accent, seed } = brief;
  const scene = createScene(seed, 0.6);
  const t = measureTorso({
    neck: 36,
    top: plan.coat ? 44 : 62,
    neckDrop: plan.coat ? 88 : 138,
    vee: true,
    shoulder: 104,
    chest: plan.coat ? 92 : 96,
    waist: plan.coat ? 84 : 88,
    hem: plan.coat ? 104 : 98,
    hemY: plan.coat ? 444 : 402,
    hemDip: 4,
  });
  const breakY = t.top + t.neckDrop;
  drawInside(scene, t, accent, 2);
  drawSleeves(scene, t, fabric, 'long', 2);
  drawBody(scene, t, fabric);
  const edge = plan.double ? 26 : 0;
  drawSeam(
    scene,
    `M${240 - edge} ${breakY}C${238 - edge} ${breakY + 60} ${240 - edge} ${t.hemY - 50} ${plan.coat ? 240 - edge : 232} ${t.hemY - 2}`,
    fabric.base,
    1.8,
  );
  drawShade(scene, `M${237 - edge} ${breakY + 8}L${237 - edge} ${t.hemY - 8}`, 0.22, 5);
  const collarBack = closeSymmetric(
    `M0 ${t.top - 14}C20 ${t.top - 14} 30 ${t.top - 12} ${t.neck} ${t.top - 6}L${t.neck + 4} ${t.top + 10}C26 ${t.top + 6} 12 ${t.top + 6} 0 ${t.top + 6}`,
  );
  drawPiece(
    scene,
    collarBack,
    { ...fabric, base: deepenColour(fabric.base, 0.12) },
    { edge: 0.25, edgeWidth: 6 },
  );
  drawLapels(scene, t, brief, breakY + (plan.double ? 14 : 0), plan.double ? 38 : 32);
  const pocketY = plan.coat ? t.top + 236 : t.top + 208;
  for (const side of placeBoth(
    `M34 ${pocketY}L80 ${pocketY - 4}L80 ${pocketY + 14}L34 ${pocketY + 18}Z`,
  )) {
    drawShade(scene, side, 0.22, 4);
    drawPiece(scene, side, fabric, { light: 'none', edge: 0.15, edgeWidth: 4 });
  }
  if (!plan.coat)
    drawSeam(scene, placeRight(`M42 ${t.top + 112}L76 ${t.top + 106}`), fabric.base, 2.4);
  const horn = deepenColour(mixColours(fabric.base, '#5b3d28', 0.6), 0.15);
  const rows = plan.coat ? [8, 62, plan.belt ? 150 : 116] : [14, 56];
  for (const dy of rows) {
    drawButton(scene, 240 + (plan.double ? 18 : 0), breakY + dy + 8, 5.6, horn);
    if (plan.double) drawButton(scene, 208, breakY + dy + 8, 5.6, horn);
  }
  if (plan.belt) {
    const y = t.top + 186;
    const belt = closeSymmetric(
      `M0 ${y}C40 ${y} 70 ${y - 2} ${t.waist + 1} ${y - 6}L${t.waist + 1} ${y + 14}C70 ${y + 18} 40 ${y + 20} 0 ${y + 20}`,
    );
    drawShade(
      scene,
      joinSymmetric(`M${t.waist} ${y + 18}C60 ${y + 22} 30 ${y + 24} 0 ${y + 24}`),
      0.3,
      6,
    );
    drawPiece(scene, belt, fabric, { edge: 0.2, edgeWidth: 6 });
    drawPiece(scene, `M256 ${y + 16}L272 ${y + 14}L284 ${y + 84}L266 ${y + 90}Z`, fabric, {
      edge: 0.25,
      edgeWidth: 6,
    });
    scene.trim.push(
      `<rect x="224" y="${y - 4}" width="30" height="28" rx="4" fill="none" stroke="${horn}" stroke-width="5"/><path d="M240 ${y + 10}H256" stroke="${horn}" stroke-width="3"/>`,
    );
  }
  for (const side of placeBoth(
    `M${t.shoulder + 41} ${t.top + 288}L${t.shoulder + 70} ${t.top + 280}`,
  ))
    drawSeam(scene, side, fabric.base, 1.2);
  return finishScene(scene);
}

function drawPuffer({ fabric, accent, seed }: Brief): string {
  const scene = createScene(seed, 0.5);
  const t = measureTorso({
    neck: 40,
    neckDrop: 14,
    top: 92,
    hemY: 402,
    hem: 110,
    shoulder: 116,
    chest: 112,
    waist: 112,
  });
  drawInside(scene, t, accent);
  drawSleeves(scene, t, fabric, 'long', 14);
  drawBody(scene, t, fabric);
  const rows = [138, 176, 214, 252, 290, 328, 366];
  for (const y of rows) {
    const line = joinSymmetric(`M${t.chest - 1} ${y}C70 ${y + 7} 30 ${y + 5} 0 ${y + 5}`);
    drawShade(scene, line, 0.42, 9);
    drawSeam(scene, line, fabric.base, 1.4);
    scene.cloth.push(
      `<path d="${joinSymmetric(`M${t.chest - 14} ${y + 15}C70 ${y + 20} 30 ${y + 18} 0 ${y + 18}`)}" fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round" opacity=".17"/>`,
    );
  }
  // The channels of the sleeves are drawn across the arm and cut off at its edge.
  const arms = nameDef(scene);
  const [right, left] = placeBoth(traceSleeve(t, 'long', 14).outline);
  scene.defs.push(`<clipPath id="${arms}"><path d="${right}${left}"/></clipPath>`);
  const open = scene.cloth.length;
  for (let i = 0; i < 6; i += 1) {
    const y = 158 + i * 37;
    for (const line of placeBoth(
      `M${108 + i * 3} ${y + 16}C${134 + i * 6} ${y + 16} ${150 + i * 8} ${y + 8} ${190 + i * 4} ${y - 10}`,
    )) {
      drawShade(scene, line, 0.34, 7);
      drawSeam(scene, line, fabric.base, 1.3);
    }
  }
  const quilting = scene.cloth.splice(open).join('');
  scene.cloth.splice(
    1 + scene.cloth.findIndex((part) => part.includes(left)),
    0,
    `<g clip-path="url(#${arms})">${quilting}</g>`,
  );
  const collar = closeSymmetric('M0 62C26 62 40 58 46 52C54 64 56 84 52 102C36 114 18 116 0 116');
  drawPiece(
    scene,
    closeSymmetric('M0 50C20 49 36 49 46 51L50 66C30 74 14 76 0 76'),
    deepenColour(accent, 0.2),
    { light: 'none', edge: 0.4, edgeWidth: 10 },
  );
  drawShade(scene, collar, 0.3, 6);
  drawPiece(scene, collar, fabric, {
    edge: 0.4,
    folds: [joinSymmetric('M50 82C30 92 14 92 0 92')],
  });
  drawZip(scene, 64, 396, fabric.base);
  return finishScene(scene);
}

const coatBase = { genders: ['Men', 'Women'], seasons: COLD, price: [120, 420] } as const;

const outerwear: Cut[] = [
  {
    ...coatBase,
    noun: 'Bomber Jacket',
    materials: ['Nylon', 'Cotton Twill'],
    genders: ['Men', 'Women', 'Unisex'],
    colours: ['Olive', 'Black', 'Navy', 'Burgundy', 'Sage', 'Camel', 'Teal'],
    patterns: ['solid', 'floral'],
    seasons: ALL_SEASONS,
    draw: drawBomber,
  },
  {
    ...coatBase,
    noun: 'Trucker Jacket',
    materials: ['Cotton Denim'],
    colours: ['Indigo', 'Navy', 'Sky', 'Ivory', 'Black', 'Camel'],
    patterns: ['denim', 'denim', 'corduroy'],
    seasons: ALL_SEASONS,
    draw: drawTrucker,
  },
  {
    ...coatBase,
    noun: 'Single-Breasted Blazer',
    materials: ['Wool', 'Linen Blend'],
    patterns: ['solid', 'windowpane', 'herringbone', 'pinstripe'],
    colours: ['Navy', 'Charcoal', 'Camel', 'Forest', 'Grey', 'Chocolate', 'Blush'],
    draw: (b) => drawTailored(b, { coat: false, belt: false, double: false }),
  },
  {
    ...coatBase,
    noun: 'Trench Coat',
    materials: ['Cotton Gabardine'],
    colours: ['Sand', 'Camel', 'Navy', 'Olive', 'Black'],
    patterns: ['solid'],
    seasons: ALL_SEASONS,
    draw: (b) => drawTailored(b, { coat: true, belt: true, double: true }),
  },
  {
    ...coatBase,
    noun: 'Wool Overcoat',
    materials: ['Wool'],
    colours: ['Camel', 'Charcoal', 'Burgundy', 'Forest', 'Grey', 'Plum', 'Teal'],
    patterns: ['solid', 'houndstooth', 'herringbone', 'plaid'],
    draw: (b) => drawTailored(b, { coat: true, belt: false, double: false }),
  },
  {
    ...coatBase,
    noun: 'Puffer Jacket',
    materials: ['Recycled Down'],
    colours: ['Mustard', 'Cobalt', 'Poppy', 'Black', 'Sage', 'Lilac', 'Terracotta'],
    patterns: ['solid'],
    draw: drawPuffer,
  },
];

export const OUTERWEAR: Kind = {
  kind: 'Jackets & Coats',
  category: 'Outerwear',
  count: 22,
  cuts: outerwear,
};
