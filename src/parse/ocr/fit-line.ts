import type { PixelBox } from "./components.ts";

/** Where a line's print lies: its top and bottom in the middle of its box, and by how much it falls a pixel to the right. */
export interface LineFit {
  readonly y0: number;
  readonly y1: number;
  readonly slope: number;
}

/** Fewer letters say nothing of a slope, or of a height. */
const MIN_LETTERS = { slope: 6, height: 2 } as const;
const MAX_SLOPE = 0.12;
/** Letters that stand out of a line, up or down, by the share of them: accents, brackets, dirt. */
const OUTLIERS = 0.1;

/** Lays a line through the letters of a stretch of print; null where there are too few. */
export function fitLine({ x0, x1 }: PixelBox, letters: readonly PixelBox[]): LineFit | null {
  if (letters.length < MIN_LETTERS.height) return null;
  const slope = letters.length < MIN_LETTERS.slope ? 0 : slopeOf(letters);
  const middle = (x0 + x1) / 2;
  const fall = (box: PixelBox): number => slope * ((box.x0 + box.x1) / 2 - middle);
  const tops = letters.map((box) => box.y0 - fall(box)).sort((a, b) => a - b);
  const bottoms = letters.map((box) => box.y1 - fall(box)).sort((a, b) => a - b);
  const out = Math.floor(letters.length * OUTLIERS);
  return { y0: tops[out] ?? 0, y1: bottoms[bottoms.length - 1 - out] ?? 0, slope };
}

/** The median of the slopes between the feet of letters that stand half the line apart: few of them hang below it. */
function slopeOf(letters: readonly PixelBox[]): number {
  const ordered = letters.toSorted((a, b) => a.x0 - b.x0);
  const half = ordered.length >> 1;
  const slopes: number[] = [];
  for (let index = 0; index + half < ordered.length; index += 1) {
    const [a, b] = [ordered[index], ordered[index + half]];
    if (a && b && b.x0 > a.x0) slopes.push((b.y1 - a.y1) / (b.x0 - a.x0));
  }
  const median = slopes.sort((a, b) => a - b)[slopes.length >> 1] ?? 0;
  return Math.abs(median) <= MAX_SLOPE ? median : 0;
}
