import { closeSymmetric, joinSymmetric, placeBoth } from '../path.ts';
import type { Fabric } from '../patterns.ts';
import { deepenColour, lightenColour, measureLightness } from '../palette.ts';
import type { Scene } from '../scene.ts';
import { cutPlain, drawPiece, drawSeam, drawShade, drawStitch } from '../scene.ts';

/** The measures of anything worn on the upper body, as offsets from the centre line. */
export interface Torso {
  top: number;
  neck: number;
  neckDrop: number;
  vee: boolean;
  shoulder: number;
  chest: number;
  waist: number;
  hem: number;
  hemY: number;
  hemDip: number;
}

/** A torso of ordinary measures, changed where the garment asks. */
export function measureTorso(changes: Partial<Torso> = {}): Torso {
  return {
    top: 80,
    neck: 42,
    neckDrop: 36,
    vee: false,
    shoulder: 112,
    chest: 106,
    waist: 103,
    hem: 106,
    hemY: 398,
    hemDip: 7,
    ...changes,
  };
}

/** The front neckline, from the centre to the shoulder. */
export function traceNeck(t: Torso): string {
  const y = t.top + t.neckDrop;
  return t.vee
    ? `M0 ${y}C${t.neck * 0.35} ${y - t.neckDrop * 0.4} ${t.neck * 0.85} ${t.top + t.neckDrop * 0.35} ${t.neck} ${t.top}`
    : `M0 ${y}C${t.neck * 0.62} ${y} ${t.neck * 0.98} ${t.top + t.neckDrop * 0.55} ${t.neck} ${t.top}`;
}

/** Half the outline of the body, from the neck to the hem. */
export function traceBody(t: Torso): string {
  const tip = t.top + 24;
  const arm = t.top + 122;
  const waistY = arm + (t.hemY - arm) * 0.42;
  return `${traceNeck(t)}C${t.neck + 16} ${t.top + 6} ${t.shoulder - 18} ${tip - 8} ${t.shoulder} ${tip}C${t.shoulder - 9} ${tip + 34} ${t.chest - 8} ${arm - 30} ${t.chest} ${arm}C${t.chest - 1} ${arm + 30} ${t.waist} ${waistY - 30} ${t.waist} ${waistY}C${t.waist} ${waistY + 40} ${t.hem} ${t.hemY - 50} ${t.hem} ${t.hemY - t.hemDip}C${t.hem * 0.6} ${t.hemY} ${t.hem * 0.3} ${t.hemY} 0 ${t.hemY}`;
}

export type Sleeve = 'short' | 'elbow' | 'long' | 'cap' | 'bell';

interface SleeveTrace {
  outline: string;
  cuff: [number, number, number, number];
}

/** Half a sleeve: its outline and the two ends of its cuff, outer then inner. */
export function traceSleeve(t: Torso, sleeve: Sleeve, ease = 0): SleeveTrace {
  const tip = t.top + 24;
  const arm = t.top + 122;
  const under = `C${t.chest - 8} ${arm - 30} ${t.shoulder - 9} ${tip + 34} ${t.shoulder - 2} ${tip}Z`;
  const s = t.shoulder;
  const c = t.chest;
  if (sleeve === 'long') {
    const cuff: [number, number, number, number] = [
      s + 74 + ease,
      t.top + 300,
      s + 40 + ease * 0.4,
      t.top + 309,
    ];
    return {
      outline: `M${s - 2} ${tip}C${s + 24} ${tip + 8} ${s + 38} ${tip + 44} ${s + 50 + ease} ${tip + 112}C${s + 62 + ease} ${tip + 170} ${s + 70 + ease} ${tip + 220} ${cuff[0]} ${cuff[1]}C${cuff[0] - 10} ${cuff[1] + 8} ${cuff[2] + 10} ${cuff[3] + 4} ${cuff[2]} ${cuff[3]}C${s + 34} ${t.top + 250} ${s + 18} ${t.top + 200} ${c + 14} ${arm + 36}C${c + 6} ${arm + 20} ${c + 2} ${arm + 10} ${c} ${arm + 2}${under}`,
      cuff,
    };
  }
  if (sleeve === 'bell') {
    const cuff: [number, number, number, number] = [s + 88, t.top + 226, s + 20, t.top + 248];
    return {
      outline: `M${s - 2} ${tip}C${s + 22} ${tip + 6} ${s + 36} ${tip + 40} ${s + 46} ${tip + 90}C${s + 56} ${tip + 140} ${s + 72} ${tip + 168} ${cuff[0]} ${cuff[1]}C${cuff[0] - 20} ${cuff[1] + 18} ${cuff[2] + 16} ${cuff[3] + 8} ${cuff[2]} ${cuff[3]}C${s + 18} ${t.top + 200} ${c + 18} ${arm + 40} ${c} ${arm + 2}${under}`,
      cuff,
    };
  }
  const reach = { short: [64, 112, 18, 138], elbow: [72, 160, 22, 180], cap: [34, 66, 2, 104] }[
    sleeve
  ];
  const cuff: [number, number, number, number] = [
    s + (reach[0] ?? 0) + ease,
    t.top + (reach[1] ?? 0),
    s + (reach[2] ?? 0),
    t.top + (reach[3] ?? 0),
  ];
  return {
    outline: `M${s - 2} ${tip}C${s + 20} ${tip + 4} ${s + 32} ${tip + 18} ${s + 38} ${tip + 32}C${s + (reach[0] ?? 0) * 0.8 + ease} ${t.top + (reach[1] ?? 0) * 0.75} ${cuff[0] - 6} ${cuff[1] - 14} ${cuff[0]} ${cuff[1]}C${cuff[0] - 14} ${cuff[1] + 14} ${cuff[2] + 16} ${cuff[3] + 2} ${cuff[2]} ${cuff[3]}C${s + 2} ${t.top + 124} ${c + 6} ${arm + 4} ${c} ${arm - 2}${under}`,
    cuff,
  };
}

/** Draws the inside of the back, seen through the neck. */
export function drawInside(scene: Scene, t: Torso, base: string, rise = 6): void {
  const inside =
    measureLightness(base) > 0.25 ? deepenColour(base, 0.3) : lightenColour(base, 0.07);
  drawPiece(
    scene,
    closeSymmetric(
      `M0 ${t.top + 4 - rise * 0.2}C${t.neck * 0.6} ${t.top + 6} ${t.neck * 0.9} ${t.top + 2} ${t.neck + 4} ${t.top - rise * 0.3}L${t.neck + 8} ${t.top + 26}C${t.neck * 0.8} ${t.top + t.neckDrop + 8} 20 ${t.top + t.neckDrop + 14} 0 ${t.top + t.neckDrop + 16}`,
    ),
    inside,
    { light: 'down', edge: 0.5 },
  );
}

/** Draws both sleeves under the body, with the pattern turned along the arm. */
export function drawSleeves(
  scene: Scene,
  t: Torso,
  fabric: Fabric,
  sleeve: Sleeve,
  ease = 0,
): void {
  const trace = traceSleeve(t, sleeve, ease);
  const [right, left] = placeBoth(trace.outline);
  const turn = { short: 28, cap: 28, elbow: 22, long: 12, bell: 14 }[sleeve];
  const long = sleeve === 'long' || sleeve === 'bell';
  const s = t.shoulder;
  const folds = placeBoth(
    long
      ? `M${t.chest + 6} ${t.top + 130}C${s + 22} ${t.top + 128} ${s + 30} ${t.top + 150} ${s + 42} ${t.top + 160}M${s + 26} ${t.top + 205}C${s + 38} ${t.top + 206} ${s + 46} ${t.top + 214} ${s + 54} ${t.top + 224}`
      : `M${t.chest + 6} ${t.top + 112}C${s + 12} ${t.top + 100} ${s + 26} ${t.top + 96} ${s + 38} ${t.top + 100}`,
  );
  const soft = { ...fabric, pattern: fabric.pattern };
  drawPiece(scene, right, soft, {
    turn: -turn,
    at: [240 + s, t.top + 40],
    folds: [folds[0]],
    edge: 0.42,
  });
  drawPiece(scene, left, soft, { turn, at: [240 - s, t.top + 40], folds: [folds[1]], edge: 0.42 });
}

/** Draws the body over the sleeves, with the armhole seams and the folds that hang from them. */
export function drawBody(scene: Scene, t: Torso, fabric: Fabric): void {
  const arm = t.top + 122;
  const folds = placeBoth(
    `M${t.chest - 6} ${arm + 4}C${t.chest - 26} ${arm + 36} ${t.chest - 40} ${arm + 60} ${t.chest - 46} ${arm + 100}`,
  );
  const low = placeBoth(
    `M${t.hem - 16} ${t.hemY - 8}C${t.hem - 22} ${t.hemY - 50} ${t.hem - 20} ${t.hemY - 80} ${t.hem - 28} ${t.hemY - 110}`,
  );
  const one = placeBoth(
    `M${t.hem * 0.2} ${t.hemY - 4}C${t.hem * 0.16} ${t.hemY - 40} ${t.hem * 0.28} ${t.hemY - 60} ${t.hem * 0.22} ${t.hemY - 96}`,
  );
  drawPiece(scene, closeSymmetric(traceBody(t)), fabric, {
    folds: [...folds, ...low, one[scene.seed % 2] ?? one[0]],
    at: [240, t.top + 10],
  });
  for (const seam of placeBoth(
    `M${t.shoulder} ${t.top + 24}C${t.shoulder - 9} ${t.top + 58} ${t.chest - 8} ${arm - 30} ${t.chest} ${arm}`,
  )) {
    drawSeam(scene, seam, fabric.base);
  }
}

/** Draws a ribbed or plain band that follows the neckline. */
export function drawNeckband(scene: Scene, t: Torso, hex: string, width = 11, rib = true): void {
  const y = t.top + t.neckDrop;
  const n = t.neck;
  const point = t.vee ? width * 1.35 : width;
  const outer = t.vee
    ? `C${n * 0.95 + width * 0.8} ${t.top + t.neckDrop * 0.4} ${n * 0.4 + width * 0.8} ${y - t.neckDrop * 0.3} 0 ${y + point}`
    : `C${n + width * 0.85} ${t.top + t.neckDrop * 0.6} ${n * 0.7 + 4} ${y + point} 0 ${y + point}`;
  const fabric: Fabric = rib ? { ...cutPlain(hex), pattern: 'rib', scale: 0.5 } : cutPlain(hex);
  const band = `${traceNeck(t)}L${n + width * 0.9} ${t.top + 4}${outer}`;
  drawShade(scene, joinSymmetric(`M${n + width} ${t.top + 8}${outer}`), 0.22, 5);
  drawPiece(scene, closeSymmetric(band), fabric, { light: 'across', edge: 0.2, edgeWidth: 5 });
  const back = `M0 ${t.top + 6}C${n * 0.6} ${t.top + 7} ${n * 0.9} ${t.top + 3} ${n} ${t.top}`;
  scene.cloth.push(
    `<path d="${joinSymmetric(back)}" fill="none" stroke="${deepenColour(hex, 0.18)}" stroke-width="4.5" opacity=".9"/>`,
  );
}

/** Draws a double row of stitches along hem and cuffs. */
export function drawHems(
  scene: Scene,
  t: Torso,
  base: string,
  sleeve: Sleeve | null,
  ease = 0,
): void {
  for (const up of [8, 11]) {
    drawStitch(
      scene,
      joinSymmetric(
        `M${t.hem - 1} ${t.hemY - t.hemDip - up}C${t.hem * 0.6} ${t.hemY - up} ${t.hem * 0.3} ${t.hemY - up} 0 ${t.hemY - up}`,
      ),
      base,
    );
  }
  if (!sleeve) return;
  const [x1, y1, x2, y2] = traceSleeve(t, sleeve, ease).cuff;
  const dx = sleeve === 'long' ? -2 : -4;
  for (const side of placeBoth(
    `M${x1 + dx - 1} ${y1 - 9}C${x1 - 12} ${y1 + 5} ${x2 + 14} ${y2 - 7} ${x2 + dx + 3} ${y2 - 9}`,
  ))
    drawStitch(scene, side, base);
}

/** Draws ribbed cuffs at the ends of long sleeves. */
export function drawCuffs(
  scene: Scene,
  t: Torso,
  hex: string,
  ease = 0,
  height = 24,
  rib = true,
): void {
  const [x1, y1, x2, y2] = traceSleeve(t, 'long', ease).cuff;
  const outline = `M${x1 - 3} ${y1 - 3}C${x1 - 14} ${y1 + 7} ${x2 + 12} ${y2 + 3} ${x2 + 2} ${y2}L${x2 + 5} ${y2 + height}C${x2 + 16} ${y2 + height + 4} ${x1 - 12} ${y1 + height + 4} ${x1} ${y1 + height - 4}Z`;
  const fabric: Fabric = rib ? { ...cutPlain(hex), pattern: 'rib', scale: 0.7 } : cutPlain(hex);
  const [right, left] = placeBoth(outline);
  drawPiece(scene, right, fabric, { turn: -8, edgeWidth: 8 });
  drawPiece(scene, left, fabric, { turn: 8, edgeWidth: 8 });
}
