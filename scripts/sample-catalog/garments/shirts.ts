import { closeSymmetric, drawBox, joinSymmetric, placeBoth } from '../path.ts';
import { deepenColour, lightenColour } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, COLD, WARM } from '../kinds.ts';
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
import type { Sleeve } from './torso.ts';
import {
  drawBody,
  drawCuffs,
  drawHems,
  drawInside,
  drawSleeves,
  measureTorso,
  traceSleeve,
} from './torso.ts';
import { drawCollar, drawPocket } from './tops.ts';

interface ShirtPlan {
  sleeve: Sleeve;
  collar: 'point' | 'camp' | 'band';
  pockets: 0 | 1 | 2;
  tail?: boolean;
  long?: boolean;
}

function drawShirt(brief: Brief, plan: ShirtPlan): string {
  const { fabric, random, seed } = brief;
  const scene = createScene(seed, 1);
  const t = measureTorso({
    neck: plan.collar === 'camp' ? 44 : 36,
    neckDrop: plan.collar === 'camp' ? 58 : 24,
    vee: plan.collar === 'camp',
    hemDip: plan.tail ? 34 : 6,
    hemY: (plan.long ? 418 : 400) + random.integer(-4, 4),
    top: plan.long ? 66 : 78,
    shoulder: 108,
    chest: 102,
    waist: 99,
    hem: 104,
  });
  drawInside(scene, t, fabric.base);
  drawSleeves(scene, t, fabric, plan.sleeve);
  drawBody(scene, t, fabric);
  const y = t.top + t.neckDrop;
  for (const side of placeBoth(
    `M${t.neck + 14} ${t.top + 16}C${t.neck + 30} ${t.top + 30} ${t.shoulder - 24} ${t.top + 44} ${t.shoulder - 4} ${t.top + 48}`,
  ))
    drawSeam(scene, side, fabric.base, 0.9);
  const placket = drawBox(229, y + 1, 22, t.hemY - y - 3, 1);
  drawShade(scene, `M254 ${y + 10}L254 ${t.hemY - 6}`, 0.16, 4);
  drawPiece(scene, placket, fabric, {
    light: 'none',
    edge: 0.1,
    edgeWidth: 4,
    at: [240, t.top + 10],
    outline: 0.8,
  });
  drawStitch(scene, `M232 ${y + 8}L232 ${t.hemY - 4}`, fabric.base);
  drawStitch(scene, `M248 ${y + 8}L248 ${t.hemY - 4}`, fabric.base);
  if (plan.pockets > 0) drawPocket(scene, 30, t.top + 96, 44, 50, fabric);
  if (plan.pockets > 1) {
    const flap = (x: number): string =>
      `M${x} ${t.top + 92}L${x + 44} ${t.top + 92}L${x + 44} ${t.top + 108}L${x + 22} ${t.top + 118}L${x} ${t.top + 108}Z`;
    const [right, left] = placeBoth(
      `M30 ${t.top + 96}L74 ${t.top + 96}L74 ${t.top + 146}L30 ${t.top + 146}Z`,
    );
    for (const [pocket, lid] of [
      [right, placeBoth(flap(30))[0]],
      [left, placeBoth(flap(30))[1]],
    ] as const) {
      drawPiece(scene, pocket, fabric, { light: 'none', edge: 0.12, edgeWidth: 5 });
      drawShade(scene, lid, 0.22, 4);
      drawPiece(scene, lid, fabric, { light: 'none', edge: 0.12, edgeWidth: 5 });
    }
  }
  if (plan.collar === 'band') {
    const band = closeSymmetric(
      `M0 ${y - 10}C${t.neck * 0.6} ${y - 12} ${t.neck * 0.85} ${t.top + 4} ${t.neck - 3} ${t.top - 4}C${t.neck - 1} ${t.top - 8} ${t.neck + 7} ${t.top - 7} ${t.neck + 8} ${t.top + 1}C${t.neck + 8} ${t.top + 14} ${t.neck * 0.7} ${y + 6} 0 ${y + 7}`,
    );
    drawPiece(scene, band, fabric, { edge: 0.22, edgeWidth: 6 });
  } else {
    drawCollar(
      scene,
      t,
      fabric,
      plan.collar === 'camp' ? 14 : 40,
      plan.collar === 'camp' ? 24 : 14,
    );
  }
  if (plan.sleeve === 'long') {
    drawCuffs(scene, t, fabric.base, 0, 22, false);
    const [x1, y1, x2, y2] = traceSleeve(t, 'long').cuff;
    for (const side of placeBoth(
      `M${x1 - 3} ${y1 + 2}C${x1 - 14} ${y1 + 12} ${x2 + 12} ${y2 + 8} ${x2 + 3} ${y2 + 5}`,
    ))
      drawStitch(scene, side, fabric.base);
  } else {
    drawHems(scene, t, fabric.base, plan.sleeve);
  }
  for (const side of placeBoth(
    `M${t.hem - 1} ${t.hemY - t.hemDip - 6}C${t.hem * 0.6} ${t.hemY - 6} ${t.hem * 0.3} ${t.hemY - 6} 12 ${t.hemY - 6}`,
  ))
    drawStitch(scene, side, fabric.base);
  const button = lightenColour(fabric.base, 0.75);
  for (let at = y + (plan.collar === 'camp' ? 20 : 34); at < t.hemY - 18; at += 44)
    drawButton(scene, 240, at, 3.5, button);
  if (plan.collar !== 'camp') drawButton(scene, 240, y - 1, 3.2, button);
  return finishScene(scene);
}

interface KnitPlan {
  neck: 'crew' | 'roll' | 'vee' | 'cardigan' | 'vest' | 'zip';
}

function drawKnitwear(brief: Brief, plan: KnitPlan): string {
  const { fabric, accent, random, seed } = brief;
  const scene = createScene(seed, 0.7);
  const vest = plan.neck === 'vest';
  const open = plan.neck === 'cardigan' || plan.neck === 'vee' || vest;
  const t = measureTorso({
    neck: plan.neck === 'roll' ? 32 : 42,
    neckDrop: open ? (plan.neck === 'cardigan' ? 120 : 74) : plan.neck === 'roll' ? 16 : 30,
    vee: open,
    shoulder: vest ? 88 : 112,
    chest: vest ? 96 : 108,
    waist: 106,
    hem: 104,
    hemY: 366 + random.integer(-4, 4),
    top: plan.neck === 'roll' ? 92 : 80,
  });
  const rib = { ...cutPlain(fabric.base), pattern: 'rib' as const, scale: 0.9 };
  drawInside(scene, t, fabric.base);
  if (!vest) drawSleeves(scene, t, fabric, 'long', 8);
  drawBody(scene, t, fabric);
  if (!vest) drawCuffs(scene, t, fabric.base, 8, 28);
  const welt = closeSymmetric(
    `M0 ${t.hemY - 3}C${t.hem * 0.4} ${t.hemY - 3} ${t.hem * 0.7} ${t.hemY - 5} ${t.hem + 1} ${t.hemY - t.hemDip - 2}L${t.hem - 8} ${t.hemY + 26}C${t.hem * 0.6} ${t.hemY + 32} ${t.hem * 0.3} ${t.hemY + 33} 0 ${t.hemY + 33}`,
  );
  drawPiece(scene, welt, rib, { edgeWidth: 8 });
  const y = t.top + t.neckDrop;
  if (plan.neck === 'roll') {
    const roll = closeSymmetric(
      `M0 ${t.top - 40}C20 ${t.top - 40} 34 ${t.top - 38} 37 ${t.top - 34}C40 ${t.top - 18} 42 ${t.top - 4} 42 ${t.top + 6}C36 ${t.top + 20} 18 ${t.top + 24} 0 ${t.top + 24}`,
    );
    drawShade(
      scene,
      joinSymmetric(`M44 ${t.top + 6}C36 ${t.top + 24} 18 ${t.top + 28} 0 ${t.top + 28}`),
      0.3,
      6,
    );
    drawPiece(scene, roll, rib, { edgeWidth: 14, edge: 0.4 });
    drawSeam(
      scene,
      joinSymmetric(`M41 ${t.top - 10}C30 ${t.top - 2} 14 ${t.top} 0 ${t.top}`),
      fabric.base,
    );
  } else if (open) {
    const w = plan.neck === 'cardigan' ? 13 : 11;
    const strip = `M${t.neck - 2} ${t.top - 4}C${t.neck * 0.85} ${t.top + t.neckDrop * 0.35} ${t.neck * 0.35} ${y - t.neckDrop * 0.4} 0 ${y - 2}L0 ${y + w * 2}C${t.neck * 0.45 + w} ${y - t.neckDrop * 0.36} ${t.neck + w * 0.9} ${t.top + t.neckDrop * 0.4} ${t.neck + w} ${t.top + 1}Z`;
    const [right, left] = placeBoth(strip);
    for (const side of [left, right]) {
      drawShade(scene, side, 0.18, 4);
      drawPiece(
        scene,
        side,
        { ...rib, base: plan.neck === 'vee' ? accent : fabric.base },
        { edge: 0.15, edgeWidth: 6, turn: 0 },
      );
    }
    if (plan.neck === 'cardigan') {
      const band = drawBox(228, y + 4, 24, t.hemY + 28 - y, 1);
      drawShade(scene, `M254 ${y + 10}L254 ${t.hemY + 26}`, 0.25, 5);
      drawPiece(scene, band, rib, { edge: 0.15, edgeWidth: 5 });
      for (let i = 0; i < 5; i += 1)
        drawButton(
          scene,
          240,
          y + 18 + i * ((t.hemY + 4 - y) / 4.2),
          5.4,
          deepenColour(accent, 0.15),
        );
      for (const side of placeBoth(`M38 ${t.hemY - 62}L84 ${t.hemY - 62}`))
        drawSeam(scene, side, fabric.base, 2);
    }
    if (vest) {
      for (const side of placeBoth(
        `M${t.shoulder} ${t.top + 24}C${t.shoulder - 9} ${t.top + 58} ${t.chest - 8} ${t.top + 92} ${t.chest} ${t.top + 122}L${t.chest - 10} ${t.top + 126}C${t.chest - 20} ${t.top + 92} ${t.shoulder - 20} ${t.top + 58} ${t.shoulder - 11} ${t.top + 20}Z`,
      ))
        drawPiece(scene, side, rib, { edge: 0.2, edgeWidth: 5 });
    }
  } else {
    const high = plan.neck === 'zip' ? 20 : 0;
    const band = closeSymmetric(
      `M0 ${y - high}C${t.neck * 0.6} ${y - high} ${t.neck * 0.9} ${t.top + 18 - high} ${t.neck - 3} ${t.top + 1 - high}C${t.neck} ${t.top - 3 - high} ${t.neck + 10} ${t.top - 2 - high * 0.6} ${t.neck + 12} ${t.top + 5}C${t.neck + 10} ${t.top + 22} ${t.neck * 0.7} ${y + 15} 0 ${y + 15}`,
    );
    if (high > 0)
      drawPiece(
        scene,
        closeSymmetric(
          `M0 ${t.top - 20}C20 ${t.top - 21} 34 ${t.top - 21} ${t.neck} ${t.top - 20}L${t.neck + 8} ${t.top + 4}C30 ${t.top + 16} 16 ${t.top + 18} 0 ${t.top + 18}`,
        ),
        { ...rib, base: deepenColour(fabric.base, 0.3) },
        { light: 'down', edge: 0.3, edgeWidth: 8 },
      );
    drawShade(
      scene,
      joinSymmetric(
        `M${t.neck + 12} ${t.top + 8}C${t.neck + 10} ${t.top + 26} ${t.neck * 0.7} ${y + 19} 0 ${y + 19}`,
      ),
      0.2,
      5,
    );
    drawPiece(scene, band, rib, { edge: 0.2, edgeWidth: 7 });
    if (plan.neck === 'zip') {
      drawPiece(scene, drawBox(234, y - high, 12, 88, 1), deepenColour(fabric.base, 0.35), {
        edge: 0.2,
        edgeWidth: 4,
      });
      scene.trim.push(
        `<path d="M240 ${y - high}V${y + 66}" stroke="#c9c5bd" stroke-width="3" stroke-dasharray="1.6 1.2"/><rect x="237" y="${y - high + 2}" width="6" height="16" rx="2" fill="#d9d5cc" stroke="#6d6962" stroke-width=".7"/>`,
      );
    }
  }
  return finishScene(scene);
}

const shirtBase = { genders: ['Men', 'Women'], seasons: ALL_SEASONS, price: [49, 120] } as const;

const shirts: Cut[] = [
  {
    ...shirtBase,
    noun: 'Oxford Shirt',
    materials: ['Oxford Cotton'],
    patterns: ['solid', 'stripe', 'gingham'],
    draw: (b) => drawShirt(b, { sleeve: 'long', collar: 'point', pockets: 1, tail: true }),
  },
  {
    ...shirtBase,
    noun: 'Camp-Collar Shirt',
    materials: ['Viscose', 'Tencel'],
    seasons: WARM,
    patterns: ['leaf', 'floral', 'geometric', 'wide stripe'],
    draw: (b) => drawShirt(b, { sleeve: 'elbow', collar: 'camp', pockets: 1 }),
  },
  {
    ...shirtBase,
    noun: 'Flannel Shirt',
    materials: ['Brushed Cotton'],
    seasons: COLD,
    colours: ['Poppy', 'Forest', 'Navy', 'Mustard', 'Ivory', 'Rust', 'Charcoal'],
    patterns: ['plaid'],
    draw: (b) => drawShirt(b, { sleeve: 'long', collar: 'point', pockets: 2, tail: true }),
  },
  {
    ...shirtBase,
    noun: 'Grandad-Collar Shirt',
    materials: ['Linen'],
    seasons: WARM,
    sayMaterial: true,
    patterns: ['solid', 'pinstripe'],
    draw: (b) => drawShirt(b, { sleeve: 'long', collar: 'band', pockets: 0, tail: true }),
  },
  {
    ...shirtBase,
    noun: 'Short-Sleeve Shirt',
    materials: ['Cotton Poplin', 'Linen'],
    seasons: WARM,
    patterns: ['gingham', 'dots', 'windowpane', 'stripe'],
    draw: (b) => drawShirt(b, { sleeve: 'short', collar: 'point', pockets: 1 }),
  },
  {
    ...shirtBase,
    noun: 'Western Shirt',
    materials: ['Cotton Denim'],
    colours: ['Indigo', 'Navy', 'Sky', 'Black'],
    patterns: ['denim'],
    draw: (b) => drawShirt(b, { sleeve: 'long', collar: 'point', pockets: 2, tail: true }),
  },
];

const woolly = {
  materials: ['Lambswool', 'Merino Wool', 'Cashmere Blend', 'Cotton Knit'],
  genders: ['Men', 'Women', 'Unisex'],
  seasons: COLD,
  price: [69, 190],
} as const;

const knitwear: Cut[] = [
  {
    ...woolly,
    noun: 'Crew-Neck Jumper',
    patterns: ['knit', 'fair isle', 'breton', 'cable'],
    draw: (b) => drawKnitwear(b, { neck: 'crew' }),
  },
  {
    ...woolly,
    noun: 'Roll-Neck Jumper',
    patterns: ['rib', 'cable', 'knit'],
    draw: (b) => drawKnitwear(b, { neck: 'roll' }),
  },
  {
    ...woolly,
    noun: 'Cardigan',
    patterns: ['knit', 'cable', 'fair isle'],
    draw: (b) => drawKnitwear(b, { neck: 'cardigan' }),
  },
  {
    ...woolly,
    noun: 'Sweater Vest',
    patterns: ['argyle', 'cable', 'knit'],
    draw: (b) => drawKnitwear(b, { neck: 'vest' }),
  },
  {
    ...woolly,
    noun: 'Cricket Jumper',
    patterns: ['cable', 'knit'],
    colours: ['Ivory', 'White', 'Navy', 'Sky', 'Sand'],
    draw: (b) => drawKnitwear(b, { neck: 'vee' }),
  },
  {
    ...woolly,
    noun: 'Half-Zip Jumper',
    patterns: ['knit', 'rib', 'marl'],
    draw: (b) => drawKnitwear(b, { neck: 'zip' }),
  },
];

export const SHIRTS: Kind = { kind: 'Shirts', category: 'Tops', count: 21, cuts: shirts };
export const KNITWEAR: Kind = { kind: 'Knitwear', category: 'Tops', count: 20, cuts: knitwear };
