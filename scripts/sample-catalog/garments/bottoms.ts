import {
  closeSymmetric,
  drawBox,
  joinSymmetric,
  placeBoth,
  placeLeft,
  placeRight,
} from '../path.ts';
import { deepenColour, lightenColour } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, COLD, WARM } from '../kinds.ts';
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
} from '../scene.ts';
import type { Fabric } from '../patterns.ts';
import { hangFolds, traceSkirt } from './dresses.ts';

function drawWaistband(
  scene: Scene,
  waist: number,
  y: number,
  height: number,
  fabric: Fabric,
): void {
  const inside = closeSymmetric(
    `M0 ${y - 4}C${waist * 0.5} ${y - 4} ${waist * 0.9} ${y - 3} ${waist - 2} ${y}L${waist - 2} ${y + 6}C${waist * 0.6} ${y + 12} 20 ${y + 12} 0 ${y + 12}`,
  );
  drawPiece(scene, inside, deepenColour(fabric.base, 0.4), { light: 'none' });
  const band = closeSymmetric(
    `M0 ${y + 7}C${waist * 0.5} ${y + 7} ${waist * 0.85} ${y + 4} ${waist} ${y}L${waist + 3} ${y + height - 6}C${waist * 0.85} ${y + height} ${waist * 0.5} ${y + height + 3} 0 ${y + height + 3}`,
  );
  drawShade(
    scene,
    joinSymmetric(
      `M${waist + 2} ${y + height - 2}C${waist * 0.85} ${y + height + 4} ${waist * 0.5} ${y + height + 6} 0 ${y + height + 6}`,
    ),
    0.22,
    4,
  );
  drawPiece(scene, band, fabric, { edge: 0.2, edgeWidth: 6 });
}

interface SkirtPlan {
  waist: number;
  hip: number;
  hem: number;
  hemY: number;
  waves: number;
  top: number;
  pleats?: number;
  buttons?: boolean;
  slit?: boolean;
}

function drawSkirt(brief: Brief, plan: SkirtPlan): string {
  const { fabric, random, seed } = brief;
  const scene = createScene(seed, 0.7);
  const hemY = plan.hemY + random.integer(-10, 8);
  const { waist, hem, top } = plan;
  if (plan.waves > 0)
    drawPiece(
      scene,
      closeSymmetric(
        `M0 ${hemY - 24}L${hem - 8} ${hemY - 22}C${hem * 0.6} ${hemY - 10} ${hem * 0.3} ${hemY - 8} 0 ${hemY - 7}`,
      ),
      deepenColour(fabric.base, 0.5),
      { light: 'none' },
    );
  const folds = plan.pleats
    ? []
    : hangFolds(waist, top + 20, hem, hemY, plan.waves > 0 ? plan.waves * 2 : 3);
  drawPiece(
    scene,
    closeSymmetric(traceSkirt(waist, top + 16, plan.hip, hem, hemY, plan.waves)),
    fabric,
    { folds, foldWidth: 9, at: [240, top] },
  );
  for (let i = 1; i < (plan.pleats ?? 0); i += 1) {
    const at = (i / (plan.pleats ?? 1)) * 2 - 1;
    const line = `M${240 + at * waist} ${top + 20}C${240 + at * plan.hip} ${top + 90} ${240 + at * (hem - 6)} ${hemY - 80} ${240 + at * hem} ${hemY - 6 + (1 - at * at) * 4}`;
    drawShade(scene, line, 0.3, 7);
    drawSeam(scene, line, fabric.base, 1.2);
  }
  if (plan.buttons) {
    drawSeam(scene, `M252 ${top + 20}L252 ${hemY - 2}`, fabric.base, 1.3);
    drawShade(scene, `M255 ${top + 30}L255 ${hemY - 6}`, 0.2, 5);
    for (const side of placeBoth(
      `M34 ${top + 66}L84 ${top + 58}L88 ${top + 108}C70 ${top + 116} 50 ${top + 118} 38 ${top + 116}Z`,
    )) {
      drawShade(scene, side, 0.2, 4);
      drawPiece(scene, side, fabric, { light: 'none', edge: 0.12, edgeWidth: 5 });
    }
    for (let y = top + 40; y < hemY - 20; y += 38) drawButton(scene, 240, y, 5.4, '#b98b55');
  }
  if (plan.slit) {
    drawShade(scene, `M${240 + 42} ${hemY - 90}L${240 + 46} ${hemY - 4}`, 0.4, 8);
    drawSeam(scene, `M282 ${hemY - 96}L288 ${hemY - 4}`, fabric.base, 1.8);
  }
  drawWaistband(scene, waist, top, 24, fabric);
  if (plan.waves === 0) {
    for (const up of [16, 19])
      drawStitch(
        scene,
        joinSymmetric(
          `M${hem - 2} ${hemY - up - 8}C${hem * 0.6} ${hemY - up + 4} ${hem * 0.3} ${hemY - up + 6} 0 ${hemY - up + 6}`,
        ),
        fabric.base,
      );
  }
  return finishScene(scene);
}

interface TrouserPlan {
  knee: number;
  ankle: number;
  hemY: number;
  top?: number;
  jeans?: boolean;
  crease?: boolean;
  drawstring?: boolean;
  turnUp?: boolean;
  spread?: number;
}

function drawTrousers(brief: Brief, plan: TrouserPlan): string {
  const { fabric, random, seed } = brief;
  const scene = createScene(seed, 0.8, plan.hemY < 330 ? 1.5 : 1.04);
  const top = plan.top ?? 36;
  const hemY = plan.hemY + random.integer(-6, 4);
  const waist = 66;
  const spread = plan.spread ?? 12;
  const crotch = top + 128;
  const long = hemY > 335;
  const kneeY = long ? top + 240 : hemY - 20;
  const middle = 44 + spread;
  const thread = plan.jeans ? '#d39a4c' : undefined;
  const leg = `M0 ${top + 18}C${waist * 0.5} ${top + 18} ${waist * 0.9} ${top + 16} ${waist + 3} ${top + 14}C${waist + 14} ${top + 50} ${waist + 24} ${top + 80} ${waist + 26} ${crotch - 20}${long ? `C${waist + 26} ${crotch + 30} ${middle + plan.knee + 6} ${kneeY - 40} ${middle + plan.knee} ${kneeY}C${middle + plan.knee} ${kneeY + 40} ${middle + plan.ankle + 2} ${hemY - 60} ${middle + plan.ankle + 4} ${hemY - 3}` : `C${waist + 28} ${crotch} ${middle + plan.ankle + 3} ${hemY - 40} ${middle + plan.ankle + 4} ${hemY - 3}`}C${middle + plan.ankle * 0.4} ${hemY + 3} ${middle - plan.ankle * 0.4} ${hemY + 4} ${middle - plan.ankle + 4} ${hemY}${long ? `C${middle - plan.ankle} ${hemY - 60} ${middle - plan.knee} ${kneeY + 40} ${middle - plan.knee - 2} ${kneeY}C${middle - plan.knee - 6} ${kneeY - 30} 6 ${crotch + 30} 0 ${crotch}Z` : `L0 ${crotch}Z`}`;
  const folds = [
    `M8 ${crotch - 2}C30 ${crotch + 8} 52 ${crotch + 8} 70 ${crotch - 4}`,
    `M6 ${crotch + 12}C22 ${crotch + 26} 40 ${crotch + 30} 56 ${crotch + 26}`,
  ];
  if (long)
    folds.push(
      `M${middle - plan.knee + 4} ${kneeY - 6}C${middle - 6} ${kneeY + 8} ${middle + 8} ${kneeY + 6} ${middle + plan.knee * 0.5} ${kneeY - 6}`,
      `M${middle - plan.ankle + 8} ${hemY - 34}C${middle} ${hemY - 24} ${middle + 6} ${hemY - 26} ${middle + plan.ankle - 4} ${hemY - 36}`,
    );
  for (const place of [placeLeft, placeRight]) {
    drawPiece(scene, place(leg), fabric, {
      folds: folds.map(place),
      edge: 0.44,
      turn: place === placeRight ? -3 : 3,
      at: [240, top],
    });
    if (plan.crease) {
      const line = place(
        `M${waist * 0.55} ${top + 40}C${middle} ${crotch} ${middle} ${kneeY} ${middle + 2} ${hemY - 2}`,
      );
      drawShade(scene, line, 0.26, 5);
      drawSeam(scene, line, fabric.base, 0.9);
    }
    drawSeam(
      scene,
      place(
        `M${waist - 22} ${top + 20}C${waist - 16} ${top + 46} ${waist - 2} ${top + 58} ${waist + 17} ${top + 62}`,
      ),
      fabric.base,
      1.5,
    );
    drawStitch(
      scene,
      place(
        `M${waist - 26} ${top + 22}C${waist - 20} ${top + 50} ${waist - 4} ${top + 62} ${waist + 17} ${top + 67}`,
      ),
      fabric.base,
      thread,
    );
    if (plan.jeans)
      drawStitch(
        scene,
        place(
          `M${waist + 20} ${top + 80}C${waist + 22} ${crotch + 30} ${middle + plan.knee} ${kneeY - 40} ${middle + plan.knee - 5} ${kneeY}C${middle + plan.knee - 5} ${kneeY + 40} ${middle + plan.ankle - 3} ${hemY - 60} ${middle + plan.ankle - 1} ${hemY - 8}`,
        ),
        fabric.base,
        thread,
      );
    if (plan.turnUp) {
      const cuff = place(
        `M${middle + plan.ankle + 5} ${hemY - 22}C${middle} ${hemY - 14} ${middle} ${hemY - 14} ${middle - plan.ankle + 2} ${hemY - 19}L${middle - plan.ankle + 3} ${hemY + 2}C${middle} ${hemY + 7} ${middle} ${hemY + 7} ${middle + plan.ankle + 6} ${hemY}Z`,
      );
      drawPiece(
        scene,
        cuff,
        plan.jeans ? { ...fabric, base: lightenColour(fabric.base, 0.4) } : fabric,
        { edgeWidth: 6 },
      );
    } else {
      drawStitch(
        scene,
        place(
          `M${middle + plan.ankle + 3} ${hemY - 10}C${middle} ${hemY - 3} ${middle} ${hemY - 3} ${middle - plan.ankle + 3} ${hemY - 8}`,
        ),
        fabric.base,
        thread,
      );
    }
  }
  drawSeam(scene, `M240 ${top + 18}L240 ${crotch + 2}`, fabric.base, 1.5);
  if (!plan.drawstring) {
    drawStitch(
      scene,
      `M262 ${top + 24}L262 ${top + 82}C262 ${top + 98} 252 ${top + 106} 241 ${top + 110}`,
      fabric.base,
      thread,
    );
  }
  drawWaistband(
    scene,
    waist,
    top - 4,
    22,
    plan.drawstring ? { ...cutPlain(fabric.base), pattern: 'rib', scale: 0.9 } : fabric,
  );
  if (plan.drawstring) {
    for (const side of placeBoth(`M5 ${top + 12}C10 ${top + 30} 6 ${top + 46} 12 ${top + 66}`))
      scene.trim.push(
        `<path d="${side}" fill="none" stroke="${deepenColour(fabric.base, 0.5)}" stroke-width="5" stroke-linecap="round"/><path d="${side}" fill="none" stroke="${lightenColour(fabric.base, 0.7)}" stroke-width="3.6" stroke-linecap="round"/>`,
      );
  } else {
    for (const x of [-46, -22, 22, 46])
      drawPiece(
        scene,
        drawBox(240 + x - 3, top - 4 + (22 - Math.abs(x)) * 0.08 + 5, 6, 24, 1.5),
        fabric,
        { light: 'none', edge: 0.2, edgeWidth: 3 },
      );
    drawButton(scene, 240, top + 13, 4.6, plan.jeans ? '#b98b55' : deepenColour(fabric.base, 0.3));
  }
  return finishScene(scene);
}

const skirtBase = { genders: ['Women'], seasons: ALL_SEASONS, price: [45, 130] } as const;

const skirts: Cut[] = [
  {
    ...skirtBase,
    noun: 'Pleated Midi Skirt',
    materials: ['Crêpe', 'Satin'],
    patterns: ['solid', 'ombre', 'plaid'],
    draw: (b) =>
      drawSkirt(b, { waist: 58, hip: 88, hem: 136, hemY: 416, waves: 0, top: 60, pleats: 11 }),
  },
  {
    ...skirtBase,
    noun: 'Circle Skirt',
    materials: ['Cotton Sateen'],
    seasons: WARM,
    patterns: ['floral', 'dots', 'gingham', 'leaf'],
    draw: (b) => drawSkirt(b, { waist: 58, hip: 104, hem: 172, hemY: 378, waves: 4, top: 92 }),
  },
  {
    ...skirtBase,
    noun: 'Pencil Skirt',
    materials: ['Wool Crêpe', 'Ponte'],
    patterns: ['houndstooth', 'solid', 'pinstripe', 'windowpane'],
    draw: (b) =>
      drawSkirt(b, { waist: 64, hip: 92, hem: 78, hemY: 404, waves: 0, top: 70, slit: true }),
  },
  {
    ...skirtBase,
    noun: 'Button-Front Mini Skirt',
    materials: ['Cotton Denim', 'Corduroy'],
    colours: ['Indigo', 'Sky', 'Camel', 'Rust', 'Forest', 'Ivory', 'Burgundy'],
    patterns: ['denim', 'corduroy'],
    draw: (b) =>
      drawSkirt(b, { waist: 84, hip: 114, hem: 136, hemY: 372, waves: 0, top: 104, buttons: true }),
  },
];

const legs = { genders: ['Men', 'Women'], seasons: ALL_SEASONS, price: [49, 140] } as const;
const DENIMS = ['Indigo', 'Navy', 'Sky', 'Black', 'Ivory', 'Grey'] as const;

const trousers: Cut[] = [
  {
    ...legs,
    noun: 'Straight-Leg Jeans',
    materials: ['Cotton Denim'],
    colours: DENIMS,
    patterns: ['denim'],
    draw: (b) =>
      drawTrousers(b, { knee: 36, ankle: 33, hemY: 442, jeans: true, turnUp: b.seed % 3 === 0 }),
  },
  {
    ...legs,
    noun: 'Slim Chinos',
    materials: ['Cotton Twill'],
    patterns: ['solid'],
    colours: ['Sand', 'Navy', 'Olive', 'Camel', 'Rust', 'Sage', 'Burgundy'],
    draw: (b) => drawTrousers(b, { knee: 32, ankle: 25, hemY: 440 }),
  },
  {
    ...legs,
    noun: 'Wide-Leg Trousers',
    genders: ['Women'],
    materials: ['Linen', 'Viscose Twill'],
    patterns: ['solid', 'pinstripe', 'floral', 'windowpane'],
    draw: (b) => drawTrousers(b, { knee: 45, ankle: 52, hemY: 442, crease: true, spread: 18 }),
  },
  {
    ...legs,
    noun: 'Wool Trousers',
    materials: ['Wool'],
    seasons: COLD,
    patterns: ['solid', 'houndstooth', 'pinstripe', 'plaid'],
    colours: ['Charcoal', 'Camel', 'Navy', 'Forest', 'Grey', 'Chocolate'],
    draw: (b) => drawTrousers(b, { knee: 38, ankle: 34, hemY: 440, crease: true, turnUp: true }),
  },
  {
    ...legs,
    noun: 'Drawstring Joggers',
    genders: ['Men', 'Women', 'Unisex'],
    materials: ['Loopback Cotton'],
    patterns: ['solid', 'marl'],
    draw: (b) => drawTrousers(b, { knee: 40, ankle: 24, hemY: 430, drawstring: true }),
  },
];

const shorts: Cut[] = [
  {
    ...legs,
    noun: 'Chino Shorts',
    materials: ['Cotton Twill'],
    seasons: WARM,
    price: [35, 65],
    patterns: ['solid', 'gingham', 'stripe'],
    draw: (b) =>
      drawTrousers(b, { knee: 47, ankle: 44, hemY: 326, top: 154, spread: 12, turnUp: true }),
  },
  {
    ...legs,
    noun: 'Drawstring Swim Shorts',
    genders: ['Men'],
    materials: ['Recycled Nylon'],
    seasons: WARM,
    price: [35, 60],
    patterns: ['leaf', 'solid', 'wide stripe', 'floral'],
    draw: (b) =>
      drawTrousers(b, { knee: 48, ankle: 47, hemY: 318, top: 158, spread: 13, drawstring: true }),
  },
];

export const SKIRTS: Kind = {
  kind: 'Skirts',
  category: 'Dresses & Skirts',
  count: 17,
  cuts: skirts,
};
export const TROUSERS: Kind = { kind: 'Trousers', category: 'Bottoms', count: 20, cuts: trousers };
export const SHORTS: Kind = { kind: 'Shorts', category: 'Bottoms', count: 11, cuts: shorts };
