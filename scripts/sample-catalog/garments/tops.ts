import { closeSymmetric, placeBoth, placeRight, drawBox } from '../path.ts';
import { deepenColour, lightenColour } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, WARM } from '../kinds.ts';
import {
  createScene,
  cutPlain,
  drawButton,
  drawPiece,
  drawSeam,
  drawShade,
  drawStitch,
  finishScene,
} from '../scene.ts';
import type { Scene } from '../scene.ts';
import type { Fabric } from '../patterns.ts';
import type { Sleeve, Torso } from './torso.ts';
import {
  drawBody,
  drawCuffs,
  drawHems,
  drawInside,
  drawNeckband,
  drawSleeves,
  measureTorso,
  traceSleeve,
} from './torso.ts';

interface TeePlan {
  torso: Partial<Torso>;
  sleeve: Sleeve;
  ringer?: boolean;
  raglan?: boolean;
  pocket?: boolean;
  cuffs?: boolean;
}

function drawTee(brief: Brief, plan: TeePlan): string {
  const { fabric, accent, random, seed } = brief;
  const scene = createScene(seed, 0.8);
  const t = measureTorso({
    hemY: 394 + random.integer(-6, 8),
    hem: 106 + random.integer(-3, 4),
    ...plan.torso,
  });
  const trim = plan.ringer || plan.raglan ? accent : fabric.base;
  const sleeves: Fabric = plan.raglan ? cutPlain(accent) : fabric;
  drawInside(scene, t, fabric.base);
  drawSleeves(scene, t, sleeves, plan.sleeve);
  drawBody(scene, t, fabric);
  if (plan.raglan) {
    const [right, left] = placeBoth(
      `M${t.neck + 2} ${t.top}C${t.neck + 16} ${t.top + 6} ${t.shoulder - 18} ${t.top + 16} ${t.shoulder + 1} ${t.top + 24}C${t.shoulder - 4} ${t.top + 60} ${t.chest - 2} ${t.top + 94} ${t.chest + 1} ${t.top + 124}C${t.chest - 20} ${t.top + 80} ${t.neck + 24} ${t.top + 30} ${t.neck - 3} ${t.top + 10}Z`,
    );
    for (const side of [right, left]) drawPiece(scene, side, accent, { edge: 0.08, outline: 0.8 });
  }
  drawNeckband(scene, t, trim, plan.ringer ? 12 : 10);
  if (plan.ringer) {
    const [x1, y1, x2, y2] = traceSleeve(t, plan.sleeve).cuff;
    for (const side of placeBoth(
      `M${x1} ${y1}C${x1 - 14} ${y1 + 14} ${x2 + 16} ${y2 + 2} ${x2} ${y2}L${x2 - 1} ${y2 - 12}C${x2 + 14} ${y2 - 10} ${x1 - 18} ${y1 + 2} ${x1 - 7} ${y1 - 13}Z`,
    )) {
      drawPiece(scene, side, { ...cutPlain(accent), pattern: 'rib', scale: 0.5 }, { edgeWidth: 6 });
    }
    drawHems(scene, t, fabric.base, null);
  } else {
    drawHems(scene, t, fabric.base, plan.cuffs ? null : plan.sleeve);
  }
  if (plan.cuffs) drawCuffs(scene, t, trim, 0, 16);
  if (plan.pocket) drawPocket(scene, 26, t.top + 92, 40, 46, fabric);
  return finishScene(scene);
}

/** Draws a patch pocket with a pointed foot on the wearer's left. */
export function drawPocket(
  scene: Scene,
  x: number,
  y: number,
  w: number,
  h: number,
  fabric: Fabric,
): void {
  const d = placeRight(
    `M${x} ${y}L${x + w} ${y}L${x + w} ${y + h - 8}L${x + w / 2} ${y + h}L${x} ${y + h - 8}Z`,
  );
  drawShade(scene, d, 0.16, 4);
  drawPiece(scene, d, fabric, { edge: 0.12, edgeWidth: 5, light: 'none', at: [240, 80] });
  drawStitch(scene, placeRight(`M${x + 1} ${y + 7}L${x + w - 1} ${y + 7}`), fabric.base);
  drawStitch(
    scene,
    placeRight(
      `M${x + 2.5} ${y}L${x + 2.5} ${y + h - 9}L${x + w / 2} ${y + h - 3}L${x + w - 2.5} ${y + h - 9}L${x + w - 2.5} ${y}`,
    ),
    fabric.base,
  );
}

/** Draws a turned-down collar of two leaves around the neck. */
export function drawCollar(scene: Scene, t: Torso, fabric: Fabric, length = 40, spread = 10): void {
  const y = t.top + t.neckDrop;
  const n = t.neck;
  const band = closeSymmetric(
    `M0 ${t.top - 9}C${n * 0.5} ${t.top - 10} ${n * 0.8} ${t.top - 9} ${n - 4} ${t.top - 6}L${n + 1} ${t.top + 10}C${n * 0.7} ${t.top + 16} ${n * 0.3} ${t.top + 18} 0 ${t.top + 18}`,
  );
  drawPiece(
    scene,
    band,
    { ...fabric, base: deepenColour(fabric.base, 0.2), pattern: 'solid' },
    { light: 'down', edge: 0.3 },
  );
  const leaf = `M${n - 6} ${t.top - 9}C${n + 4} ${t.top - 6} ${n + 12} ${t.top + 2} ${n + 14} ${t.top + 10}C${n + 12} ${t.top + 22} ${n + spread - 2} ${y - 8} ${spread + 14} ${y + length - 8}C${spread + 6} ${y + 8} ${spread - 6} ${y + 2} 0 ${y + 2}C${n * 0.5} ${y - 8} ${n * 0.8} ${t.top + 14} ${n - 6} ${t.top - 9}Z`;
  const [right, left] = placeBoth(leaf);
  for (const [side, turn] of [
    [right, 32],
    [left, -32],
  ] as const) {
    drawShade(scene, side, 0.3, 6);
    drawPiece(scene, side, fabric, { edge: 0.18, edgeWidth: 7, turn, at: [240, t.top] });
  }
  for (const side of placeBoth(
    `M${n + 10} ${t.top + 12}C${n + 7} ${t.top + 24} ${n + spread - 8} ${y - 8} ${spread + 12} ${y + length - 14}C${spread + 4} ${y + 11} ${spread - 4} ${y + 6} 4 ${y + 5}`,
  )) {
    drawStitch(scene, side, fabric.base);
  }
}

function drawPolo(
  brief: Brief,
  plan: { sleeve: Sleeve; tipped?: boolean; knit?: boolean },
): string {
  const { fabric, accent, random, seed } = brief;
  const scene = createScene(seed, 0.8);
  const t = measureTorso({ neck: 37, neckDrop: 28, hemY: 396 + random.integer(-6, 6) });
  const collar =
    fabric.pattern === 'breton' || fabric.pattern === 'wide stripe' || plan.tipped
      ? accent
      : fabric.base;
  drawInside(scene, t, fabric.base);
  drawSleeves(scene, t, fabric, plan.sleeve);
  drawBody(scene, t, fabric);
  const y = t.top + t.neckDrop;
  const placket = drawBox(231, y, 20, 84, 2);
  drawShade(scene, placket, 0.22, 4);
  drawPiece(scene, placket, plan.tipped ? fabric.base : collar, { edge: 0.15, edgeWidth: 4 });
  drawStitch(scene, `M233.5 ${y + 6}L233.5 ${y + 82}L248.5 ${y + 82}L248.5 ${y + 6}`, collar);
  drawCollar(scene, t, cutPlain(collar), 34, 9);
  if (plan.tipped) {
    for (const side of placeBoth(
      `M${t.neck + 12} ${t.top + 14}C${t.neck + 9} ${t.top + 24} ${t.neck + 4} ${y - 4} 21 ${y + 22}C13 ${y + 10} 6 ${y + 6} 2 ${y + 5}`,
    )) {
      scene.cloth.push(
        `<path d="${side}" fill="none" stroke="${fabric.base}" stroke-width="2.4"/>`,
      );
    }
  }
  const [x1, y1, x2, y2] = traceSleeve(t, plan.sleeve).cuff;
  if (plan.sleeve === 'long') drawCuffs(scene, t, collar, 0, 18);
  else {
    for (const side of placeBoth(
      `M${x1} ${y1}C${x1 - 14} ${y1 + 14} ${x2 + 16} ${y2 + 2} ${x2} ${y2}L${x2 - 2} ${y2 - 13}C${x2 + 14} ${y2 - 11} ${x1 - 18} ${y1} ${x1 - 7} ${y1 - 14}Z`,
    )) {
      drawPiece(
        scene,
        side,
        { ...cutPlain(collar), pattern: 'rib', scale: 0.45 },
        { edgeWidth: 6 },
      );
    }
  }
  drawHems(scene, t, fabric.base, null);
  for (const side of placeBoth(`M${t.hem} ${t.hemY - 8}L${t.hem - 1} ${t.hemY - 34}`))
    drawSeam(scene, side, fabric.base);
  const button = lightenColour(collar, 0.7);
  for (const dy of [22, 46, 70]) drawButton(scene, 241, y + dy, 3.6, button);
  return finishScene(scene);
}

const teeBase = {
  materials: ['Cotton', 'Organic Cotton', 'Linen Blend'],
  genders: ['Men', 'Women', 'Unisex'],
  seasons: WARM,
  price: [19, 45],
} as const;

const tees: Cut[] = [
  {
    ...teeBase,
    noun: 'Crew-Neck Tee',
    patterns: ['solid', 'breton', 'marl', 'solid', 'wide stripe'],
    draw: (b) => drawTee(b, { torso: {}, sleeve: 'short' }),
  },
  {
    ...teeBase,
    noun: 'Pocket Tee',
    patterns: ['solid', 'marl', 'breton', 'colour-block'],
    draw: (b) => drawTee(b, { torso: { neck: 40 }, sleeve: 'short', pocket: true }),
  },
  {
    ...teeBase,
    noun: 'V-Neck Tee',
    patterns: ['solid', 'solid', 'marl'],
    draw: (b) => drawTee(b, { torso: { vee: true, neckDrop: 66, waist: 97 }, sleeve: 'short' }),
  },
  {
    ...teeBase,
    noun: 'Long-Sleeve Tee',
    patterns: ['breton', 'solid', 'wide stripe', 'breton'],
    seasons: ALL_SEASONS,
    draw: (b) =>
      drawTee(b, {
        torso: {
          shoulder: 104,
          chest: 100,
          neck: 47,
          neckDrop: 27,
          waist: 97,
          hem: 101,
          hemY: 386,
          top: 76,
        },
        sleeve: 'long',
        cuffs: true,
      }),
  },
  {
    ...teeBase,
    noun: 'Ringer Tee',
    patterns: ['solid'],
    draw: (b) => drawTee(b, { torso: {}, sleeve: 'short', ringer: true }),
  },
  {
    ...teeBase,
    noun: 'Raglan Tee',
    patterns: ['solid', 'marl'],
    seasons: ALL_SEASONS,
    draw: (b) => drawTee(b, { torso: {}, sleeve: 'elbow', raglan: true }),
  },
  {
    ...teeBase,
    noun: 'Boxy Cropped Tee',
    genders: ['Women'],
    patterns: ['solid', 'floral', 'breton', 'dots', 'ombre'],
    draw: (b) =>
      drawTee(b, {
        torso: { shoulder: 118, chest: 112, waist: 112, hem: 114, hemY: 344, neck: 47, top: 96 },
        sleeve: 'elbow',
      }),
  },
];

const poloBase = {
  materials: ['Cotton Piqué', 'Mercerised Cotton'],
  genders: ['Men', 'Women'],
  seasons: WARM,
  price: [39, 79],
} as const;

const polos: Cut[] = [
  {
    ...poloBase,
    noun: 'Piqué Polo',
    patterns: ['solid'],
    draw: (b) => drawPolo(b, { sleeve: 'short' }),
  },
  {
    ...poloBase,
    noun: 'Jersey Polo',
    patterns: ['breton', 'wide stripe'],
    draw: (b) => drawPolo(b, { sleeve: 'short' }),
  },
  {
    ...poloBase,
    noun: 'Contrast-Collar Polo',
    patterns: ['solid', 'colour-block'],
    draw: (b) => drawPolo(b, { sleeve: 'short', tipped: true }),
  },
  {
    ...poloBase,
    noun: 'Long-Sleeve Polo',
    patterns: ['solid', 'breton'],
    seasons: ALL_SEASONS,
    draw: (b) => drawPolo(b, { sleeve: 'long' }),
  },
];

export const TEES: Kind = { kind: 'T-Shirts', category: 'Tops', count: 24, cuts: tees };
export const POLOS: Kind = { kind: 'Polo Shirts', category: 'Tops', count: 17, cuts: polos };
