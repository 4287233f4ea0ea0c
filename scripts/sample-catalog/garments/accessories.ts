import { closeSymmetric, drawBox, drawEllipse, placeLeft, placeRight } from '../path.ts';
import { deepenColour, mixColours } from '../palette.ts';
import type { Brief, Cut, Kind } from '../kinds.ts';
import { ALL_SEASONS, COLD, WARM } from '../kinds.ts';
import type { Scene } from '../scene.ts';
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

function drawFringe(
  scene: Scene,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  length: number,
  hex: string,
): void {
  const count = 12;
  scene.outlines.push(`M${x1 - 4} ${y1}L${x2 + 4} ${y2 + length + 4}`);
  for (let i = 0; i <= count; i += 1) {
    const x = x1 + ((x2 - x1) * i) / count;
    const y = y1 + ((y2 - y1) * i) / count;
    const sway = ((i * 5) % 4) - 1.5;
    scene.cloth.push(
      `<path d="M${x.toFixed(1)} ${y.toFixed(1)}q${sway} ${length / 2} ${(sway * 1.4).toFixed(1)} ${length}" fill="none" stroke="${deepenColour(hex, 0.4)}" stroke-width="4.6" stroke-linecap="round"/><path d="M${x.toFixed(1)} ${y.toFixed(1)}q${sway} ${length / 2} ${(sway * 1.4).toFixed(1)} ${length}" fill="none" stroke="${hex}" stroke-width="3.2" stroke-linecap="round"/>`,
    );
  }
}

function drawScarf({ fabric, seed }: Brief, plan: 'looped' | 'folded' | 'square'): string {
  const scene = createScene(seed, 0.9, 1.06);
  const base = fabric.base;
  if (plan === 'square') {
    const border = fabric.ink;
    drawPiece(scene, 'M240 52L428 240L240 428L52 240Z', border, {
      edge: 0.3,
      folds: ['M150 180L240 300', 'M330 170L262 280', 'M240 110L246 190'],
    });
    drawPiece(scene, 'M240 84L396 240L240 396L84 240Z', fabric, {
      edge: 0.12,
      turn: 45,
      folds: ['M160 196L238 300', 'M330 190L262 286', 'M244 120L248 190', 'M180 300L230 340'],
      foldWidth: 10,
    });
    scene.cloth.push(
      `<path d="M240 72L408 240L240 408L72 240Z" fill="none" stroke="${base}" stroke-width="3"/>`,
    );
    return finishScene(scene);
  }
  if (plan === 'folded') {
    for (const [i, y] of [300, 214, 128].entries()) {
      const cloth = drawBox(84 + i * 2, y - 2, 312 - i * 4, 92, 20);
      drawShade(scene, cloth, 0.3, 8);
      drawPiece(scene, cloth, fabric, {
        light: 'down',
        edge: 0.4,
        at: [240, y],
        folds: [`M120 ${y + 64}C180 ${y + 58} 260 ${y + 66} 330 ${y + 60}`],
      });
    }
    drawFringe(scene, 92, 388, 388, 388, 30, base);
    return finishScene(scene);
  }
  const tail = (x: number, length: number): string =>
    `M${x} 176C${x + 4} 230 ${x - 8} 300 ${x - 4} ${length}C${x + 26} ${length + 6} ${x + 52} ${length + 6} ${x + 78} ${length}C${x + 82} 300 ${x + 84} 230 ${x + 76} 170Z`;
  drawFringe(scene, 264, 370, 334, 370, 30, base);
  drawPiece(scene, tail(264, 372), fabric, {
    edge: 0.42,
    turn: -4,
    folds: ['M290 210C294 260 288 300 292 360', 'M316 210C318 270 314 310 320 366'],
    foldWidth: 9,
  });
  drawFringe(scene, 168, 394, 240, 394, 30, base);
  drawPiece(scene, tail(168, 396), fabric, {
    edge: 0.42,
    turn: 4,
    folds: ['M192 220C196 270 188 320 194 386', 'M220 220C222 280 216 330 224 386'],
    foldWidth: 9,
  });
  drawPiece(
    scene,
    'M150 92C180 60 300 60 330 92C340 110 334 130 322 140C290 112 190 112 158 140C146 130 140 110 150 92Z',
    { ...fabric, base: deepenColour(base, 0.25) },
    { edge: 0.4, turn: 90 },
  );
  const loop =
    'M142 106C150 130 190 156 240 156C290 156 330 130 338 106C356 130 360 170 340 196C314 226 272 240 240 240C200 240 160 224 140 196C122 168 124 130 142 106Z';
  drawShade(scene, loop, 0.36, 9);
  drawPiece(scene, loop, fabric, {
    light: 'down',
    edge: 0.42,
    turn: 90,
    folds: [
      'M146 150C180 184 230 196 280 190',
      'M160 190C200 216 260 220 310 200',
      'M330 140C316 166 296 176 270 178',
    ],
    foldWidth: 10,
  });
  return finishScene(scene);
}

function drawSocks({ fabric, accent, seed }: Brief, plan: { top: number; trim: boolean }): string {
  const scene = createScene(seed, 0.5, plan.top > 150 ? 1.2 : 1.05);
  const base = fabric.base;
  const trim = plan.trim ? accent : deepenColour(base, 0.06);
  const cloth = { ...fabric, scale: 0.72 };
  const { top } = plan;
  for (const dx of [86, -34]) {
    const at = (d: string): string =>
      d.replace(
        /(-?\d+\.?\d*) (-?\d+\.?\d*)/g,
        (_, x: string, y: string) => `${Number(x) + dx - 30} ${Number(y)}`,
      );
    const body = at(
      `M150 ${top}C176 ${top + 6} 214 ${top + 6} 240 ${top}C242 240 238 270 242 300C252 330 300 340 326 362C344 380 338 410 312 416C270 420 216 400 178 372C150 350 142 322 146 284C150 250 150 200 150 ${top}Z`,
    );
    if (dx > 0) drawShade(scene, body, 0.15, 8);
    drawPiece(scene, body, cloth, {
      edge: 0.42,
      at: [190 + dx, top],
      folds: [at('M232 296C216 312 196 318 176 314'), at('M238 316C222 330 204 336 190 334')],
    });
    drawPiece(
      scene,
      at('M146 290C142 322 150 350 178 372C188 372 204 350 206 330C196 304 172 290 146 290Z'),
      trim,
      { edge: 0.25, edgeWidth: 8 },
    );
    drawPiece(
      scene,
      at(
        'M296 346C312 350 322 358 326 362C344 380 338 410 312 416C300 417 286 415 274 412C268 390 278 362 296 346Z',
      ),
      trim,
      { edge: 0.25, edgeWidth: 8 },
    );
    const cuff = at(
      `M149 ${top - 4}C176 ${top + 3} 214 ${top + 3} 241 ${top - 4}L241 ${top + 32}C214 ${top + 40} 176 ${top + 40} 149 ${top + 32}Z`,
    );
    drawPiece(
      scene,
      cuff,
      { ...cutPlain(trim), pattern: 'rib', scale: 0.8 },
      { edge: 0.32, edgeWidth: 8 },
    );
  }
  return finishScene(scene);
}

function drawTie({ fabric, seed }: Brief, bow: boolean): string {
  const scene = createScene(seed, 0.35, bow ? 1.2 : 1.06);
  const cloth = { ...fabric, scale: 0.55 };
  if (bow) {
    for (const place of [placeLeft, placeRight]) {
      drawPiece(
        scene,
        place('M14 238C50 210 110 176 150 182C158 200 158 276 150 296C110 304 50 268 14 244Z'),
        { ...cloth, base: deepenColour(fabric.base, 0.2) },
        { edge: 0.3 },
      );
      drawPiece(
        scene,
        place('M8 230C50 216 96 176 138 178C144 196 144 284 138 302C96 304 50 264 8 252Z'),
        cloth,
        {
          edge: 0.4,
          folds: [place('M16 236C40 232 60 222 84 214'), place('M16 246C40 252 56 260 76 270')],
        },
      );
    }
    drawShade(scene, drawBox(218, 214, 44, 54, 12), 0.35, 7);
    drawPiece(scene, drawBox(218, 212, 44, 56, 12), cloth, {
      edge: 0.35,
      edgeWidth: 10,
      folds: ['M232 222L232 258'],
    });
    return finishScene(scene);
  }
  drawPiece(
    scene,
    'M226 96C250 160 270 260 278 372L262 398L240 376C246 270 236 170 214 104Z',
    { ...cloth, base: deepenColour(fabric.base, 0.22) },
    { edge: 0.36, turn: 30 },
  );
  const blade = 'M222 98L260 98C276 180 292 290 296 398L250 452L198 402C204 290 210 180 222 98Z';
  drawShade(scene, blade, 0.3, 7);
  drawPiece(scene, blade, cloth, {
    edge: 0.4,
    turn: fabric.pattern === 'stripe' || fabric.pattern === 'breton' ? -40 : 0,
    folds: ['M238 104C240 130 246 150 246 176'],
    at: [240, 100],
  });
  const knot =
    'M208 46C226 40 256 40 274 46C278 56 268 86 260 102C250 108 232 108 222 102C214 86 204 56 208 46Z';
  drawShade(scene, 'M222 104C232 110 250 110 260 104', 0.4, 8);
  drawPiece(scene, knot, cloth, {
    edge: 0.4,
    edgeWidth: 12,
    turn: 34,
    folds: ['M226 50C230 66 236 80 240 98'],
  });
  return finishScene(scene);
}

function drawBelt(
  { fabric, seed }: Brief,
  plan: { buckle: 'square' | 'round' | 'ring'; braided: boolean },
): string {
  const scene = createScene(seed, 0, 1.12);
  const base = fabric.base;
  const metal =
    seed % 2 === 0 ? ['#7d5f27', '#dfbf78', '#fff3cf'] : ['#63676d', '#c6cacd', '#ffffff'];
  drawGround(scene, 240, 330, 172, 10);
  // The strap lies in a coil: the far side of the ring first, then the near side over it.
  drawPiece(
    scene,
    'M66 230C90 160 390 160 414 230L414 268C390 204 90 204 66 268Z',
    { ...fabric, base: deepenColour(base, 0.35), scale: 0.7 },
    { edge: 0.35, edgeWidth: 10 },
  );
  drawPiece(
    scene,
    'M96 244C120 190 360 190 384 244L384 278C360 228 120 228 96 278Z',
    deepenColour(mixColours(base, '#b58b60', 0.3), 0.4),
    { edge: 0.4, edgeWidth: 10 },
  );
  const near = 'M64 234C70 306 410 306 416 234L416 282C410 356 70 356 64 282Z';
  drawShade(scene, 'M64 234C70 306 410 306 416 234', 0.3, 6);
  drawPiece(
    scene,
    near,
    { ...fabric, scale: plan.braided ? 1.1 : 0.7 },
    { edge: 0.4, edgeWidth: 12, shine: ['M100 284C140 304 180 312 220 314'], foldWidth: 9 },
  );
  if (!plan.braided) {
    drawStitch(scene, 'M68 244C76 312 404 312 412 244', base);
    drawStitch(scene, 'M68 280C76 347 404 347 412 280', base);
  }
  for (const [x, y] of [
    [318, 304],
    [340, 298],
    [361, 290],
  ] as const)
    scene.trim.push(
      `<ellipse cx="${x}" cy="${y}" rx="3.6" ry="3.4" fill="${deepenColour(base, 0.75)}"/>`,
    );
  drawPiece(scene, 'M178 278L192 280L192 342L178 339Z', deepenColour(base, 0.15), {
    edge: 0.3,
    edgeWidth: 4,
    layer: 'trim',
  });
  const [dark = '', mid = '', light = ''] = metal;
  const shape =
    plan.buckle === 'square'
      ? '<rect x="206" y="270" width="64" height="80" rx="9"'
      : plan.buckle === 'round'
        ? '<rect x="204" y="268" width="68" height="84" rx="34"'
        : '<circle cx="240" cy="310" r="41"';
  scene.trim.push(
    `${shape} fill="none" stroke="#17121c" stroke-width="9" opacity=".3" transform="translate(1 3)"/>${shape} fill="none" stroke="${dark}" stroke-width="11"/>${shape} fill="none" stroke="${mid}" stroke-width="8.6"/>${shape} fill="none" stroke="${light}" stroke-width="2" opacity=".85" transform="translate(-1.2 -1.4)"/><path d="M206 308L276 304" stroke="${dark}" stroke-width="7" stroke-linecap="round"/><path d="M206 308L276 304" stroke="${mid}" stroke-width="5" stroke-linecap="round"/><path d="M208 306.5L274 303" stroke="${light}" stroke-width="1.2" stroke-linecap="round"/>`,
  );
  return finishScene(scene, 'stand');
}

function drawUmbrella({ fabric, accent, seed }: Brief, closed: boolean): string {
  const scene = createScene(seed, 0.3, 1.04);
  const wood = '#8f5a34';
  const steel = '#8b8f95';
  scene.outlines.push('M230 36L300 440');
  if (closed) {
    scene.cloth.push(
      `<path d="M240 40V72" stroke="${steel}" stroke-width="5" stroke-linecap="round"/>`,
    );
    scene.cloth.push(
      `<path d="M240 330V404C240 440 284 440 284 408" fill="none" stroke="${deepenColour(wood, 0.5)}" stroke-width="13" stroke-linecap="round"/><path d="M240 330V404C240 440 284 440 284 408" fill="none" stroke="${wood}" stroke-width="11" stroke-linecap="round"/><path d="M237 340V404C238 430 262 438 274 428" fill="none" stroke="#fff" stroke-width="2.4" opacity=".3"/>`,
    );
    drawPiece(
      scene,
      closeSymmetric('M0 62C6 62 8 70 10 80C18 160 26 240 32 322C24 336 10 342 0 342'),
      fabric,
      {
        edge: 0.44,
        folds: [
          'M232 90C226 170 222 250 220 326',
          'M248 90C252 170 260 250 262 322',
          'M240 100C242 180 238 260 242 334',
        ],
        foldWidth: 6,
      },
    );
    drawPiece(
      scene,
      'M212 246C228 254 252 254 270 244L271 262C252 272 228 272 211 264Z',
      deepenColour(accent, 0.1),
      { edge: 0.3, edgeWidth: 5 },
    );
    return finishScene(scene);
  }
  scene.cloth.push(
    `<path d="M240 96V372C240 420 296 420 296 376" fill="none" stroke="${deepenColour(wood, 0.5)}" stroke-width="11" stroke-linecap="round"/><path d="M240 96V310" stroke="${steel}" stroke-width="7"/><path d="M238.5 200V310" stroke="#fff" stroke-width="2" opacity=".6"/><path d="M240 310V372C240 420 296 420 296 376" fill="none" stroke="${wood}" stroke-width="9" stroke-linecap="round"/><path d="M240 50V86" stroke="${steel}" stroke-width="6" stroke-linecap="round"/>`,
  );
  drawPiece(
    scene,
    'M50 236C120 214 360 214 430 236C360 250 300 244 240 256C180 244 120 250 50 236Z',
    deepenColour(fabric.base, 0.5),
    { light: 'none', edge: 0.3 },
  );
  const ribs = [
    [46, 238],
    [116, 252],
    [194, 260],
    [286, 260],
    [364, 252],
    [434, 238],
  ] as const;
  for (let i = 0; i < 5; i += 1) {
    const [x1, y1] = ribs[i] ?? [0, 0];
    const [x2, y2] = ribs[i + 1] ?? [0, 0];
    const curve = (x: number): string =>
      `${240 + (x - 240) * (0.55 + Math.abs(x - 240) * 0.0008)} ${96 + Math.abs(x - 240) * 0.08}`;
    const panel = `M240 80C${curve(x1)} ${x1 + (240 - x1) * 0.12} ${y1 - 70} ${x1} ${y1}C${x1 + (x2 - x1) * 0.3} ${y1 - 22} ${x1 + (x2 - x1) * 0.7} ${y2 - 22} ${x2} ${y2}C${x2 + (240 - x2) * 0.12} ${y2 - 70} ${curve(x2)} 240 80Z`;
    const turned = (x1 + x2) / 2 - 240;
    const cloth =
      fabric.pattern === 'colour-block' ? cutPlain(i % 2 === 0 ? fabric.base : fabric.ink) : fabric;
    drawPiece(scene, panel, cloth, {
      light: turned < -60 ? 'down' : 'across',
      edge: 0.3 + Math.max(0, turned) * 0.001,
      edgeWidth: 14,
      turn: -turned * 0.14,
      at: [240, 80],
    });
  }
  for (const [x, y] of ribs)
    scene.trim.push(
      `<circle cx="${x}" cy="${y + 1}" r="4" fill="${steel}" stroke="#4c5056" stroke-width=".8"/>`,
    );
  drawPiece(scene, drawEllipse(240, 82, 12, 6), deepenColour(accent, 0.1), {
    layer: 'trim',
    edge: 0.3,
    edgeWidth: 4,
  });
  drawSeam(scene, 'M228 84L252 84', fabric.base, 1, 'trim');
  return finishScene(scene);
}

const soft = { genders: ['Unisex'], price: [25, 90] } as const;

const scarves: Cut[] = [
  {
    ...soft,
    noun: 'Looped Scarf',
    materials: ['Lambswool', 'Cashmere'],
    sayMaterial: true,
    seasons: COLD,
    patterns: ['plaid', 'solid', 'rib', 'breton'],
    draw: (b) => drawScarf(b, 'looped'),
  },
  {
    ...soft,
    noun: 'Fringed Scarf',
    materials: ['Merino Wool', 'Mohair'],
    seasons: COLD,
    patterns: ['plaid', 'houndstooth', 'windowpane', 'fair isle'],
    draw: (b) => drawScarf(b, 'folded'),
  },
  {
    ...soft,
    noun: 'Silk Square Scarf',
    genders: ['Women'],
    materials: ['Silk'],
    seasons: WARM,
    patterns: ['geometric', 'floral', 'dots', 'leaf'],
    draw: (b) => drawScarf(b, 'square'),
  },
];
const socks: Cut[] = [
  {
    ...soft,
    price: [9, 19],
    noun: 'Crew Socks',
    materials: ['Combed Cotton'],
    seasons: ALL_SEASONS,
    patterns: ['breton', 'solid', 'dots', 'argyle'],
    draw: (b) => drawSocks(b, { top: 110, trim: true }),
  },
  {
    ...soft,
    price: [12, 24],
    noun: 'Boot Socks',
    materials: ['Merino Wool'],
    seasons: COLD,
    patterns: ['fair isle', 'rib', 'cable'],
    draw: (b) => drawSocks(b, { top: 64, trim: false }),
  },
  {
    ...soft,
    price: [7, 14],
    noun: 'Ankle Socks',
    materials: ['Combed Cotton'],
    seasons: WARM,
    patterns: ['solid', 'breton', 'dots', 'gingham'],
    draw: (b) => drawSocks(b, { top: 206, trim: true }),
  },
];
const ties: Cut[] = [
  {
    ...soft,
    genders: ['Men'],
    noun: 'Silk Tie',
    materials: ['Silk'],
    seasons: ALL_SEASONS,
    patterns: ['stripe', 'dots', 'solid', 'floral', 'herringbone'],
    draw: (b) => drawTie(b, false),
  },
  {
    ...soft,
    genders: ['Men'],
    noun: 'Bow Tie',
    materials: ['Silk', 'Velvet'],
    seasons: ALL_SEASONS,
    patterns: ['solid', 'dots', 'gingham', 'plaid'],
    draw: (b) => drawTie(b, true),
  },
];
const HIDES = [
  'Black',
  'Chocolate',
  'Cognac',
  'Camel',
  'Burgundy',
  'Navy',
  'Forest',
  'Sand',
  'Ivory',
  'Rust',
] as const;
const belts: Cut[] = [
  {
    ...soft,
    genders: ['Men', 'Women'],
    noun: 'Leather Belt',
    materials: ['Leather'],
    seasons: ALL_SEASONS,
    colours: HIDES,
    patterns: ['solid'],
    draw: (b) => drawBelt(b, { buckle: 'square', braided: false }),
  },
  {
    ...soft,
    genders: ['Unisex'],
    noun: 'Braided Belt',
    says: ['', 'Woven'],
    materials: ['Leather', 'Waxed Cord'],
    seasons: ALL_SEASONS,
    colours: HIDES,
    patterns: ['woven'],
    draw: (b) => drawBelt(b, { buckle: 'round', braided: true }),
  },
  {
    ...soft,
    genders: ['Women'],
    noun: 'Ring-Buckle Belt',
    materials: ['Suede'],
    sayMaterial: true,
    seasons: ALL_SEASONS,
    colours: HIDES,
    patterns: ['solid'],
    draw: (b) => drawBelt(b, { buckle: 'ring', braided: false }),
  },
];
const umbrellas: Cut[] = [
  {
    ...soft,
    noun: 'Walking Umbrella',
    materials: ['Polyester'],
    seasons: ALL_SEASONS,
    patterns: ['solid', 'colour-block', 'dots', 'plaid', 'floral'],
    draw: (b) => drawUmbrella(b, false),
  },
  {
    ...soft,
    noun: 'Stick Umbrella',
    materials: ['Polyester'],
    seasons: ALL_SEASONS,
    patterns: ['solid', 'gingham', 'solid'],
    draw: (b) => drawUmbrella(b, true),
  },
];

export const SCARVES: Kind = { kind: 'Scarves', category: 'Accessories', count: 17, cuts: scarves };
export const SOCKS: Kind = { kind: 'Socks', category: 'Accessories', count: 16, cuts: socks };
export const TIES: Kind = { kind: 'Ties', category: 'Accessories', count: 14, cuts: ties };
export const BELTS: Kind = { kind: 'Belts', category: 'Accessories', count: 14, cuts: belts };
export const UMBRELLAS: Kind = {
  kind: 'Umbrellas',
  category: 'Accessories',
  count: 14,
  cuts: umbrellas,
};
