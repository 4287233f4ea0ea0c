import { closeSymmetric, drawBox, drawEllipse, placeBoth } from '../path.ts';
import { deepenColour, lightenColour, measureLightness } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, WARM } from '../kinds.ts';
import type { Scene } from '../scene.ts';
import { createScene, drawPiece, drawShade, drawStitch, finishScene, nameDef } from '../scene.ts';

interface Metal {
  dark: string;
  mid: string;
  light: string;
}

const METALS: readonly Metal[] = [
  { dark: '#6f7379', mid: '#c3c7cb', light: '#fbfcfd' },
  { dark: '#84622a', mid: '#dcbb75', light: '#fff6da' },
  { dark: '#8a5a48', mid: '#dba892', light: '#fff0e8' },
  { dark: '#17181b', mid: '#494b50', light: '#a2a6ac' },
];

function defineMetal(scene: Scene, metal: Metal): string {
  const id = nameDef(scene);
  scene.defs.push(
    `<linearGradient id="${id}" x2="1" y2="1"><stop offset="0" stop-color="${metal.light}"/><stop offset=".3" stop-color="${metal.mid}"/><stop offset=".55" stop-color="${metal.dark}"/><stop offset=".75" stop-color="${metal.mid}"/><stop offset="1" stop-color="${metal.dark}"/></linearGradient>`,
  );
  return id;
}

function drawHand(
  x: number,
  y: number,
  angle: number,
  length: number,
  width: number,
  fill: string,
): string {
  return `<g transform="translate(${x} ${y}) rotate(${angle})"><path d="M${-width / 2} 12L${-width / 2} ${-length * 0.7}L0 ${-length}L${width / 2} ${-length * 0.7}L${width / 2} 12Z" fill="#17121c" opacity=".25" transform="translate(1.5 2)"/><path d="M${-width / 2} 12L${-width / 2} ${-length * 0.7}L0 ${-length}L${width / 2} ${-length * 0.7}L${width / 2} 12Z" fill="${fill}"/></g>`;
}

function drawDial(
  scene: Scene,
  r: number,
  plan: WatchPlan,
  face: string,
  metal: Metal,
  accent: string,
): void {
  const ink = measureLightness(face) > 0.5 ? '#2b2a2c' : '#f3efe6';
  const out: string[] = [];
  const glow = nameDef(scene);
  scene.defs.push(
    `<radialGradient id="${glow}" cx=".42" cy=".36" r=".75"><stop offset="0" stop-color="#fff" stop-opacity=".32"/><stop offset=".6" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#17121c" stop-opacity=".4"/></radialGradient>`,
  );
  const shape = plan.square
    ? `<rect x="${240 - r}" y="${240 - r}" width="${r * 2}" height="${r * 2}" rx="${r * 0.2}"`
    : `<circle cx="240" cy="240" r="${r}"`;
  out.push(`${shape} fill="${face}"/>`, `${shape} fill="url(#${glow})"/>`);
  for (let i = 0; i < 60; i += 1) {
    const hour = i % 5 === 0;
    const quarter = i % 15 === 0;
    const angle = (i * 6 * Math.PI) / 180;
    // On a square dial the marks follow the edge, not a circle.
    const stretch = plan.square
      ? 1 / Math.max(Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle)))
      : 1;
    if (plan.square && !hour) continue;
    const outer = r * 0.92 * Math.min(stretch, 1.3);
    const inner = outer - (hour ? r * (quarter ? 0.2 : 0.14) : r * 0.05);
    out.push(
      `<path d="M${(240 + Math.sin(angle) * inner).toFixed(1)} ${(240 - Math.cos(angle) * inner).toFixed(1)}L${(240 + Math.sin(angle) * outer).toFixed(1)} ${(240 - Math.cos(angle) * outer).toFixed(1)}" stroke="${hour ? (plan.dive ? '#f3efe6' : metal.dark) : ink}" stroke-width="${hour ? (plan.dive ? 7 : quarter ? 4.4 : 3) : 1}" opacity="${hour ? 1 : 0.5}"/>`,
    );
  }
  if (plan.chrono) {
    for (const [x, y] of [
      [240 - r * 0.42, 240],
      [240 + r * 0.42, 240],
      [240, 240 + r * 0.42],
    ] as const) {
      const sub = r * 0.24;
      out.push(
        `<circle cx="${x}" cy="${y}" r="${sub}" fill="${deepenColour(face, 0.14)}" stroke="${ink}" stroke-width=".8" stroke-opacity=".5"/><circle cx="${x}" cy="${y}" r="${sub - 3}" fill="none" stroke="${ink}" stroke-width="3" stroke-dasharray=".8 3.4" opacity=".7"/><path d="M${x} ${y}L${x + sub * 0.4} ${y - sub * 0.6}" stroke="${ink}" stroke-width="1.6"/><circle cx="${x}" cy="${y}" r="1.8" fill="${ink}"/>`,
      );
    }
  }
  const hands = measureLightness(face) > 0.5 ? '#34333a' : '#f5f1e8';
  out.push(
    drawHand(240, 240, 305, r * 0.52, r * 0.085, hands),
    drawHand(240, 240, 52, r * 0.78, r * 0.065, hands),
    drawHand(240, 240, 168, r * 0.84, 1.8, accent),
  );
  out.push(`<circle cx="240" cy="240" r="4.6" fill="${metal.mid}" stroke="${metal.dark}"/>`);
  out.push(
    plan.square
      ? ''
      : `<path d="M${240 - r * 0.86} ${240 - r * 0.2}A${r * 0.9} ${r * 0.9} 0 0 1 ${240 + r * 0.25} ${240 - r * 0.86}C${240 - r * 0.1} ${240 - r * 0.6} ${240 - r * 0.5} ${240 - r * 0.4} ${240 - r * 0.86} ${240 - r * 0.2}Z" fill="#fff" opacity=".16"/>`,
  );
  scene.trim.push(out.join(''));
}

interface WatchPlan {
  strap: 'leather' | 'bracelet' | 'rubber' | 'mesh';
  square?: boolean;
  chrono?: boolean;
  dive?: boolean;
  metal?: number;
  size: number;
}

function drawWatch({ fabric, accent, random, seed }: Brief, plan: WatchPlan): string {
  const scene = createScene(seed, 0, 1);
  const metal = METALS[plan.metal ?? random.integer(0, 2)] ?? {
    dark: '#6f7379',
    mid: '#c3c7cb',
    light: '#fbfcfd',
  };
  const r = plan.size;
  const leather = plan.strap === 'leather' || plan.strap === 'rubber';
  const base = leather ? fabric.base : metal.mid;
  const w = r * (plan.square ? 0.72 : 0.62);
  const face = leather ? random.pick(['#f7f4ec', '#f3ead8', '#24252b', '#1f2c4a']) : fabric.base;
  for (const up of [true, false]) {
    const y = (value: number): number => (up ? value : 480 - value);
    const end = up ? 40 : 46;
    const d = closeSymmetric(
      up
        ? `M0 ${y(end)}L${w * 0.8 - 8} ${y(end)}C${w * 0.8} ${y(end)} ${w * 0.8} ${y(end + 8)} ${w * 0.82} ${y(end + 20)}L${w} ${y(200)}L0 ${y(200)}`
        : `M0 ${y(200)}L${w} ${y(200)}L${w * 0.8} ${y(end + 22)}C${w * 0.78} ${y(end + 4)} ${w * 0.4} ${y(end - 6)} 0 ${y(end - 8)}`,
    );
    drawPiece(
      scene,
      d,
      plan.strap === 'mesh'
        ? { base, ink: metal.dark, second: metal.dark, pattern: 'woven', scale: 0.5, seed: 1 }
        : leather && fabric.pattern !== 'solid'
          ? { ...fabric, scale: 0.7 }
          : base,
      {
        edge: 0.42,
        edgeWidth: 12,
        light: 'across',
        shine: leather ? [`M${240 - w * 0.3} ${y(150)}L${240 - w * 0.3} ${y(100)}`] : [],
      },
    );
    if (plan.strap === 'leather') {
      for (const line of placeBoth(`M${w - 6} ${y(190)}L${w * 0.82 - 6} ${y(end + 16)}`))
        drawStitch(scene, line, base);
      if (!up)
        for (const hole of [78, 96, 114, 132])
          scene.cloth.push(
            `<ellipse cx="240" cy="${y(hole)}" rx="3.4" ry="3" fill="${deepenColour(base, 0.75)}"/><path d="M236.5 ${y(hole) + 3}h7" stroke="#fff" opacity=".25"/>`,
          );
    } else if (plan.strap === 'rubber') {
      for (const hole of [70, 86, 102, 118, 134])
        scene.cloth.push(
          `<rect x="232" y="${y(hole)}" width="16" height="6" rx="3" fill="${deepenColour(base, 0.6)}" opacity=".7"/>`,
        );
    } else if (plan.strap === 'bracelet') {
      for (let at = end + 8; at < 180; at += 15) {
        const half = w * (0.8 + (0.2 * (at - end)) / 150);
        scene.cloth.push(
          `<path d="M${240 - half} ${y(at)}H${240 + half}" stroke="${metal.dark}" stroke-width="1.8"/><path d="M${240 - half} ${y(at) + 2}H${240 + half}" stroke="${metal.light}" stroke-width="1.6" opacity=".8"/>`,
        );
      }
      for (const line of placeBoth(`M${w * 0.44} ${y(190)}L${w * 0.36} ${y(end + 4)}`))
        scene.cloth.push(
          `<path d="${line}" stroke="${metal.dark}" stroke-width="1.6" opacity=".8"/>`,
        );
      scene.cloth.push(
        `<path d="${closeSymmetric(`M0 ${y(190)}L${w * 0.42} ${y(190)}L${w * 0.35} ${y(end + 4)}L0 ${y(end + 4)}`)}" fill="#fff" opacity=".3"/>`,
      );
    }
  }
  if (plan.strap === 'leather') {
    scene.trim.push(
      `<rect x="${240 - w * 0.86}" y="30" width="${w * 1.72}" height="22" rx="6" fill="none" stroke="${metal.dark}" stroke-width="7"/><rect x="${240 - w * 0.86}" y="30" width="${w * 1.72}" height="22" rx="6" fill="none" stroke="${metal.mid}" stroke-width="5"/><path d="M240 34V56" stroke="${metal.dark}" stroke-width="4"/>`,
    );
  }
  const shine = defineMetal(scene, metal);
  const rim = r * 1.16;
  drawShade(
    scene,
    plan.square
      ? drawBox(240 - rim, 244 - rim, rim * 2, rim * 2, rim * 0.26)
      : drawEllipse(240, 244, rim, rim),
    0.35,
    10,
  );
  for (const lug of placeBoth(
    `M${w * 0.72} ${240 - rim * 0.6}L${w * 0.78} ${240 - rim * 1.14}L${w * 1.08} ${240 - rim * 1.1}L${w * 1.3} ${240 - rim * 0.5}Z`,
  )) {
    scene.trim.push(
      `<path d="${lug}" fill="url(#${shine})" stroke="${metal.dark}"/><path d="${lug}" fill="url(#${shine})" stroke="${metal.dark}" transform="translate(0 480) scale(1 -1)"/>`,
    );
  }
  scene.trim.push(
    `<rect x="${240 + rim - 3}" y="231" width="15" height="18" rx="3" fill="url(#${shine})" stroke="${metal.dark}"/>`,
  );
  if (plan.chrono)
    for (const y of [196, 270])
      scene.trim.push(
        `<rect x="${240 + rim - 12}" y="${y}" width="15" height="12" rx="3" fill="url(#${shine})" stroke="${metal.dark}" transform="rotate(${y < 240 ? -28 : 28} ${240 + rim - 8} ${y + 6})"/>`,
      );
  scene.trim.push(
    plan.square
      ? `<rect x="${240 - rim}" y="${240 - rim}" width="${rim * 2}" height="${rim * 2}" rx="${rim * 0.26}" fill="url(#${shine})" stroke="${metal.dark}"/>`
      : `<circle cx="240" cy="240" r="${rim}" fill="url(#${shine})" stroke="${metal.dark}"/><circle cx="240" cy="240" r="${rim - 3}" fill="none" stroke="${metal.light}" stroke-width="1.4" opacity=".8"/>`,
  );
  if (plan.dive) {
    const bezel = deepenColour(fabric.base, 0.25);
    let marks = `<circle cx="240" cy="240" r="${rim - 2}" fill="${bezel}" stroke="${metal.mid}" stroke-width="4"/>`;
    for (let i = 0; i < 12; i += 1)
      marks += `<path d="M240 ${240 - rim + 5}V${240 - rim + (i === 0 ? 15 : 12)}" stroke="#f3efe6" stroke-width="${i === 0 ? 6 : 2.4}" transform="rotate(${i * 30} 240 240)"/>`;
    scene.trim.push(marks);
  }
  const inner = plan.dive ? r * 0.92 : r;
  scene.trim.push(
    plan.square
      ? ''
      : `<circle cx="240" cy="240" r="${inner + 2}" fill="none" stroke="${metal.dark}" stroke-width="3"/>`,
  );
  drawDial(
    scene,
    inner,
    plan,
    face,
    metal,
    measureLightness(face) > 0.5 ? '#b3402f' : lightenColour(accent, 0.4),
  );
  return finishScene(scene);
}

const watchBase = {
  genders: ['Men', 'Women', 'Unisex'],
  seasons: ALL_SEASONS,
  price: [89, 340],
} as const;
const STRAPS = [
  'Cognac',
  'Black',
  'Chocolate',
  'Navy',
  'Burgundy',
  'Forest',
  'Camel',
  'Blush',
  'Grey',
] as const;
const DIALS = [
  'White',
  'Navy',
  'Forest',
  'Black',
  'Sky',
  'Ivory',
  'Burgundy',
  'Teal',
  'Blush',
] as const;

const watches: Cut[] = [
  {
    ...watchBase,
    noun: 'Dress Watch',
    materials: ['Leather Strap'],
    colours: STRAPS,
    patterns: ['solid'],
    draw: (b) => drawWatch(b, { strap: 'leather', size: 80 }),
  },
  {
    ...watchBase,
    noun: 'Bracelet Watch',
    materials: ['Stainless Steel'],
    colours: DIALS,
    patterns: ['solid'],
    draw: (b) => drawWatch(b, { strap: 'bracelet', size: 84 }),
  },
  {
    ...watchBase,
    noun: 'Square Watch',
    materials: ['Leather Strap'],
    colours: STRAPS,
    patterns: ['solid'],
    draw: (b) => drawWatch(b, { strap: 'leather', size: 68, square: true }),
  },
  {
    ...watchBase,
    noun: 'Chronograph',
    genders: ['Men'],
    materials: ['Leather Strap', 'Stainless Steel'],
    colours: STRAPS,
    patterns: ['solid'],
    draw: (b) =>
      drawWatch(b, { strap: 'leather', size: 92, chrono: true, metal: b.seed % 2 === 0 ? 0 : 3 }),
  },
  {
    ...watchBase,
    noun: 'Dive Watch',
    materials: ['Rubber Strap'],
    seasons: WARM,
    colours: ['Navy', 'Black', 'Teal', 'Poppy', 'Olive', 'Cobalt'],
    patterns: ['solid'],
    draw: (b) => drawWatch(b, { strap: 'rubber', size: 92, dive: true, metal: 0 }),
  },
  {
    ...watchBase,
    noun: 'Mesh-Strap Watch',
    genders: ['Women', 'Unisex'],
    materials: ['Stainless Steel'],
    colours: DIALS,
    patterns: ['solid'],
    draw: (b) => drawWatch(b, { strap: 'mesh', size: 76 }),
  },
];

export const WATCHES: Kind = { kind: 'Watches', category: 'Accessories', count: 20, cuts: watches };
