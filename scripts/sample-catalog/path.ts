/** The picture is a square of this many user units; garments are drawn around its centre line. */
export const SIZE = 480;
export const CENTRE = SIZE / 2;

interface Segment {
  command: string;
  points: number[];
}

function parsePath(d: string): Segment[] {
  return [...d.matchAll(/([MLCQZ])([^MLCQZ]*)/g)].map((match) => ({
    command: match[1] ?? '',
    points: (match[2] ?? '').match(/-?\d*\.?\d+(?:e-?\d+)?/g)?.map(Number) ?? [],
  }));
}

function roundNumber(value: number): number {
  return Math.round(value * 10) / 10;
}

function mapPath(d: string, mapPoint: (x: number, y: number) => [number, number]): string {
  return parsePath(d)
    .map(({ command, points }) => {
      const mapped: number[] = [];
      for (let i = 0; i + 1 < points.length; i += 2) {
        mapped.push(...mapPoint(points[i] ?? 0, points[i + 1] ?? 0));
      }
      return command + mapped.map(roundNumber).join(' ');
    })
    .join('');
}

/** Places a path written as offsets from the centre line on the right of the picture. */
export function placeRight(half: string): string {
  return mapPath(half, (x, y) => [CENTRE + x, y]);
}

/** Places a path written as offsets from the centre line on the left of the picture. */
export function placeLeft(half: string): string {
  return mapPath(half, (x, y) => [CENTRE - x, y]);
}

/** Places a path on both sides: the right one first. */
export function placeBoth(half: string): [string, string] {
  return [placeRight(half), placeLeft(half)];
}

/** Closes half an outline, from top to bottom along the right side, with its own mirror image. */
export function closeSymmetric(half: string): string {
  const points: [number, number][] = [];
  const commands: string[] = [];
  for (const segment of parsePath(half)) {
    if (segment.command === 'Z') continue;
    for (let i = 0; i + 1 < segment.points.length; i += 2) {
      points.push([segment.points[i] ?? 0, segment.points[i + 1] ?? 0]);
    }
    // A command letter may carry several segments: remember one letter for each.
    const arity = { M: 1, L: 1, C: 3, Q: 2 }[segment.command] ?? 1;
    for (let i = 0; i < segment.points.length / 2 / arity; i += 1) commands.push(segment.command);
  }
  const back = points.toReversed();
  let cursor = 0;
  const take = (): string => {
    const point = back[cursor] ?? [0, 0];
    cursor += 1;
    return `${roundNumber(CENTRE - point[0])} ${roundNumber(point[1])}`;
  };
  let mirrored = `L${take()}`;
  for (const command of commands.toReversed()) {
    if (command === 'L') mirrored += `L${take()}`;
    if (command === 'C') mirrored += `C${take()} ${take()} ${take()}`;
    if (command === 'Q') mirrored += `Q${take()} ${take()}`;
  }
  return `${placeRight(half)}${mirrored}Z`;
}

/** Draws a half outline and its mirror as one open line, left end to right end through the centre. */
export function joinSymmetric(half: string): string {
  return closeSymmetric(half).replace(/Z$/, '');
}

/** An ellipse as a path, so that it can be clipped and shaded like any other piece. */
export function drawEllipse(cx: number, cy: number, rx: number, ry: number): string {
  const kx = rx * 0.5523;
  const ky = ry * 0.5523;
  return `M${cx - rx} ${cy}C${cx - rx} ${cy - ky} ${cx - kx} ${cy - ry} ${cx} ${cy - ry}C${cx + kx} ${cy - ry} ${cx + rx} ${cy - ky} ${cx + rx} ${cy}C${cx + rx} ${cy + ky} ${cx + kx} ${cy + ry} ${cx} ${cy + ry}C${cx - kx} ${cy + ry} ${cx - rx} ${cy + ky} ${cx - rx} ${cy}Z`;
}

/** A rectangle with rounded corners as a path. */
export function drawBox(x: number, y: number, w: number, h: number, r = 0): string {
  const k = r * 0.4477;
  const right = x + w;
  const bottom = y + h;
  return `M${x + r} ${y}L${right - r} ${y}C${right - k} ${y} ${right} ${y + k} ${right} ${y + r}L${right} ${bottom - r}C${right} ${bottom - k} ${right - k} ${bottom} ${right - r} ${bottom}L${x + r} ${bottom}C${x + k} ${bottom} ${x} ${bottom - k} ${x} ${bottom - r}L${x} ${y + r}C${x} ${y + k} ${x + k} ${y} ${x + r} ${y}Z`;
}

/** Measures the box around the points of some paths. */
export function measureBox(
  paths: readonly string[],
  margin: number,
): { x: number; y: number; w: number; h: number } {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const segment of paths.flatMap(parsePath)) {
    segment.points.forEach((value, i) => (i % 2 === 0 ? xs : ys).push(value));
  }
  const x = Math.floor(Math.min(...xs) - margin);
  const y = Math.floor(Math.min(...ys) - margin);
  return {
    x,
    y,
    w: Math.ceil(Math.max(...xs) + margin) - x,
    h: Math.ceil(Math.max(...ys) + margin) - y,
  };
}
