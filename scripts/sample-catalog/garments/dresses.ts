import { closeSymmetric, drawBox, joinSymmetric, placeBoth } from '../path.ts';
import { deepenColour, lightenColour } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, WARM } from '../kinds.ts';
import type { Scene } from '../scene.ts';
import {
  createScene,
  drawButton,
  drawCord,
  drawPiece,
  drawSeam,
  drawShade,
  drawStitch,
  finishScene,
} from '../scene.ts';
import { drawInside, drawNeckband, drawSleeves, measureTorso, traceNeck } from './torso.ts';
import type { Sleeve } from './torso.ts';
import { drawCollar } from './tops.ts';

/** Lines that fall from a waist to a hem, spread as a skirt spreads. */
export function hangFolds(
  waist: number,
  waistY: number,
  hem: number,
  hemY: number,
  count: number,
): string[] {
  const folds: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = ((i + 0.5) / count) * 2 - 1;
    const top = waistY + (i % 2 === 0 ? 14 : 44);
    const x1 = 240 + at * waist * 0.9;
    const x2 = 240 + at * hem * 0.95;
    folds.push(
      `M${x1.toFixed(1)} ${top}C${(x1 + (x2 - x1) * 0.2).toFixed(1)} ${top + (hemY - top) * 0.4} ${(x2 - 3).toFixed(1)} ${hemY - 60} ${x2.toFixed(1)} ${hemY + 4}`,
    );
  }
  return folds;
}

/** Half the outline of a skirt with a hem that waves where its folds fall. */
export function traceSkirt(
  waist: number,
  waistY: number,
  hip: number,
  hem: number,
  hemY: number,
  waves: number,
): string {
  const hipY = waistY + Math.min(90, (hemY - waistY) * 0.4);
  let d = `M0 ${waistY + 3}C${waist * 0.5} ${waistY + 3} ${waist * 0.8} ${waistY + 2} ${waist} ${waistY}C${waist + 4} ${waistY + 22} ${hip} ${hipY - 26} ${hip} ${hipY}C${hip + (hem - hip) * 0.35} ${hipY + (hemY - hipY) * 0.4} ${hem - 4} ${hemY - 40} ${hem} ${hemY - 10}`;
  const step = hem / Math.max(1, waves);
  for (let i = 0; i < Math.max(1, waves); i += 1) {
    const x = hem - step * i;
    const dip = waves > 0 ? 9 : 6;
    d += `C${x - step * 0.25} ${hemY - 6 + dip} ${x - step * 0.7} ${hemY - 6 + dip} ${x - step} ${waves > 0 ? hemY - 4 : hemY}`;
  }
  return d;
}

interface DressPlan {
  bodice: 'strap' | 'tank' | 'wrap' | 'crew' | 'shirt' | 'vee';
  sleeve: Sleeve | null;
  waistY: number;
  waist: number;
  hip: number;
  hem: number;
  hemY: number;
  waves: number;
  tiers?: number;
  sash?: boolean;
}

function drawStraps(scene: Scene, base: string, top: number): void {
  for (const side of placeBoth(`M50 ${top + 66}C46 ${top + 34} 44 ${top + 14} 36 ${top - 14}`))
    drawCord(scene, side, base, 4, 'cloth');
}

function drawDress(brief: Brief, plan: DressPlan): string {
  const { fabric, accent, random, seed } = brief;
  const scene = createScene(seed, 0.8);
  const { waistY, waist, hem, waves } = plan;
  const hemY = plan.hemY + random.integer(-8, 4);
  const vee = plan.bodice === 'wrap' || plan.bodice === 'vee';
  const t = measureTorso({
    top: 40,
    neck: plan.bodice === 'tank' ? 34 : plan.bodice === 'shirt' ? 32 : 40,
    neckDrop:
      plan.bodice === 'wrap' ? 84 : plan.bodice === 'vee' ? 66 : plan.bodice === 'tank' ? 48 : 30,
    vee,
    shoulder: plan.bodice === 'tank' ? 62 : 82,
    chest: 76,
    hem: waist,
    hemY: waistY + 4,
  });
  const skirt = closeSymmetric(traceSkirt(waist, waistY, plan.hip, hem, hemY, waves));
  const arm = t.top + (plan.bodice === 'tank' ? 100 : 104);
  if (plan.bodice === 'strap') drawStraps(scene, fabric.base, t.top);
  else drawInside(scene, t, fabric.base);
  const inner = deepenColour(fabric.base, 0.45);
  drawPiece(
    scene,
    closeSymmetric(
      `M0 ${hemY - 22}L${hem - 8} ${hemY - 20}C${hem * 0.6} ${hemY - 10} ${hem * 0.3} ${hemY - 6} 0 ${hemY - 6}`,
    ),
    inner,
    { light: 'none' },
  );
  drawPiece(scene, skirt, fabric, {
    folds: hangFolds(waist, waistY, hem, hemY, waves > 0 ? waves * 2 : 3),
    foldWidth: waves > 0 ? 9 : 6,
    at: [240, waistY],
  });
  if (plan.sleeve)
    drawSleeves(scene, { ...t, top: t.top - 5, chest: 74, shoulder: 79 }, fabric, plan.sleeve);
  const bodice =
    plan.bodice === 'strap'
      ? `M0 ${t.top + 84}C18 ${t.top + 82} 34 ${t.top + 74} 50 ${t.top + 58}C60 ${t.top + 74} 68 ${t.top + 90} 73 ${t.top + 104}C72 ${waistY - 50} ${waist + 1} ${waistY - 20} ${waist} ${waistY + 3}C${waist * 0.6} ${waistY + 6} 20 ${waistY + 6} 0 ${waistY + 6}`
      : `${traceNeck(t)}C${t.neck + 12} ${t.top + 4} ${t.shoulder - 12} ${t.top + 12} ${t.shoulder} ${t.top + 18}C${t.shoulder - 8} ${t.top + 50} ${t.chest - 10} ${arm - 24} ${t.chest} ${arm}C${t.chest - 2} ${waistY - 50} ${waist + 1} ${waistY - 20} ${waist} ${waistY + 3}C${waist * 0.6} ${waistY + 6} 20 ${waistY + 6} 0 ${waistY + 6}`;
  drawPiece(scene, closeSymmetric(bodice), fabric, {
    folds: placeBoth(
      `M${t.chest - 8} ${arm + 8}C${t.chest - 24} ${arm + 26} ${t.chest - 34} ${arm + 40} ${t.chest - 40} ${waistY - 10}`,
    ),
    at: [240, t.top + 10],
  });
  for (const side of placeBoth(
    `M40 ${waistY - 4}C42 ${waistY - 30} 38 ${waistY - 48} 32 ${waistY - 60}`,
  ))
    drawSeam(scene, side, fabric.base, 0.9);
  drawSeam(
    scene,
    joinSymmetric(
      `M${waist} ${waistY + 2}C${waist * 0.6} ${waistY + 6} 20 ${waistY + 6} 0 ${waistY + 6}`,
    ),
    fabric.base,
    1.3,
  );
  if (plan.bodice === 'wrap') {
    const y = t.top + t.neckDrop;
    drawShade(
      scene,
      `M${240 - 18} ${y - 26}C${240 + 2} ${y} 266 ${y + 18} 290 ${waistY - 6}`,
      0.3,
      6,
    );
    drawSeam(
      scene,
      `M${240 - 28} ${t.top + 34}C${240 - 12} ${y - 14} 262 ${y + 22} 292 ${waistY - 4}`,
      fabric.base,
      1.8,
    );
    drawSeam(
      scene,
      `M288 ${waistY + 4}C292 ${waistY + 70} 276 ${hemY - 70} 262 ${hemY - 6}`,
      fabric.base,
      1.8,
    );
    drawShade(
      scene,
      `M284 ${waistY + 10}C288 ${waistY + 70} 272 ${hemY - 70} 258 ${hemY - 8}`,
      0.25,
      7,
    );
  }
  if (plan.bodice === 'crew' || plan.bodice === 'tank' || plan.bodice === 'vee')
    drawNeckband(scene, t, fabric.base, 6, false);
  if (plan.bodice === 'shirt') {
    drawPiece(scene, drawBox(230, t.top + 32, 20, hemY - t.top - 40, 1), fabric, {
      light: 'none',
      edge: 0.12,
      edgeWidth: 4,
      at: [240, t.top + 10],
    });
    drawCollar(scene, t, fabric, 34, 12);
    for (let y = t.top + 62; y < hemY - 30; y += 42)
      drawButton(scene, 240, y, 3.4, lightenColour(fabric.base, 0.7));
  }
  for (let i = 1; i <= (plan.tiers ?? 0); i += 1) {
    const share = i / ((plan.tiers ?? 0) + 1);
    const y = waistY + (hemY - waistY) * share;
    const w = waist + (hem - waist) * (0.16 + share * 0.56);
    const line = joinSymmetric(`M${w} ${y - 4}C${w * 0.6} ${y + 5} ${w * 0.3} ${y + 6} 0 ${y + 6}`);
    drawShade(scene, line, 0.34, 6);
    drawSeam(scene, line, fabric.base, 1.6);
  }
  if (plan.sash) {
    const sash = closeSymmetric(
      `M0 ${waistY - 4}C30 ${waistY - 4} 46 ${waistY - 6} ${waist + 1} ${waistY - 8}L${waist + 1} ${waistY + 8}C46 ${waistY + 12} 30 ${waistY + 13} 0 ${waistY + 13}`,
    );
    const colour = plan.bodice === 'wrap' ? fabric.base : accent;
    drawPiece(
      scene,
      `M284 ${waistY + 4}C296 ${waistY + 30} 290 ${waistY + 60} 300 ${waistY + 96}L286 ${waistY + 98}C280 ${waistY + 66} 278 ${waistY + 36} 276 ${waistY + 6}Z`,
      colour,
      { edgeWidth: 6 },
    );
    drawPiece(scene, sash, colour, { edgeWidth: 6, edge: 0.25 });
    drawPiece(
      scene,
      `M276 ${waistY - 6}C288 ${waistY - 10} 292 ${waistY + 12} 282 ${waistY + 16}C274 ${waistY + 14} 272 ${waistY} 276 ${waistY - 6}Z`,
      colour,
      { edgeWidth: 5 },
    );
  }
  if (waves === 0)
    drawStitch(
      scene,
      joinSymmetric(
        `M${hem - 2} ${hemY - 18}C${hem * 0.6} ${hemY - 8} ${hem * 0.3} ${hemY - 8} 0 ${hemY - 8}`,
      ),
      fabric.base,
    );
  return finishScene(scene);
}

const dressBase = { genders: ['Women'], seasons: WARM, price: [69, 190] } as const;

const dresses: Cut[] = [
  {
    ...dressBase,
    noun: 'Fit-and-Flare Dress',
    materials: ['Cotton Sateen', 'Viscose'],
    patterns: ['floral', 'dots', 'solid', 'gingham'],
    draw: (b) =>
      drawDress(b, {
        bodice: 'tank',
        sleeve: null,
        waistY: 196,
        waist: 56,
        hip: 88,
        hem: 142,
        hemY: 400,
        waves: 4,
      }),
  },
  {
    ...dressBase,
    noun: 'Slip Dress',
    materials: ['Silk Satin'],
    patterns: ['solid', 'ombre', 'leaf'],
    draw: (b) =>
      drawDress(b, {
        bodice: 'strap',
        sleeve: null,
        waistY: 204,
        waist: 62,
        hip: 80,
        hem: 98,
        hemY: 436,
        waves: 0,
      }),
  },
  {
    ...dressBase,
    noun: 'Wrap Dress',
    materials: ['Viscose Crêpe'],
    patterns: ['leaf', 'solid', 'floral', 'geometric'],
    seasons: ALL_SEASONS,
    draw: (b) =>
      drawDress(b, {
        bodice: 'wrap',
        sleeve: 'bell',
        waistY: 204,
        waist: 60,
        hip: 84,
        hem: 116,
        hemY: 428,
        waves: 3,
        sash: true,
      }),
  },
  {
    ...dressBase,
    noun: 'Shift Dress',
    materials: ['Wool Crêpe', 'Ponte'],
    patterns: ['colour-block', 'solid', 'houndstooth', 'geometric'],
    seasons: ALL_SEASONS,
    draw: (b) =>
      drawDress(b, {
        bodice: 'crew',
        sleeve: 'cap',
        waistY: 208,
        waist: 76,
        hip: 86,
        hem: 98,
        hemY: 386,
        waves: 0,
      }),
  },
  {
    ...dressBase,
    noun: 'Shirt Dress',
    materials: ['Cotton Poplin', 'Linen'],
    patterns: ['stripe', 'solid', 'gingham', 'denim'],
    draw: (b) =>
      drawDress(b, {
        bodice: 'shirt',
        sleeve: 'short',
        waistY: 206,
        waist: 66,
        hip: 84,
        hem: 104,
        hemY: 418,
        waves: 0,
        sash: true,
      }),
  },
  {
    ...dressBase,
    noun: 'Tiered Maxi Dress',
    materials: ['Cotton Voile'],
    patterns: ['solid', 'floral', 'breton', 'dots'],
    draw: (b) =>
      drawDress(b, {
        bodice: 'vee',
        sleeve: 'cap',
        waistY: 180,
        waist: 60,
        hip: 82,
        hem: 128,
        hemY: 446,
        waves: 4,
        tiers: 2,
      }),
  },
];

export const DRESSES: Kind = {
  kind: 'Dresses',
  category: 'Dresses & Skirts',
  count: 23,
  cuts: dresses,
};
